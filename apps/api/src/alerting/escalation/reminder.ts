import type { WebhookPayload } from '@loopstart/contracts';

/** A reminder for those who were notified and did nothing: the incident's latest message again. Null where the latest message is none of an incident. */
export function reminderOf(
  last: WebhookPayload,
  { seq, severity }: { seq: number; severity: string },
  now: number,
): Extract<WebhookPayload, { type: 'incident.updated' }> | null {
  if (!('incidentId' in last.data)) return null;
  const data = last.data;
  return {
    type: 'incident.updated',
    timestamp: new Date(now).toISOString(),
    data: {
      ...data,
      severity: severity as typeof data.severity,
      seq,
      acknowledgedBy: null,
      changed: ['reminder'],
    },
  };
}
