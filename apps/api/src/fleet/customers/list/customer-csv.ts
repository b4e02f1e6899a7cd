import type { Customer, CustomerColumn } from '@loopstart/contracts';
import { PORTS_CSV } from '../../../core/fleet/port-counts.ts';
import type { CsvColumns } from '../../../core/list/csv.ts';

/** What an export says of a customer, in the words of the API. */
export const CUSTOMER_CSV: CsvColumns<CustomerColumn, Customer> = {
  name: [{ header: 'Customer', value: ({ name }) => name }],
  worst: [{ header: 'Worst port', value: ({ worst }) => worst }],
  ports: PORTS_CSV,
  sites: [{ header: 'Sites', value: ({ siteCount }) => siteCount }],
  gateways: [{ header: 'Gateways', value: ({ gatewayCount }) => gatewayCount }],
};
