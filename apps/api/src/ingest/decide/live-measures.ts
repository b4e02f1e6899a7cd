import type { LiveEvent } from '@loopstart/contracts';
import type { SampleRow } from './batch-work.ts';
import { type Cells, COUNTER_COLUMNS, MEASURE_COLUMNS } from './columns.ts';

type LiveGateway = Extract<LiveEvent, { type: 'gateway' }>;
const PORT_COLUMNS = [...MEASURE_COLUMNS, ...COUNTER_COLUMNS];

/** What a browser learns from a report that carried measurements alone; ports stand as in `positions`. Pure. */
export function liveMeasures(row: SampleRow, siteId: string, positions: readonly number[]): LiveGateway {
  const told = PORT_COLUMNS.filter(({ column }) => Array.isArray(row[column]));
  const ports = positions.map((position, ordinal) => ({
    position,
    ...Object.fromEntries(told.map(({ field, column }) => [field, (row[column] as Cells)[ordinal] ?? null])),
  }));
  return {
    type: 'gateway',
    gatewayId: row.gateway_id,
    siteId,
    observedAt: new Date(row.taken_at).toISOString(),
    ports: told.length === 0 ? [] : ports,
    gateway: {
      ...(typeof row['temperature_c'] === 'number' ? { temperatureC: row['temperature_c'] } : {}),
      ...(typeof row['active_calls'] === 'number' ? { activeCalls: row['active_calls'] } : {}),
    },
  };
}
