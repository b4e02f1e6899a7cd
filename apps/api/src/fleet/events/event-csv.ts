import type { Event, EventColumn } from '@loopstart/contracts';
import type { CsvColumns } from '../../core/list/csv.ts';

/** What an export says of an event, in the words of the API. */
export const EVENT_CSV: CsvColumns<EventColumn, Event> = {
  at: [{ header: 'Time', value: ({ at }) => at }],
  kind: [{ header: 'Event', value: ({ kind }) => kind }],
  severity: [{ header: 'Severity', value: ({ severity }) => severity }],
  text: [{ header: 'Text', value: ({ text }) => text }],
  gateway: [
    { header: 'Gateway', value: ({ gatewayName }) => gatewayName },
    { header: 'Port', value: ({ position }) => position },
  ],
  site: [{ header: 'Site', value: ({ siteName }) => siteName }],
  customer: [{ header: 'Customer', value: ({ customerName }) => customerName }],
  source: [
    { header: 'Source', value: ({ source }) => source },
    { header: 'Received message', value: ({ detail }) => messageOf(detail) },
  ],
  received: [{ header: 'Received', value: ({ receivedAt }) => receivedAt }],
};

const messageOf = (detail: Event['detail']): string =>
  Object.entries(detail)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');
