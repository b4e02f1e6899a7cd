import type { WebhookPayload } from '@loopstart/contracts';
import { isIncident, type IncidentPayload, placeText, wordsOf } from './words.ts';

/** The placeholders of a ticket template, and their sources. */
const PLACES = new Map<string, (payload: IncidentPayload, origin: string) => string | number>(
  Object.entries({
    'incident.id': ({ data }) => data.incidentId,
    'incident.number': ({ data }) => data.number,
    'incident.dedupKey': ({ data }) => data.dedupKey,
    'incident.title': ({ data }) => data.title,
    'incident.kind': ({ data }) => data.kind,
    'incident.severity': ({ data }) => data.severity,
    'incident.state': ({ data }) => data.state,
    'incident.why': ({ data }) => data.why,
    'incident.firstStep': ({ data }) => data.firstStep,
    'incident.since': ({ data }) => data.since,
    'incident.resolvedAt': ({ data }) => data.resolvedAt ?? '',
    'incident.resolution': ({ data }) => data.resolution ?? '',
    'incident.acknowledgedBy': ({ data }) => data.acknowledgedBy ?? '',
    'incident.assignedTo': ({ data }) => data.assignedTo ?? '',
    'incident.place': ({ data }) => placeText(data.place),
    'incident.customer': ({ data }) => data.place.customer?.name ?? '',
    'incident.site': ({ data }) => data.place.site?.name ?? '',
    'incident.gateway': ({ data }) => data.place.gateway?.name ?? '',
    'incident.url': ({ data }) => data.url,
    'operator.name': ({ data }) => data.operator.name,
    'message.type': ({ type }) => type,
    'message.title': (payload, origin) => wordsOf(payload, origin).title,
    'message.text': (payload, origin) => wordsOf(payload, origin).lines.join('\n'),
  } satisfies Record<string, (payload: IncidentPayload, origin: string) => string | number>),
);

/** The id that the ticket system gave the ticket; in updates alone. */
const TICKET_ID = 'ticket.id';

/** What a template is filled in with besides the message. */
export interface Around {
  /** Address of the console. */
  origin: string;
  ticketId?: string;
}

const PLACE = /\{\{\s*([\w.]+)\s*\}\}/g;

/** Fills in a template; `quote` escapes a value for its position. An unknown placeholder yields nothing: it was refused when saved. */
function fill(
  template: string,
  payload: IncidentPayload,
  { origin, ticketId }: Around,
  quote: (text: string) => string,
): string {
  return template.replace(PLACE, (_, name: string) =>
    quote(name === TICKET_ID ? (ticketId ?? '') : String(PLACES.get(name)?.(payload, origin) ?? '')),
  );
}

/** A JSON body. Values are escaped for JSON texts. */
export function fillJson(template: string, payload: IncidentPayload, around: Around): string {
  return fill(template, payload, around, (text) => JSON.stringify(text).slice(1, -1));
}

/** A query, with values encoded. */
export function fillQuery(template: string, payload: IncidentPayload, around: Around): string {
  return fill(template, payload, around, encodeURIComponent);
}

/** The fault of a JSON template; null when there is none. */
export function templateProblem(template: string): string | null {
  const unknown = [...template.matchAll(PLACE)]
    .map((match) => match[1] ?? '')
    .find((name) => !PLACES.has(name) && name !== TICKET_ID);
  if (unknown !== undefined)
    return `There is no place {{${unknown}}}; there are ${[...PLACES.keys(), TICKET_ID].join(', ')}.`;
  try {
    JSON.parse(template.replace(PLACE, '0'));
    return null;
  } catch {
    return 'This is not JSON with places such as {{incident.title}} inside its texts.';
  }
}

/** The fault in the placeholders of a query; null when there is none. */
export function queryProblem(template: string): string | null {
  return templateProblem(JSON.stringify(template));
}

/** A payload of an incident, null of anything else. */
export function incidentOf(payload: WebhookPayload): IncidentPayload | null {
  return isIncident(payload) ? payload : null;
}

/** The text or number at a path such as `ticket.id`; null where there is none, or none that can be stored. */
export function valueAt(document: unknown, path: string): string | null {
  let value = document;
  for (const member of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, member)) return null;
    value = (value as Record<string, unknown>)[member];
  }
  const usable = typeof value === 'number' || (typeof value === 'string' && /^[^\0]{1,200}$/.test(value));
  return usable ? String(value) : null;
}
