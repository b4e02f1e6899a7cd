import type { Channel } from '@loopstart/contracts';
import type { ChannelListFilters } from './filters.schema.ts';

/** Channels of a kind, and those that hear of a severity or customer: a channel without such a filter hears of all. */
export function filterChannels(channels: readonly Channel[], wanted: ChannelListFilters): Channel[] {
  const { kind, severity, customerId } = wanted;
  return channels.filter(
    (channel) =>
      (kind === undefined || channel.kind === kind) &&
      (severity === undefined || (channel.filters.severities?.includes(severity) ?? true)) &&
      (customerId === undefined || (channel.filters.customerIds?.includes(customerId) ?? true)),
  );
}
