import type { Report } from '@loopstart/contracts';
import { MEASURED_COLUMNS, type Measured, measuredOf, measuresAnything } from './columns.ts';

/** A row of gateway_sample. */
export interface SampleRow extends Measured {
  operator_id: string;
  gateway_id: string;
  taken_at: number;
  received_at: number;
  revision: number;
}

/** The measurements of a report as a sample; null where it has none. */
export function sampleRow(
  operatorId: string,
  gatewayId: string,
  takenAt: number,
  receivedAt: number,
  report: Report,
): SampleRow | null {
  if (!measuresAnything(report)) return null;
  return {
    operator_id: operatorId,
    gateway_id: gatewayId,
    taken_at: takenAt,
    received_at: receivedAt,
    revision: report.revision,
    ...measuredOf(report),
  };
}

/** The newest known value of each measurement over several reports of one gateway. */
export function foldMeasured(rows: readonly SampleRow[]): SampleRow {
  const ordered = rows.toSorted((a, b) => a.taken_at - b.taken_at);
  const newest = ordered.at(-1)!;
  const values = MEASURED_COLUMNS.map((column) => [
    column,
    ordered.findLast((row) => row[column] !== null)?.[column] ?? null,
  ]);
  return { ...newest, ...(Object.fromEntries(values) as Measured) };
}
