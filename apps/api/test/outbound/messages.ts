import type { WebhookIncident, WebhookPayload } from '@loopstart/contracts';

/** An incident as webhooks tell it. */
export function incidentData(operatorId: string, more: Partial<WebhookIncident> = {}): WebhookIncident {
  return {
    version: 1,
    incidentId: '0b0f8c52-6a0e-4f7e-9d70-1c8f6f1b2a11',
    number: 7,
    seq: 1,
    dedupKey: 'gateway-unreachable@gateway:alpha#1',
    kind: 'gateway-unreachable',
    title: 'Gateway unreachable',
    subject: { type: 'gateway', id: '5f1f8c52-6a0e-4f7e-9d70-1c8f6f1b2a22' },
    place: {
      customer: { id: '1a1f8c52-6a0e-4f7e-9d70-1c8f6f1b2a33', name: 'Harbour & Sons' },
      site: { id: '2b2f8c52-6a0e-4f7e-9d70-1c8f6f1b2a44', name: 'North House', timeZone: 'Europe/London' },
      agent: null,
      gateway: { id: '5f1f8c52-6a0e-4f7e-9d70-1c8f6f1b2a22', name: 'Alpha' },
      port: null,
    },
    severity: 'major',
    state: 'open',
    since: '2026-11-23T12:00:00.000Z',
    announcedAt: '2026-11-23T12:00:40.000Z',
    resolvedAt: null,
    resolution: null,
    why: 'It has not answered its agent for 40 s, while its neighbours do.',
    evidence: { text: 'It has not answered its agent for 40 s.', seen: { silentS: 40 }, thresholds: {} },
    firstStep: 'Check its power and its network cable.',
    affected: { agents: 0, gateways: 0, ports: 24 },
    flapping: false,
    acknowledgedBy: null,
    assignedTo: null,
    url: 'https://loopstart.example.com/incidents/7',
    operator: { id: operatorId, name: 'Oak' },
    ...more,
  };
}

export type IncidentType = 'incident.raised' | 'incident.acknowledged' | 'incident.resolved' | 'incident.updated';

/** A message of an incident. */
export function incidentPayload(
  type: IncidentType,
  operatorId: string,
  more: Partial<WebhookIncident> = {},
): WebhookPayload {
  const timestamp = '2026-11-23T12:00:40.000Z';
  const data = incidentData(operatorId, more);
  return type === 'incident.updated'
    ? { type, timestamp, data: { ...data, changed: ['affected'] } }
    : { type, timestamp, data };
}
