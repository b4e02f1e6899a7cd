import type { ChannelKind } from './channels.ts';

/**
 * Secrets of each kind of channel that are sent to its address, by their field names. A Slack or Teams address is
 * itself the secret, and the key of a webhook signs but is never sent.
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

/** The settings of a channel that decide its destination. */
export interface ChannelDestination {
  url?: string | undefined;
  region?: string | undefined;
}

/**
 * The secrets that must be entered again when a channel's settings change: a secret entered for one destination is not
 * sent to another. A destination is protocol, user, host and port; another path there is the same destination.
 */
export function secretsToGiveAgain(
  kind: ChannelKind,
  before: ChannelDestination,
  after: ChannelDestination,
): readonly string[] {
  return placeOf(before) === placeOf(after) ? [] : SECRETS_SENT[kind];
}

/**
 * Whether a target moved to another address: the secrets of the old address are not sent to the new one unless entered
 * again.
 */
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
