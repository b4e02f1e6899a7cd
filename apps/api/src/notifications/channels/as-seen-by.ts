import type { Channel } from '@loopstart/contracts';
import { allows, type Role } from '@loopstart/domain';

/**
 * A channel as a role may see it. An address can contain a token in its path or query, so without the right to change
 * the channel only its host is shown.
 */
export function asSeenBy(role: Role, channel: Channel): Channel {
  const { url } = channel.config;
  if (typeof url !== 'string' || mayChange(role)) return channel;
  return { ...channel, config: { ...channel.config, url: `${new URL(url).origin}/…` } };
}

/** Whether people of a role may add and change channels. */
export const mayChange = (role: Role): boolean => allows(role, 'channels.write');
