import type { LiveEvent } from '@loopstart/contracts';
import type { SampleRow } from './samples.ts';
import { type Cells, COUNTER_COLUMNS, MEASURE_COLUMNS, type Measured } from './columns.ts';

type LiveGateway = Extract<LiveEvent, { type: 'gateway' }>;
const PORT_COLUMNS = [...MEASURE_COLUMNS, ...COUNTER_COLUMNS];

/** The live event of a report with measurements alone; ports are in the order of `positions`. Pure. */
export function liveMeasures(row: SampleRow, siteId: string, positions: readonly number[]): LiveGateway {
  const columns = PORT_COLUMNS.flatMap(({ field, column }) => {
    const cells = row[column as keyof Measured] as Cells | null;
    return cells === null ? [] : [{ field, cells }];
  });
  const ports = positions.map((position, ordinal) => ({
    position,
    ...Object.fromEntries(columns.map(({ field, cells }) => [field, cells[ordinal] ?? null])),
  }));
  return {
    type: 'gateway',
    gatewayId: row.gateway_id,
    siteId,
    observedAt: new Date(row.taken_at).toISOString(),
    ports: columns.length === 0 ? [] : ports,
    gateway: {
      ...(row.temperature_c === null ? {} : { temperatureC: row.temperature_c }),
      ...(row.active_calls === null ? {} : { activeCalls: row.active_calls }),
    },
  };
}
