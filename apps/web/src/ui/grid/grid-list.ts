import type { ItemOf, ListId } from '../../lib/api/query.ts';
import type { GridColumn, GridFilters } from './model.ts';

/** A list of the API as a grid: what it lists, its columns, its filters. All else is the same for every list. */
export interface GridList<K extends ListId> {
  endpoint: K;
  /** Names the list in the address of saved views. */
  id: string;
  columns: readonly GridColumn<ItemOf<K>>[];
  filters: GridFilters;
  rowKey: (row: ItemOf<K>) => string;
  rowName: (row: ItemOf<K>) => string;
  href: (row: ItemOf<K>) => string;
  /** What is always asked for, such as the customer of a page. */
  fixed?: Record<string, unknown>;
  /** Counts what a filter can be set to, all other filters applied. */
  counts?: (filter: string, asked: Record<string, unknown>) => { queryKey: readonly unknown[] };
  /** Where the list is exported, if it is. */
  exportPath?: string;
  /** `count` says how many rows there are: `shown` is the number as it is written, such as "10,000+". */
  words: { search: string; caption: string; count: (shown: string, total: number) => string };
}
