import type { Site, SiteColumn } from '@loopstart/contracts';
import { PORTS_CSV } from '../../../core/fleet/port-counts.ts';
import type { CsvColumns } from '../../../core/list/csv.ts';

/** What an export says of a site, in the words of the API. */
export const SITE_CSV: CsvColumns<SiteColumn, Site> = {
  name: [{ header: 'Site', value: ({ name }) => name }],
  worst: [{ header: 'Worst port', value: ({ worst }) => worst }],
  ports: PORTS_CSV,
  gateways: [{ header: 'Gateways', value: ({ gatewayCount }) => gatewayCount }],
  agents: [
    { header: 'Agents', value: ({ agentCount }) => agentCount },
    { header: 'Agents online', value: ({ agentsOnline }) => agentsOnline },
  ],
  customer: [{ header: 'Customer', value: ({ customer }) => customer.name }],
  address: [{ header: 'Address', value: ({ address }) => address }],
  tags: [{ header: 'Tags', value: ({ tags }) => tags.join(' ') }],
  zone: [{ header: 'Time zone', value: ({ timeZone }) => timeZone }],
};
