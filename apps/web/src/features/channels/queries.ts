import { query } from '../../lib/api/query.ts';

/** How often what a channel does is asked for again: nothing live tells it. */
export const CHANNEL_POLL_MS = 10_000;

export const channelQuery = (channelId: string) => query('getChannel', { params: { channelId } });

export const deliveryQuery = (deliveryId: string) => query('getDelivery', { params: { deliveryId } });
