import type { WebhookPayload } from '@loopstart/contracts';
import { type AttemptOutcome, outcomeOfStatus } from '@loopstart/domain';
import type { ChannelSettings, SettingsOf } from '../channel-settings.ts';
import type { GuardedHttp, OutboundAnswer, OutboundRequest } from '../../../core/egress/guarded-http.ts';
import type { SigningKey } from '../webhook/signature.ts';
import { retryAfterMs } from './retry-after.ts';

/** One message on its way to one channel. */
export interface Sending {
  /** The same over all attempts and replays. */
  webhookId: string;
  payload: WebhookPayload;
  /** One of the channel's recipients; null: all of them. */
  recipient: string | null;
  /** The receiver's own id of this incident, from its first answer. */
  externalId: string | null;
  now: number;
}

/** A channel with its secrets open. */
export interface OpenChannel<S extends ChannelSettings = ChannelSettings> {
  id: string;
  name: string;
  settings: S;
  /** Signing keys in force, newest first. */
  keys: readonly Pick<SigningKey, 'algorithm' | 'secret'>[];
}

/** The outcome of an attempt. */
export interface Sent {
  outcome: AttemptOutcome;
  status: number | null;
  /** One sentence; null on success. */
  error: string | null;
  answer: string | null;
  /** The pause that the receiver requested. */
  retryAfterMs: number | null;
  externalId: string | null;
}

/** Renders messages for one kind of channel and sends them by its protocol. May throw errors of the network. */
export type Adapter<K extends ChannelSettings['kind']> = (
  channel: OpenChannel<SettingsOf<K>>,
  sending: Sending,
) => Promise<Sent>;

export const DELIVERED: Sent = {
  outcome: 'delivered',
  status: null,
  error: null,
  answer: null,
  retryAfterMs: null,
  externalId: null,
};

/** The receiver will never accept this message. */
export function refused(error: string): Sent {
  return { ...DELIVERED, outcome: 'refused', error };
}

/** Sends a request and decides on its answer by the status alone. */
export async function exchange(http: GuardedHttp, request: OutboundRequest, now: number): Promise<Sent> {
  return judged(await http.send(request), now);
}

export function judged(answer: OutboundAnswer, now: number): Sent {
  const outcome = outcomeOfStatus(answer.status);
  return {
    outcome,
    status: answer.status,
    error: outcome === 'delivered' ? null : sentence(answer.status),
    answer: answer.body,
    retryAfterMs: retryAfterMs(answer.headers['retry-after'], now),
    externalId: null,
  };
}

/** A request with a JSON body. */
export function json(
  method: OutboundRequest['method'],
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): OutboundRequest {
  return {
    method,
    url,
    headers: { 'content-type': 'application/json', 'user-agent': USER_AGENT, ...headers },
    body: JSON.stringify(body),
  };
}

export const USER_AGENT = 'Loopstart/1';

function sentence(status: number): string {
  if (status >= 300 && status < 400) return `It answered ${status}; redirects are not followed.`;
  return status === 410 ? 'It answered 410: it accepts no more messages.' : `It answered ${status}.`;
}
