import type { GuardedHttp } from '../../../core/egress/guarded-http.ts';
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
import type { SettingsOf } from '../channel-settings.ts';
import { isIncident, placeText, shorten, wordsOf } from './words.ts';

/** Events API v2. */
const ENDPOINTS = { us: 'https://events.pagerduty.com/v2/enqueue', eu: 'https://events.eu.pagerduty.com/v2/enqueue' };
const SUMMARY_MAX = 1_024;
const KEY_MAX = 255;
const SEVERITIES = { critical: 'critical', major: 'error', minor: 'warning', info: 'info' } as const;
const ACTIONS = {
  'incident.raised': 'trigger',
  'incident.updated': 'trigger',
  'incident.acknowledged': 'acknowledge',
  'incident.resolved': 'resolve',
} as const;

type Channel = OpenChannel<SettingsOf<'pagerduty'>>;
type Action = 'trigger' | 'acknowledge' | 'resolve';

/** PagerDuty: trigger, acknowledge and resolve with the incident's key. A test is triggered and resolved at once. */
export function pagerdutyAdapter(http: GuardedHttp, origin: string): Adapter<'pagerduty'> {
  const send = async (channel: Channel, sending: Sending, action: Action, key: string): Promise<Sent> => {
    const { settings } = channel;
    const event = eventOf(channel, sending, action, key, origin);
    const sent = await exchange(http, json('POST', settings.url ?? ENDPOINTS[settings.region], event), sending.now);
    // PagerDuty answers 400 to an invalid event; a retry changes nothing.
    return sent.status === 400 ? { ...sent, outcome: 'refused' } : sent;
  };
  return async (channel, sending) => {
    const { payload } = sending;
    if (isIncident(payload)) return send(channel, sending, ACTIONS[payload.type], payload.data.dedupKey);
    switch (payload.type) {
      case 'endpoint.test': {
        const key = `loopstart-test-${sending.webhookId}`;
        const sent = await send(channel, sending, 'trigger', key);
        return sent.outcome === 'delivered' ? send(channel, sending, 'resolve', key) : sent;
      }
      case 'endpoint.disabled':
        return send(channel, sending, 'trigger', `loopstart-channel-${payload.data.channel.id}`);
      case 'digest':
        return refused('PagerDuty takes incidents, not digests.');
      case 'watchdog.canary':
        return DELIVERED;
    }
  };
}

function eventOf(channel: Channel, { payload }: Sending, action: Action, key: string, origin: string): object {
  const words = wordsOf(payload, origin);
  const head = {
    routing_key: channel.settings.routingKey,
    event_action: action,
    dedup_key: shorten(key, KEY_MAX),
    client: 'Loopstart',
    ...(words.url === null ? {} : { client_url: words.url, links: [{ href: words.url, text: 'Open in Loopstart' }] }),
  };
  if (action !== 'trigger') return head;
  const incident = isIncident(payload) ? payload.data : null;
  const site = incident?.place.site?.name;
  return {
    ...head,
    payload: {
      summary: shorten(words.title, SUMMARY_MAX),
      source: incident === null ? 'Loopstart' : placeText(incident.place),
      severity: SEVERITIES[words.severity],
      timestamp: incident?.since ?? payload.timestamp,
      ...(incident === null
        ? {}
        : { component: incident.subject.type, class: incident.kind, ...(site === undefined ? {} : { group: site }) }),
      custom_details: { text: words.lines.join('\n'), ...Object.fromEntries(words.facts) },
    },
  };
}
