import type { LineColumn } from '@loopstart/contracts';
import { BY_GATEWAY, GATEWAY_KEYS } from '../../../core/fleet/gateway-sql.ts';
import { SEVERITY_ORDER } from '../../../core/fleet/port-counts.ts';
import type { KeyColumn } from '../../../core/list/keyset.ts';
import type { LineFilter } from './line-filter.ts';
import { SETS, type SetName } from './line-sets.ts';

/**
 * How lines are sorted by a column, as parts that follow each other. What is known of a gateway is sorted over gateways,
 * and of each its lines are read until a page is full. What has few values is one part a value, over the gateways that
 * have it. What a line is called is read in the order of its index, and since when it is so, from the gateways whose
 * lines changed last.
 */
export interface LineOrder {
  /** What the parts walk over. */
  over: 'gateways' | 'lines' | 'changes';
  by: LineColumn;
  parts: readonly LinePart[];
}

export interface LinePart {
  /** Of gateways and the lines `l` of each, or of lines. */
  key: readonly KeyColumn[];
  /** Only lines with this value. */
  only?: { name: SetName; value: string };
  /** SQL: only where this holds. */
  where?: string;
}

export const LINE_OF_GATEWAY: KeyColumn = { sql: 'l."position"', kind: 'integer' };

const GATEWAY_COLUMNS: Partial<Record<LineColumn, KeyColumn>> = GATEWAY_KEYS;

/** What columns of few values are sorted by, from the least to the most. */
const VALUE_ORDER: Partial<Record<LineColumn, { name: SetName; values: readonly string[] }>> = {
  state: { name: 'severity', values: SEVERITY_ORDER },
  device: { name: 'lineDeviceClass', values: SETS.lineDeviceClass.values },
  registration: { name: 'registration', values: SETS.registration.values },
};

/** One part for each value; of those alone that are asked for. */
function partsByValue({ name, values }: { name: SetName; values: readonly string[] }, filter: LineFilter): LinePart[] {
  const asked: readonly string[] | undefined = filter[name];
  return values
    .filter((value) => asked === undefined || asked.includes(value))
    .map((value) => ({ key: [...BY_GATEWAY, LINE_OF_GATEWAY], only: { name, value } }));
}

/** The order for `column` or `-column`; by gateway where nothing is asked. */
export function lineOrder(sort: string, filter: LineFilter): LineOrder {
  const descending = sort.startsWith('-');
  const column = (descending ? sort.slice(1) : sort) as LineColumn;
  const turned = (key: KeyColumn): KeyColumn => (descending ? { ...key, descending: true } : key);
  const byValue = VALUE_ORDER[column];
  if (byValue !== undefined) {
    const parts = partsByValue(byValue, filter);
    return { by: column, over: 'gateways', parts: descending ? parts.reverse() : parts };
  }
  switch (column) {
    case 'gateway':
      return { by: column, over: 'gateways', parts: [{ key: [...BY_GATEWAY.map(turned), LINE_OF_GATEWAY] }] };
    case 'name':
    case 'number':
      return { by: column, over: 'lines', parts: callParts(column, turned) };
    case 'since': {
      const line: readonly KeyColumn[] = [{ sql: 'e.id', kind: 'uuid' }, LINE_OF_GATEWAY];
      return {
        by: column,
        over: 'changes',
        parts: [
          { key: [turned({ sql: 'l.since', kind: 'instant' }), ...line] },
          { key: line, where: 'l.since is null' },
        ],
      };
    }
    default: {
      const first = GATEWAY_COLUMNS[column];
      if (first === undefined) throw new RangeError(`no column to sort by: ${sort}`);
      const { nullable, ...known } = first;
      const key = [turned(known), ...BY_GATEWAY, LINE_OF_GATEWAY];
      // What is not known comes last in either direction, in the order of its gateways.
      const parts = nullable
        ? [
            { key, where: `${first.sql} is not null` },
            { key: [...BY_GATEWAY, LINE_OF_GATEWAY], where: `${first.sql} is null` },
          ]
        : [{ key }];
      return { by: column, over: 'gateways', parts };
    }
  }
}

/** By what a line is called, or by its number: no number is the empty text, and comes last in either direction. */
function callParts(column: 'name' | 'number', turned: (key: KeyColumn) => KeyColumn): LinePart[] {
  const key = (
    [
      { sql: column === 'name' ? 'p.title_key' : 'p.number_key', kind: 'text' },
      { sql: 'p.gateway_id', kind: 'uuid' },
      { sql: 'p."position"', kind: 'integer' },
    ] as const
  ).map(turned);
  return column === 'name' ? [{ key }] : [`p.number_key <> ''`, `p.number_key = ''`].map((where) => ({ key, where }));
}
