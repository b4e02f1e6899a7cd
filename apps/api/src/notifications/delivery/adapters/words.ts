import type { Place, WebhookIncident, WebhookPayload } from '@loopstart/contracts';

/** A message as plain words, for channels that people read. */
export interface Words {
  /** One line. */
  title: string;
  /** A few sentences. */
  lines: string[];
  /** Name and value, for channels that show them side by side. */
  facts: [string, string][];
  severity: WebhookIncident['severity'];
  /** A resolution, or neutral. */
  calm: boolean;
  url: string | null;
}

const VERBS = {
  'incident.raised': null,
  'incident.updated': 'Update',
  'incident.acknowledged': 'Acknowledged',
  'incident.resolved': 'Resolved',
} as const;

/** A payload whose data is of an incident. */
export type IncidentPayload = Extract<WebhookPayload, { type: keyof typeof VERBS }>;
export function isIncident(payload: WebhookPayload): payload is IncidentPayload {
  return payload.type in VERBS;
}

/** A message in plain words for people. `origin` is the address of the console. */
export function wordsOf(payload: WebhookPayload, origin: string): Words {
  const plain = (title: string, lines: string[]): Words => ({
    title,
    lines,
    facts: [],
    severity: 'info',
    calm: true,
    url: null,
  });
  if (isIncident(payload)) return incidentWords(payload);
  switch (payload.type) {
    case 'digest':
      return {
        ...plain(
          `Digest: ${payload.data.total} ${payload.data.total === 1 ? 'incident' : 'incidents'}`,
          payload.data.incidents.map(
            (one) => `#${one.number} ${stateWord(one)}: ${one.title} (${placeText(one.place)})`,
          ),
        ),
        url: `${origin}/incidents`,
      };
    case 'endpoint.test':
      return plain('Test message', [
        payload.data.text,
        `Sent by ${payload.data.sentBy} to ${payload.data.channel.name}.`,
      ]);
    case 'endpoint.disabled':
      return {
        ...plain(`The channel "${payload.data.channel.name}" was switched off`, [payload.data.reason]),
        severity: 'major',
        calm: false,
        url: `${origin}/settings/channels`,
      };
    case 'watchdog.canary':
      return plain('Watchdog', [`Sent at ${payload.data.sentAt}.`]);
  }
}

function incidentWords({ type, data }: IncidentPayload): Words {
  const verb = VERBS[type];
  const { agents, gateways, ports } = data.affected;
  const affected = [
    [agents, 'agent'],
    [gateways, 'gateway'],
    [ports, 'port'],
  ] as const;
  const explains = affected
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}${count === 1 ? '' : 's'}`);
  const facts: [string, string][] = [
    ['Severity', data.severity],
    ['Where', placeText(data.place)],
    ['Since', data.since],
    ...(data.resolvedAt === null ? [] : [['Resolved', data.resolvedAt] as [string, string]]),
    ...(explains.length === 0 ? [] : [['Also affected', explains.join(', ')] as [string, string]]),
    ...(data.acknowledgedBy === null ? [] : [['Acknowledged by', data.acknowledgedBy] as [string, string]]),
  ];
  const resolved = type === 'incident.resolved';
  return {
    title: `${verb === null ? `[${data.severity}]` : `${verb}:`} #${data.number} ${data.title}`,
    lines: resolved
      ? [data.resolution === null ? 'It is over.' : `It is over: ${data.resolution}.`]
      : [data.why, ...(data.flapping ? ['It comes and goes.'] : []), `First step: ${data.firstStep}`],
    facts,
    severity: data.severity,
    calm: resolved || type === 'incident.acknowledged',
    url: data.url,
  };
}

/** Where it is, from the line up to the customer. */
export function placeText(place: Place): string {
  const port = place.port === null ? null : (place.port.label ?? `port ${place.port.position}`);
  const names = [port, place.gateway?.name, place.agent?.name, place.site?.name, place.customer?.name];
  return names.filter((name) => name !== null && name !== undefined).join(', ') || 'All sites';
}

function stateWord(incident: WebhookIncident): string {
  return incident.state === 'resolved' ? 'resolved' : incident.severity;
}

/** A text cut to so many characters, an ellipsis at its end where something is missing. */
export function shorten(text: string, characters: number): string {
  return text.length <= characters ? text : `${text.slice(0, characters - 1)}…`;
}
