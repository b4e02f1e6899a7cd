import { REGISTRATION_FILTER } from '@loopstart/contracts';
import { LINE_DEVICE_CLASSES, PORT_KINDS, SEVERITIES } from '@loopstart/domain';
import { isExact, type LineFilter } from './line-filter.ts';

/**
 * What few values a line can have, as the sets of ports that `gateway_lines` keeps of each gateway: one for each value, in
 * this order. The migration that makes the table repeats the values; a test compares what it keeps with `portView`.
 */
export const SETS = {
  severity: { column: 'severity', values: SEVERITIES },
  registration: { column: 'registration', values: REGISTRATION_FILTER },
  lineDeviceClass: { column: 'device', values: LINE_DEVICE_CLASSES },
  kind: { column: 'kind', values: PORT_KINDS },
} as const satisfies Partial<Record<keyof LineFilter, { column: string; values: readonly string[] }>>;
export type SetName = keyof typeof SETS;
const SET_NAMES = Object.keys(SETS) as SetName[];

export const isSetName = (name: string): name is SetName => name in SETS;

/** When the gateway is doubted (`d`, joined to the gateway), what was read of its lines says nothing about now. */
const DOUBT: Partial<Record<SetName, string>> = { severity: 'd.id is not null', registration: 'd.distrusted' };

/** SQL over the sets `x` of a gateway: its lines with one of these values. Null or empty: none. */
export function setOf(name: SetName, wanted: readonly string[]): string {
  const { column, values } = SETS[name] as { column: string; values: readonly string[] };
  const sets = values.flatMap((value, at) => (wanted.includes(value) ? [`x.${column}[${at + 1}]`] : []));
  const known = sets.length === 0 ? `x.present & ~x.present` : `(${sets.join(' | ')})`;
  const doubt = DOUBT[name];
  if (doubt === undefined) return known;
  return `case when ${doubt} then ${wanted.includes('unknown') ? 'x.present' : 'null'} else ${known} end`;
}

/** SQL: the lines of a gateway that match all filters on such values. */
export function matchingSet(filter: LineFilter): string {
  const parts = SET_NAMES.flatMap((name) => {
    const wanted = filter[name];
    return wanted === undefined ? [] : [`(${setOf(name, wanted)})`];
  });
  return ['x.present', ...parts].join(' & ');
}

/** Do all lines match of the gateways that are asked for? */
export const asksForAll = (filter: LineFilter): boolean =>
  isExact(filter) && SET_NAMES.every((name) => filter[name] === undefined);

/** SQL: is the port of this place (its ordinal and one) in this set? Beyond its end there is no port. */
export const isIn = (set: string, place: string): string => `substring(${set}, ${place}, 1) = B'1'`;
