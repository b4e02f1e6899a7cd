import type { CallNullReason } from '@loopstart/domain';

/** Which channels a gateway has named so far, as far as it shows whether it counts from 0 or 1. */
export interface SeenChannels {
  zero: boolean;
  last: boolean;
}

const CHANNEL = /^\d{1,4}$/;

/** What is known after one more channel of a gateway with this many ports. Pure. */
export function seeChannel(seen: SeenChannels, channel: string | null, portCount: number): SeenChannels {
  if (channel === null || !CHANNEL.test(channel)) return seen;
  const number = Number(channel);
  return { zero: seen.zero || number === 0, last: seen.last || number === portCount };
}

/**
 * The port of a channel. Manuals call the channel "port number" and do not give the first one: it is 0 where a channel 0
 * was seen, and 1 where a channel was that only exists then. Until one of both, and after both, the port is not known.
 * Pure.
 */
export function portOfChannel(
  channel: string | null,
  base: 0 | 1 | 'unknown' | null,
  seen: SeenChannels,
  positions: readonly number[],
): { position: number } | { reason: CallNullReason } {
  if (base === null) return { reason: 'not-on-a-line' };
  if (channel === null || !CHANNEL.test(channel)) return { reason: 'not-sent' };
  const first = base === 'unknown' ? (seen.zero === seen.last ? null : seen.zero ? 0 : 1) : base;
  if (first === null) return { reason: 'base-not-known' };
  const position = Number(channel) - first + 1;
  return positions.includes(position) ? { position } : { reason: 'no-such-port' };
}
