import { type ItemOf, type ListId, listQuery } from '../../lib/api/query.ts';
import { type GridColumn, type GridFilters, gridQuery, gridState, type GridState, type Parameters } from './model.ts';

/** A list of the API as a grid: what it lists, its columns, its filters. All else is the same for every list. */
export interface GridList<K extends ListId> {
  endpoint: K;
  /** Names the list in the address of saved views. */
  id: string;
  columns: readonly GridColumn<ItemOf<K>>[];
  filters: GridFilters;
  rowKey: (row: ItemOf<K>) => string;
  rowName: (row: ItemOf<K>) => string;
  /** The page of a row. Where rows have none, the panel is all of it, on a phone too. */
  href?: (row: ItemOf<K>) => string;
  /** What is always asked for, such as the customer of a page. */
  fixed?: Record<string, unknown>;
  /** How often the list is read again, where no live event reports its changes. */
  pollMs?: number;
  /** Counts what a filter can be set to, all other filters applied. */
  counts?: (filter: string, asked: Record<string, unknown>) => { queryKey: readonly unknown[] };
  /** Where the list is exported, if it is. */
  exportPath?: string;
  /** Another form of the export, of everything that matches. */
  exportAlso?: { path: string; word: string };
  words: {
    search: string;
    caption: string;
    /** How many rows there are; `shown` is the number as it is written, such as "10,000+". */
    count: (shown: string, total: number) => string;
    /** Of a search or filters that leave nothing: what is so, and what helps. */
    noMatch: readonly [title: string, advice: string];
  };
}

/** What a list is asked for in a state. */
export const gridQuestion = <K extends ListId>(list: GridList<K>, state: GridState): Record<string, unknown> => ({
  ...gridQuery(
    list.filters,
    state,
    list.columns.filter(({ unsorted }) => unsorted !== true).map(({ id }) => id),
  ),
  ...list.fixed,
});

/** The first page of a list, as an address asks for it. */
export const firstPage = <K extends ListId>(list: GridList<K>, parameters: Parameters) =>
  listQuery(list.endpoint, { query: gridQuestion(list, gridState(list.filters, parameters)) as never });
