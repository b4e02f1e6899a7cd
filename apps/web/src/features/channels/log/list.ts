import { type DeliveryFacet, endpoints } from '@loopstart/contracts';
import { query } from '../../../lib/api/query.ts';
import { t } from '../../../messages/channels.ts';
import type { GridList } from '../../../ui/grid/grid-list.ts';
import { messageWord } from '../channel-words.ts';
import { CHANNEL_POLL_MS } from '../queries.ts';
import { DELIVERY_COLUMNS } from './columns.tsx';
import { CHANNEL_DELIVERY_FILTERS, DELIVERY_FILTERS } from './filters.ts';

/** The deliveries of all channels; in the order of the API the newest is first. */
export const DELIVERIES: GridList<'listDeliveries'> = {
  endpoint: 'listDeliveries',
  id: 'deliveries',
  columns: DELIVERY_COLUMNS,
  filters: DELIVERY_FILTERS,
  rowKey: ({ id }) => id,
  rowName: ({ type, channel }) => t('messageBy', { message: messageWord(type), channel: channel.name }),
  pollMs: CHANNEL_POLL_MS,
  counts: (facet, asked) => query('getDeliveryFacet', { query: { ...asked, facet: facet as DeliveryFacet } as never }),
  exportPath: endpoints.exportDeliveries.path,
  words: {
    search: t('searchDeliveries'),
    caption: t('deliveryLog'),
    count: (shown, total) => t('deliveryCount', { shown, total }),
    noMatch: [t('noDeliveriesMatchFilters'), t('removeFilter')],
  },
};

/** The deliveries of one channel. */
export const deliveriesOfChannel = (channelId: string): GridList<'listDeliveries'> => ({
  ...DELIVERIES,
  id: 'channel-deliveries',
  columns: DELIVERY_COLUMNS.filter(({ id }) => id !== 'channel'),
  filters: CHANNEL_DELIVERY_FILTERS,
  fixed: { channelId: [channelId] },
});
