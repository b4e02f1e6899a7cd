import type { ReactNode } from 'react';

/** A column of a grid. All columns sort, by the server: its id is what the list is asked to sort by. */
export interface GridColumn<T> {
  id: string;
  header: string;
  cell: (row: T) => ReactNode;
  /** As a track of a CSS grid; what is left goes to columns with `fr`. */
  width: string;
  align?: 'right';
  /** Names the row. One column has it; it cannot be hidden. */
  rowHeader?: boolean;
  /** Shown only where somebody chooses it. */
  optional?: boolean;
  /** The list cannot be sorted by it. */
  unsorted?: boolean;
  /** Pressing its header shows the worst or the newest first. */
  descendingFirst?: boolean;
  /** Where it stands on a phone, where a row is two lines; elsewhere it is left out there. */
  card?: 'title' | 'aside' | 'line' | 'end';
}

/** A filter of a grid, several values at once. */
export interface GridFilter {
  label: string;
  /** Its values in words; without them they are what the list holds, named by the server. */
  options?: readonly (readonly [value: string, word: string])[];
  /** Values that come before those the server names, in words of ours. */
  pinned?: readonly (readonly [value: string, word: string])[];
  /** What the list shows while nothing is set, where that is not everything. */
  unset?: string;
  /** Values that stand for several, such as "anything wrong". */
  sets?: Readonly<Record<string, readonly string[]>>;
  /** One value at a time. */
  single?: boolean;
  /** The server counts what it can be set to. */
  counted?: boolean;
  /** Out of sight until somebody asks for more filters. */
  rare?: boolean;
}
export type GridFilters = Readonly<Record<string, GridFilter>>;

/** What the address of a page says about its grid. */
export interface GridState {
  q: string | undefined;
  sort: string | undefined;
  /** Ids of the columns shown; undefined is those that are not optional. */
  columns: readonly string[] | undefined;
  rows: 'dense' | 'roomy';
  /** The row in the panel. */
  open: string | undefined;
  chosen: Readonly<Record<string, readonly string[]>>;
}

export type Parameters = Record<string, string | string[] | undefined>;
export type GridChange = Partial<Omit<GridState, 'chosen'>> & { chosen?: Record<string, readonly string[]> };

/** The empty text, as a value of a filter in an address: what is not known. */
const NOTHING = '~';
const TEXT_MAX = 200;

/** The state in an address; what is not understood there is as if it were not. */
export function gridState(filters: GridFilters, parameters: Parameters): GridState {
  const one = (key: string): string | undefined => {
    const given = parameters[key];
    const value = (Array.isArray(given) ? given[0] : given)?.trim();
    return value === undefined || value === '' || value.length > 4000 ? undefined : value;
  };
  const chosen = Object.fromEntries(
    Object.entries(filters).flatMap(([id, filter]) => {
      const values = (one(id)?.split(',') ?? []).map(decodeValue).filter((value) => isValue(filter, value));
      return values.length === 0 ? [] : [[id, filter.single === true ? values.slice(0, 1) : values]];
    }),
  );
  return {
    q: one('q')?.slice(0, TEXT_MAX),
    sort: /^-?[a-z]{1,40}$/i.exec(one('sort') ?? '')?.[0],
    columns: one('columns')?.split(','),
    rows: one('rows') === 'roomy' ? 'roomy' : 'dense',
    open: one('open'),
    chosen,
  };
}

function isValue({ options, sets }: GridFilter, value: string): boolean {
  if (options === undefined) return value.length <= TEXT_MAX;
  return value in (sets ?? {}) || options.some(([one]) => one === value);
}

const decodeValue = (text: string): string => {
  try {
    return text === NOTHING ? '' : decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** What a change of the state changes in an address; undefined takes the parameter away. */
export function gridParameters({ chosen, columns, rows, ...rest }: GridChange): Record<string, string | undefined> {
  const values = (list: readonly string[]) =>
    list.map((value) => (value === '' ? NOTHING : encodeURIComponent(value))).join(',');
  return {
    ...rest,
    ...(columns === undefined ? {} : { columns: columns.length === 0 ? undefined : columns.join(',') }),
    ...(rows === undefined ? {} : { rows: rows === 'dense' ? undefined : rows }),
    ...Object.fromEntries(Object.entries(chosen ?? {}).map(([id, list]) => [id, values(list)])),
  };
}

/** What the list is asked for. `known`: by which columns it sorts. */
export function gridQuery(
  filters: GridFilters,
  { q, sort, chosen }: GridState,
  known: readonly string[],
): Record<string, unknown> {
  const asked = Object.entries(chosen).map(([id, list]) => {
    const filter = filters[id];
    const values = [...new Set(list.flatMap((value) => filter?.sets?.[value] ?? [value]))];
    return [id, filter?.single === true ? values[0] : values];
  });
  return {
    q,
    sort: sort !== undefined && known.includes(sort.replace('-', '')) ? sort : undefined,
    ...Object.fromEntries(asked),
  };
}

/** What pressing a column's header asks for next: one direction, the other, then the list's own order. */
export function nextSort(
  current: string | undefined,
  { id, descendingFirst }: Pick<GridColumn<never>, 'id' | 'descendingFirst'>,
): string | undefined {
  const [first, second] = descendingFirst === true ? [`-${id}`, id] : [id, `-${id}`];
  if (current === first) return second;
  return current === second ? undefined : first;
}

/** The columns to show, in the order of the list. */
export function shownColumns<T>(
  columns: readonly GridColumn<T>[],
  asked: readonly string[] | undefined,
): readonly GridColumn<T>[] {
  return columns.filter(
    ({ id, optional, rowHeader }) =>
      rowHeader === true || (asked === undefined ? optional !== true : asked.includes(id)),
  );
}
