import type { Report } from '@loopstart/contracts';
import {
  GATEWAY_MEASURE_NAMES,
  PORT_COUNTER_NAMES,
  PORT_MEASURE_NAMES,
  PORT_STATE_FIELD_NAMES,
  type PortStateField,
} from '@loopstart/domain';

export type Cells = readonly (number | null)[];

/** A field of the contract and the column it is stored in. */
interface Column<F extends string> {
  field: F;
  column: string;
}

/** lineVoltageV is stored as line_voltage_v. */
function columnOf<F extends string>(field: F): Column<F> {
  return { field, column: field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) };
}

export const MEASURE_COLUMNS = PORT_MEASURE_NAMES.map(columnOf);
export const COUNTER_COLUMNS = PORT_COUNTER_NAMES.map(columnOf);
const GATEWAY_COLUMNS = GATEWAY_MEASURE_NAMES.map(columnOf);
/** State fields are stored under their own names. */
export const STATE_FIELDS: readonly PortStateField[] = PORT_STATE_FIELD_NAMES;

/** Every column of a sample and of the present that holds a measurement or counter. */
export const MEASURED_COLUMNS = [...MEASURE_COLUMNS, ...COUNTER_COLUMNS, ...GATEWAY_COLUMNS].map(
  ({ column }) => column as keyof Measured,
);

const INT32_MAX = 2_147_483_647;

/** Measurements and counters by column, as a sample and the present hold them; null where there is none. */
export interface Measured {
  line_voltage_v: Cells | null;
  loop_current_ma: Cells | null;
  ring_voltage_v: Cells | null;
  jitter_ms: Cells | null;
  packet_loss_percent: Cells | null;
  calls_in: Cells | null;
  calls_out: Cells | null;
  calls_failed: Cells | null;
  uptime_s: number | null;
  temperature_c: number | null;
  cpu_percent: number | null;
  memory_percent: number | null;
  active_calls: number | null;
}

/** The measurements of a report by column. Written out, because one object shape for all makes this step cheap. */
export function measuredOf({ measures, counters, gateway }: Report): Measured {
  return {
    line_voltage_v: measures?.lineVoltageV ?? null,
    loop_current_ma: measures?.loopCurrentMa ?? null,
    ring_voltage_v: measures?.ringVoltageV ?? null,
    jitter_ms: measures?.jitterMs ?? null,
    packet_loss_percent: measures?.packetLossPercent ?? null,
    calls_in: countsOf(counters?.callsIn),
    calls_out: countsOf(counters?.callsOut),
    calls_failed: countsOf(counters?.callsFailed),
    uptime_s: rounded(gateway?.uptimeS),
    temperature_c: gateway?.temperatureC ?? null,
    cpu_percent: gateway?.cpuPercent ?? null,
    memory_percent: gateway?.memoryPercent ?? null,
    active_calls: rounded(gateway?.activeCalls),
  };
}

/** Whether a report has any measurement. */
export function measuresAnything({ measures, counters, gateway }: Report): boolean {
  for (const group of [measures, counters, gateway])
    for (const field in group) {
      const value = (group as Record<string, unknown>)[field];
      if (value !== undefined && value !== null) return true;
    }
  return false;
}

/** A counter beyond 32 bits, which no line reaches, is stored as unknown. */
function countsOf(cells: Cells | undefined): Cells | null {
  if (cells === undefined) return null;
  for (const cell of cells)
    if (cell !== null && cell > INT32_MAX)
      return cells.map((count) => (count === null || count > INT32_MAX ? null : count));
  return cells;
}

function rounded(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : Math.round(value);
}

/** The first column whose length is not the number of ports, as `field (length)`; null where all fit. */
export function misfit(report: Report, portCount: number): string | null {
  for (const group of [report.state, report.measures, report.counters]) {
    if (group === undefined) continue;
    for (const field in group) {
      const cells = (group as Record<string, Cells | undefined>)[field];
      if (cells !== undefined && cells.length !== portCount) return `${field} (${cells.length})`;
    }
  }
  return null;
}

/** Whether a report has data that only the whole present row can take: states, reasons of nulls, or everything. */
export function touchesState(report: Report): boolean {
  return report.full || report.state !== undefined || report.nulls !== undefined;
}
