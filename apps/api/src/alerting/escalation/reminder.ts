import type { WebhookPayload } from '@loopstart/contracts';

/** What is sent to those who were told already and did nothing: the last word on the incident, as a reminder. Null where the last word is none of an incident. */
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
