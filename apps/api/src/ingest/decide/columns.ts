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
export const GATEWAY_COLUMNS = GATEWAY_MEASURE_NAMES.map(columnOf);
/** State fields are stored under their own names. */
export const STATE_FIELDS: readonly PortStateField[] = PORT_STATE_FIELD_NAMES;

/** Every column of a sample and of the present that holds a measurement or counter. */
export const MEASURED_COLUMNS: readonly string[] = [...MEASURE_COLUMNS, ...COUNTER_COLUMNS, ...GATEWAY_COLUMNS].map(
  ({ column }) => column,
);

const INT32_MAX = 2_147_483_647;

/**
 * The measurements of a report by column; null where it has none. A counter beyond 32 bits, which no line reaches,
 * is stored as unknown.
 */
export function measuredValues(report: Report): Record<string, Cells | number | null> | null {
  const values: Record<string, Cells | number | null> = {};
  let any = false;
  const { measures, counters, gateway } = report;
  if (measures !== undefined) {
    for (const { field, column } of MEASURE_COLUMNS) {
      const cells = measures[field];
      if (cells === undefined) continue;
      values[column] = cells;
      any = true;
    }
  }
  if (counters !== undefined) {
    for (const { field, column } of COUNTER_COLUMNS) {
      const cells = counters[field];
      if (cells === undefined) continue;
      values[column] = cells.every((cell) => cell === null || cell <= INT32_MAX)
        ? cells
        : cells.map((cell) => (cell === null || cell > INT32_MAX ? null : cell));
      any = true;
    }
  }
  if (gateway !== undefined) {
    for (const { field, column } of GATEWAY_COLUMNS) {
      const value = gateway[field];
      if (value === undefined || value === null) continue;
      values[column] = field === 'uptimeS' || field === 'activeCalls' ? Math.round(value) : value;
      any = true;
    }
  }
  return any ? values : null;
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

/** Does a report carry what only the whole present row can take: states, reasons of nulls, or everything? */
export function touchesState(report: Report): boolean {
  return report.full || report.state !== undefined || report.nulls !== undefined;
}
