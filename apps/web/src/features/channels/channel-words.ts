import type { Channel, ChannelKind, Delivery } from '@loopstart/contracts';
import type { Severity } from '@loopstart/domain';
import { CHANNEL_KIND_WORDS, DELIVERY_STATE_WORDS } from '../../lib/words/incident.ts';
import { t } from '../../messages/channels.ts';

/** Every word the console says about channels and what is sent through them. */

export const KIND_WORDS: Record<ChannelKind, string> = CHANNEL_KIND_WORDS;

/** What choosing a kind means, for somebody who adds one. */
export const KIND_MEANINGS: Record<ChannelKind, string> = t.group('kindMeanings');

/** A state with its severity, in one or two words and as a whole sentence. */
export interface ChannelStanding {
  severity: Severity;
  word: string;
  /** Null where the word says it all. */
  why: 'failing' | 'throttled' | 'circuit-open' | 'disabled' | null;
}

export function standingOf(channel: Pick<Channel, 'state' | 'failingSince'>): ChannelStanding {
  switch (channel.state) {
    case 'disabled':
      return { severity: 'unknown', word: t('off'), why: 'disabled' };
    case 'circuit-open':
      return { severity: 'major', word: t('pausedAfterFailures'), why: 'circuit-open' };
    case 'throttled':
      return { severity: 'minor', word: t('rateLimited'), why: 'throttled' };
    case 'active':
      return channel.failingSince === null
        ? { severity: 'ok', word: t('working'), why: null }
        : { severity: 'minor', word: t('failing'), why: 'failing' };
  }
}

export const DELIVERY_WORDS: Record<Delivery['state'], string> = DELIVERY_STATE_WORDS;

const DELIVERY_SEVERITIES: Record<Delivery['state'], Severity> = {
  pending: 'info',
  sending: 'info',
  delivered: 'ok',
  failed: 'major',
  abandoned: 'critical',
};

/** How a delivery stands. One that has failed and waits for its next try is said to have failed. */
export function deliveryStanding(delivery: Pick<Delivery, 'state' | 'attempts' | 'lastError'>): {
  severity: Severity;
  word: string;
} {
  const again = delivery.state === 'pending' && delivery.attempts > 0 && delivery.lastError !== null;
  const state = again ? 'failed' : delivery.state;
  return { severity: DELIVERY_SEVERITIES[state], word: DELIVERY_WORDS[state] };
}

/** Whether nothing more will happen to it by itself. */
export function isSettled(delivery: Pick<Delivery, 'state' | 'attempts' | 'lastError'>): boolean {
  return delivery.state === 'delivered' || deliveryStanding(delivery).severity !== 'info';
}

/**
 * When a delivery is tried next; null where it is not. A paused channel is tried first with one message, and with it
 * everything that waits: then its time stands for all, as it stands in the head of the page.
 */
export function nextTry(
  delivery: Pick<Delivery, 'state' | 'attempts' | 'nextAttemptAt'>,
  retryAt: string | null,
): string | null {
  if (delivery.nextAttemptAt === null || delivery.attempts === 0 || delivery.state !== 'pending') return null;
  return retryAt ?? delivery.nextAttemptAt;
}

const MESSAGES: Record<string, string> = t.group('message');

/** What a message is about (a key of a catalogue has no dots); the type itself where it is from a newer catalogue. */
export function messageWord(type: string): string {
  return MESSAGES[type.replaceAll('.', '-')] ?? type;
}

/** What came back, in a few words: "HTTP 503", or why nothing did. */
export function answerWords(answer: { status: number | null; error: string | null }): string {
  if (answer.error !== null && answer.status === null) return answer.error;
  if (answer.status === null) return t('accepted');
  return answer.error === null || answer.error === `HTTP ${answer.status}`
    ? t('http', { status: answer.status })
    : t('httpError', { status: answer.status, error: answer.error });
}

/** Where messages may be sent, before an address is refused: the rule, and what this installation allows besides. */
export function addressHint(alsoAllowed: readonly string[]): string {
  const rule = t('httpsPublicInternet');
  return alsoAllowed.length === 0 ? `${rule}.` : t('hereAlsoHttpWell', { rule, hosts: alsoAllowed.join(', ') });
}
