export { ChannelPage } from './channel-page.tsx';
export { ChannelsPage } from './channels-page.tsx';
export { CHANNEL_COLUMNS } from './columns.tsx';
export { DeliveriesPage } from './log/deliveries-page.tsx';
export { DELIVERIES } from './log/list.ts';
export { channelQuery } from './queries.ts';
