import type { SettingsOf } from '../channel-settings.ts';
import type { GuardedHttp, OutboundRequest } from '../../../core/egress/guarded-http.ts';
import {
  type Adapter,
  DELIVERED,
  judged,
  type OpenChannel,
  refused,
  type Sending,
  type Sent,
  USER_AGENT,
} from './adapter.ts';
import { fillJson, fillQuery, incidentOf, valueAt } from './template.ts';
import type { IncidentPayload } from './words.ts';

type Channel = OpenChannel<SettingsOf<'ticket'>>;
type Asked = { sent: Sent; document: unknown };

/**
 * A ticket system with a REST API: one ticket per incident, opened once, updated and closed by its id. An open ticket is
 * searched for first, so that a process that stopped between opening and recording one does not open a second.
 */
export function ticketAdapter(http: GuardedHttp, origin: string): Adapter<'ticket'> {
  const ask = async (
    channel: Channel,
    sending: Sending,
    request: Pick<OutboundRequest, 'method' | 'url' | 'body'>,
  ): Promise<Asked> => {
    const { credentials, headers } = channel.settings;
    const answer = await http.send({
      ...request,
      headers: {
        accept: 'application/json',
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        'user-agent': USER_AGENT,
        ...headers,
        ...(credentials === undefined ? {} : { authorization: credentials }),
      },
    });
    return { sent: judged(answer, sending.now), document: parsed(answer.body) };
  };

  /** The id of the incident's open ticket; null when there is none. */
  const look = async (
    channel: Channel,
    sending: Sending,
    incident: IncidentPayload,
  ): Promise<{ id: string | null; failure: Sent | null }> => {
    const { url, findQuery, idPath } = channel.settings;
    if (findQuery === undefined) return { id: null, failure: null };
    const query = fillQuery(findQuery, incident, { origin });
    const { sent, document } = await ask(channel, sending, {
      method: 'GET',
      url: searchUrl(url, query),
    });
    // Some systems answer 404 for an empty result.
    if (sent.status === 404) return { id: null, failure: null };
    if (sent.outcome !== 'delivered') return { id: null, failure: sent };
    const item = firstItem(document);
    return { id: valueAt(item, idPath) ?? valueAt(item, 'id'), failure: null };
  };

  const open = async (channel: Channel, sending: Sending, incident: IncidentPayload): Promise<Sent> => {
    const { url, openBody, idPath } = channel.settings;
    const { sent, document } = await ask(channel, sending, {
      method: 'POST',
      url,
      body: fillJson(openBody, incident, { origin }),
    });
    if (sent.outcome !== 'delivered') return sent;
    const externalId = valueAt(document, idPath);
    // Without its id the ticket cannot be closed later, and opening another would not help.
    if (externalId === null)
      return { ...sent, outcome: 'refused', error: `The ticket was opened, but its answer has no id at "${idPath}".` };
    return { ...sent, externalId };
  };

  return async (channel, sending) => {
    const { settings } = channel;
    const incident = incidentOf(sending.payload);
    if (incident === null) {
      // A test only searches: it must not leave a ticket behind.
      if (sending.payload.type === 'endpoint.test')
        return (await ask(channel, sending, { method: 'GET', url: settings.url })).sent;
      return sending.payload.type === 'watchdog.canary'
        ? DELIVERED
        : refused('Tickets are opened for incidents alone.');
    }
    const known =
      sending.externalId === null ? await look(channel, sending, incident) : { id: sending.externalId, failure: null };
    if (known.failure !== null) return known.failure;
    const closing = incident.type === 'incident.resolved';
    if (known.id === null)
      return closing ? { ...DELIVERED, answer: 'There is no ticket to close.' } : open(channel, sending, incident);
    if (incident.type === 'incident.raised')
      return { ...DELIVERED, externalId: known.id, answer: 'The ticket is open already.' };
    const { sent } = await ask(channel, sending, {
      method: settings.updateMethod,
      url: settings.updateAt === 'ticket' ? ticketUrl(settings.url, known.id) : settings.url,
      body: fillJson(closing ? settings.closeBody : settings.updateBody, incident, { origin, ticketId: known.id }),
    });
    // The ticket was deleted: a retry does not restore it, and the system works for all others.
    if (settings.updateAt === 'ticket' && (sent.status === 404 || sent.status === 410))
      return { ...sent, outcome: 'refused', error: `The ticket no longer exists (${sent.status}).` };
    return { ...sent, externalId: known.id };
  };
}

/** The collection with a query, or a path below it with one. */
function searchUrl(collection: string, query: string): string {
  if (query.startsWith('/')) return collection.replace(/\/$/, '') + query;
  return `${collection}${collection.includes('?') ? '&' : '?'}${query.replace(/^\?/, '')}`;
}

/** `<collection>/<id>`, before the query of the collection. */
function ticketUrl(collection: string, id: string): string {
  const url = new URL(collection);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${encodeURIComponent(id)}`;
  return url.toString();
}

/** The first ticket of an answer: it is a list, or has one. */
function firstItem(document: unknown): unknown {
  if (Array.isArray(document)) return document[0];
  const lists = typeof document === 'object' && document !== null ? Object.values(document).filter(Array.isArray) : [];
  return (lists[0] as unknown[] | undefined)?.[0];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
