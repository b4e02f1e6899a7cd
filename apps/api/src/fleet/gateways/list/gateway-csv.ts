import type { GatewayColumn, GatewaySummary } from '@loopstart/contracts';
import { MODEL_CSV } from '../../../core/fleet/model-csv.ts';
import { PORTS_CSV } from '../../../core/fleet/port-counts.ts';
import type { CsvColumns } from '../../../core/list/csv.ts';

/** What an export says of a gateway, in the words of the API. */
export const GATEWAY_CSV: CsvColumns<GatewayColumn, GatewaySummary> = {
  name: [{ header: 'Gateway', value: ({ name }) => name }],
  state: [
    { header: 'Reachability', value: ({ reachability }) => reachability },
    { header: 'Reason', value: ({ unreachableReason }) => unreachableReason },
    { header: 'Retired', value: ({ retired }) => retired?.at },
  ],
  read: [{ header: 'Last read', value: ({ observedAt }) => observedAt }],
  ports: PORTS_CSV,
  site: [{ header: 'Site', value: ({ site }) => site.name }],
  customer: [{ header: 'Customer', value: ({ customer }) => customer.name }],
  address: [{ header: 'Address', value: ({ address }) => address }],
  vendor: [{ header: 'Vendor', value: ({ vendor }) => vendor }],
  model: MODEL_CSV,
  firmware: [{ header: 'Firmware', value: ({ firmware }) => firmware }],
  calls: [{ header: 'Calls', value: ({ activeCalls }) => activeCalls }],
  temperature: [{ header: 'Temperature (°C)', value: ({ temperatureC }) => temperatureC }],
};
