import type { Line, LineColumn } from '@loopstart/contracts';
import { MODEL_CSV } from '../../../core/fleet/model-csv.ts';
import type { CsvColumns } from '../../../core/list/csv.ts';

/** What an export says of a line, in the words of the API. */
export const LINE_CSV: CsvColumns<LineColumn, Line> = {
  name: [{ header: 'Line', value: (line) => line.label ?? line.name ?? `Port ${line.position}` }],
  state: [{ header: 'State', value: (line) => `${line.severity}: ${line.healthReason}` }],
  since: [{ header: 'Since', value: (line) => line.stateSince }],
  number: [{ header: 'Number', value: (line) => line.number }],
  device: [{ header: 'Line device', value: (line) => line.lineDeviceClass }],
  registration: [{ header: 'Registration', value: (line) => line.registration }],
  gateway: [{ header: 'Gateway', value: (line) => `${line.gatewayName}, port ${line.position}` }],
  site: [{ header: 'Site', value: (line) => line.siteName }],
  customer: [{ header: 'Customer', value: (line) => line.customerName }],
  vendor: [{ header: 'Vendor', value: (line) => line.vendor }],
  model: MODEL_CSV,
  firmware: [{ header: 'Firmware', value: (line) => line.firmware }],
};
