import type { ChannelKind } from './channels.ts';

/**
 * Secrets of each kind of channel that are sent along to its address, by the names of their fields. A Slack or Teams
 * address is itself the secret, and the key of a webhook signs but is never sent.
 */
export const SECRETS_SENT = {
  webhook: [],
  email: [],
  slack: [],
  teams: [],
  pagerduty: ['routingKey'],
  opsgenie: ['apiKey'],
  ticket: ['credentials', 'headers'],
} as const satisfies Record<ChannelKind, readonly string[]>;

/** As much of a channel's settings as says where it sends. */
export interface ChannelDestination {
  url?: string | undefined;
  region?: string | undefined;
}

/**
 * The secrets that must be given again when a channel's settings change: what was entered for one place is not sent to
 * another. A place is protocol, user, host and port; another path there is the same place.
 */
export function secretsToGiveAgain(
  kind: ChannelKind,
  before: ChannelDestination,
  after: ChannelDestination,
): readonly string[] {
  return placeOf(before) === placeOf(after) ? [] : SECRETS_SENT[kind];
}

/** A target is somewhere else, and what opened the old place must not be sent to the new one without being given again. */
export function targetMoved(
  before: { address: string; port: number },
  after: { address: string; port: number },
): boolean {
  return before.port !== after.port || before.address.trim().toLowerCase() !== after.address.trim().toLowerCase();
}

function placeOf({ url, region }: ChannelDestination): string {
  if (url === undefined || url === '') return `region ${region ?? ''}`;
  try {
    const { protocol, username, password, host } = new URL(url);
    return [protocol, username, password, host].join(' ');
  } catch {
    return url;
  }
}
