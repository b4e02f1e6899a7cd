import type { Channel } from '@loopstart/contracts';
import { allows, type Rights } from '@loopstart/domain';

/**
 * A channel as its reader may see it. An address can contain a token in its path or query, so without the right to see
 * whole addresses only its host is shown.
 */
export function asSeenBy(rights: Rights, channel: Channel): Channel {
  const { url } = channel.config;
  if (typeof url !== 'string' || allows(rights, 'channel-addresses.read')) return channel;
  return { ...channel, config: { ...channel.config, url: `${new URL(url).origin}/…` } };
}

/** The channels whose whole address this reader is shown. */
export function wholeFor(rights: Rights, channels: readonly Channel[]): readonly Channel[] {
  if (!allows(rights, 'channel-addresses.read')) return [];
  return channels.filter(({ config }) => typeof config['url'] === 'string');
}
