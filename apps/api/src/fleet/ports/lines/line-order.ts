import type { LineColumn } from '@loopstart/contracts';
import { BY_GATEWAY, GATEWAY_KEYS } from '../../../core/fleet/gateway-sql.ts';
import { SEVERITY_ORDER } from '../../../core/fleet/port-counts.ts';
import type { KeyColumn } from '../../../core/list/keyset.ts';
import { DEVICE_ORDER, type LineFilter, REGISTRATION_ORDER } from './line-filter.ts';

/**
 * How lines are sorted by a column, as parts that follow each other. What is known of a gateway is sorted over gateways,
 * and of each its lines are read until a page is full. What has few values is one part a value, over the gateways that
 * have it. What a line is called is read in the order of its index.
 */
export interface LineOrder {
  /** What the parts walk over. */
  over: 'gateways' | 'lines' | 'changes';
  by: LineColumn;
  parts: readonly LinePart[];
}

export interface LinePart {
  /** Of lines, or of gateways and the lines of each. */
  key: readonly KeyColumn[];
  /** Only lines with this. */
  only?: Partial<LineFilter>;
  /** SQL: only where this holds. */
  where?: string;
}

const POSITION: KeyColumn = { sql: 'p."position"', kind: 'integer' };

const GATEWAY_COLUMNS: Partial<Record<LineColumn, KeyColumn>> = GATEWAY_KEYS;

/** One part for each of a few values; of those alone that are asked for. */
function eachOf<T extends string>(
  values: readonly T[],
  asked: readonly T[] | undefined,
  only: (value: T) => Partial<LineFilter>,
): LinePart[] {
  return values
    .filter((value) => asked === undefined || asked.includes(value))
    .map((value) => ({ key: [...BY_GATEWAY, POSITION], only: only(value) }));
}

function partsByValue(column: 'state' | 'device' | 'registration', filter: LineFilter): LinePart[] {
  switch (column) {
    case 'state':
      return eachOf(SEVERITY_ORDER, filter.severity, (one) => ({ severity: [one] }));
    case 'device':
      return eachOf(DEVICE_ORDER, filter.lineDeviceClass, (one) => ({ lineDeviceClass: [one] }));
    case 'registration':
      return eachOf(REGISTRATION_ORDER, filter.registration, (one) => ({ registration: [one] }));
  }
}

/** The order for `column` or `-column`; by gateway where nothing is asked. */
export function lineOrder(sort: string, filter: LineFilter): LineOrder {
  const descending = sort.startsWith('-');
  const column = (descending ? sort.slice(1) : sort) as LineColumn;
  const turned = (key: KeyColumn): KeyColumn => (descending ? { ...key, descending: true } : key);
  switch (column) {
    case 'gateway':
      return { by: column, over: 'gateways', parts: [{ key: [...BY_GATEWAY.map(turned), POSITION] }] };
    case 'state':
    case 'device':
    case 'registration': {
      const parts = partsByValue(column, filter);
      return { by: column, over: 'gateways', parts: descending ? parts.reverse() : parts };
    }
    case 'name':
    case 'number': {
      const key = [
        { sql: column === 'name' ? 'p.title_key' : 'p.number_key', kind: 'text' },
        { sql: 'p.gateway_id', kind: 'uuid' },
        POSITION,
      ] satisfies KeyColumn[];
      const turnedKey = key.map(turned);
      // No number is the empty text, and comes last in either direction.
      const ofNumber = [`p.number_key <> ''`, `p.number_key = ''`].map((where) => ({ key: turnedKey, where }));
      return { by: column, over: 'lines', parts: column === 'name' ? [{ key: turnedKey }] : ofNumber };
    }
    case 'since': {
      const line: readonly KeyColumn[] = [
        { sql: 'l.id', kind: 'uuid' },
        { sql: 'l.place', kind: 'integer' },
      ];
      return {
        by: column,
        over: 'changes',
        parts: [
          { key: [turned({ sql: 'l.since', kind: 'instant' }), ...line], where: 'l.since is not null' },
          { key: line, where: 'l.since is null' },
        ],
      };
    }
    default: {
      const first = GATEWAY_COLUMNS[column];
      if (first === undefined) throw new RangeError(`no column to sort by: ${sort}`);
      const { nullable, ...known } = first;
      const key = [turned(known), ...BY_GATEWAY, POSITION];
      // What is not known comes last in either direction, in the order of its gateways.
      const parts = nullable
        ? [
            { key, where: `${first.sql} is not null` },
            { key: [...BY_GATEWAY, POSITION], where: `${first.sql} is null` },
          ]
        : [{ key }];
      return { by: column, over: 'gateways', parts };
    }
  }
}
