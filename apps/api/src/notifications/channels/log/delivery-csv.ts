import type { Delivery, DeliveryColumn } from '@loopstart/contracts';
import type { CsvColumns } from '../../../core/list/csv.ts';

/** The columns of an export of deliveries, in the words of the API. */
export const DELIVERY_CSV: CsvColumns<DeliveryColumn, Delivery> = {
  queued: [{ header: 'Queued', value: ({ createdAt }) => createdAt }],
  message: [
    { header: 'Message', value: ({ type }) => type },
    { header: 'webhook-id', value: ({ webhookId }) => webhookId },
    { header: 'Sent again', value: ({ replayOf }) => replayOf !== null },
  ],
  incident: [
    { header: 'Incident number', value: ({ incident }) => incident?.number },
    { header: 'Incident', value: ({ incident }) => incident?.title },
  ],
  channel: [{ header: 'Channel', value: ({ channel }) => channel.name }],
  recipient: [{ header: 'Recipient', value: ({ recipient }) => recipient }],
  state: [{ header: 'State', value: ({ state }) => state }],
  attempts: [{ header: 'Attempts', value: ({ attempts }) => attempts }],
  response: [
    { header: 'Last status', value: ({ lastStatus }) => lastStatus },
    { header: 'Last error', value: ({ lastError }) => lastError },
  ],
  delivered: [{ header: 'Delivered', value: ({ deliveredAt }) => deliveredAt }],
};
