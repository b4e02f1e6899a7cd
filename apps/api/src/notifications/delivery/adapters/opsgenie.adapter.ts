import type { GuardedHttp } from '../../../core/egress/guarded-http.ts';
import type { SettingsOf } from '../channel-settings.ts';
import {
  type Adapter,
  DELIVERED,
  exchange,
  json,
  type OpenChannel,
  refused,
  type Sending,
  type Sent,
} from './adapter.ts';
import { isIncident, placeText, shorten, wordsOf } from './words.ts';

/** Alert API. */
const ENDPOINTS = { us: 'https://api.opsgenie.com/v2/alerts', eu: 'https://api.eu.opsgenie.com/v2/alerts' };
const MESSAGE_MAX = 130;
const ALIAS_MAX = 512;
const ENTITY_MAX = 512;
const DESCRIPTION_MAX = 15_000;
const PRIORITIES = { critical: 'P1', major: 'P2', minor: 'P3', info: 'P5' } as const;

type Channel = OpenChannel<SettingsOf<'opsgenie'>>;

/**
 * Opsgenie: alerts are created, noted on, acknowledged and closed by an alias, the incident's key. Atlassian ends this API
 * in April 2027; Jira Service Management follows it.
 */
export function opsgenieAdapter(http: GuardedHttp, origin: string): Adapter<'opsgenie'> {
  const post = async ({ settings }: Channel, sending: Sending, path: string, body: object): Promise<Sent> => {
    const url = (settings.url ?? ENDPOINTS[settings.region]).replace(/\/$/, '') + path;
    const headers = { authorization: `GenieKey ${settings.apiKey}` };
    const sent = await exchange(http, json('POST', url, body, headers), sending.now);
    return sent.status === 422 ? { ...sent, outcome: 'refused' } : sent;
  };
  const on = (alias: string, what: string) =>
    `/${encodeURIComponent(shorten(alias, ALIAS_MAX))}/${what}?identifierType=alias`;
  return async (channel, sending) => {
    const { payload } = sending;
    const words = wordsOf(payload, origin);
    const note = { source: 'Loopstart', note: shorten([words.title, ...words.lines].join('\n'), DESCRIPTION_MAX) };
    switch (payload.type) {
      case 'incident.raised':
        return post(channel, sending, '', alertOf(sending, payload.data.dedupKey, origin));
      case 'incident.updated':
        return post(channel, sending, on(payload.data.dedupKey, 'notes'), note);
      case 'incident.acknowledged':
        return post(channel, sending, on(payload.data.dedupKey, 'acknowledge'), note);
      case 'incident.resolved':
        return post(channel, sending, on(payload.data.dedupKey, 'close'), note);
      case 'endpoint.test': {
        const alias = `loopstart-test-${sending.webhookId}`;
        const sent = await post(channel, sending, '', alertOf(sending, alias, origin));
        return sent.outcome === 'delivered' ? post(channel, sending, on(alias, 'close'), note) : sent;
      }
      case 'endpoint.disabled':
        return post(channel, sending, '', alertOf(sending, `loopstart-channel-${payload.data.channel.id}`, origin));
      case 'digest':
        return refused('Opsgenie takes incidents, not digests.');
      case 'watchdog.canary':
        return DELIVERED;
    }
  };
}

function alertOf({ payload }: Sending, alias: string, origin: string): object {
  const words = wordsOf(payload, origin);
  const incident = isIncident(payload) ? payload.data : null;
  return {
    message: shorten(words.title, MESSAGE_MAX),
    alias: shorten(alias, ALIAS_MAX),
    description: shorten([...words.lines, words.url ?? ''].join('\n').trim(), DESCRIPTION_MAX),
    priority: PRIORITIES[words.severity],
    source: 'Loopstart',
    entity: incident === null ? 'Loopstart' : shorten(placeText(incident.place), ENTITY_MAX),
    ...(incident === null ? {} : { tags: [incident.kind] }),
    details: Object.fromEntries(words.facts),
  };
}
