export { ChannelPage } from './channel-page.tsx';
export { ChannelsPage } from './channels-page.tsx';
export { CHANNEL_COLUMNS } from './columns.tsx';
export { channelQuery } from './queries.ts';
