import type { PortCounts } from '@loopstart/contracts';
import type { Severity } from '@loopstart/domain';
import type { CsvColumn } from '../list/csv.ts';
import type { KeyColumn } from '../list/keyset.ts';

/** In the order that lists sort by: what works first. */
export const SEVERITY_ORDER: readonly Severity[] = ['ok', 'info', 'unknown', 'minor', 'major', 'critical'];

/**
 * Sorts by the ports of a row: by the worst severity, then by the number of ports with it, then by the number of ports.
 * `count` is the SQL of a column such as `ports_major`.
 */
export const byPorts = (worst: string, count: (name: string) => string): readonly KeyColumn[] =>
  [
    `array_position(array[${SEVERITY_ORDER.map((severity) => `'${severity}'`).join(', ')}], ${worst})`,
    ...['critical', 'major', 'minor', 'unknown', 'total'].map((name) => count(`ports_${name}`)),
  ].map((sql) => ({ sql, kind: 'integer' }));

/** Ports by severity in an export: a column each, so that a spreadsheet sums them. */
export const PORTS_CSV: readonly CsvColumn<{ ports: PortCounts }>[] = [
  { header: 'Ports', value: ({ ports }) => ports.total },
  ...SEVERITY_ORDER.toReversed().map((severity) => ({
    header: `Ports ${severity}`,
    value: ({ ports }: { ports: PortCounts }) => ports[severity],
  })),
];
