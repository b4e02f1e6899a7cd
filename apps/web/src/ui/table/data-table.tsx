'use client';

/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role --
   rows laid out as cards would lose their roles in some browsers unless these are written out */

import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { Bone } from '../skeleton.tsx';
import { ScrollBox } from '../scroll-box.tsx';
import { cx } from '../cx.ts';
import { nextSort, parseSort, sortRows, type SortValue } from './sort.ts';

export interface Column<T> {
  id: string;
  header: string;
  /** Shown in the header instead of its words, such as a box that ticks all. */
  headerCell?: ReactNode;
  cell: (row: T) => ReactNode;
  /** What the column sorts by; without it the column does not sort. */
  sort?: (row: T) => SortValue;
  align?: 'right';
  /** Names the row for a screen reader. One column has it. */
  rowHeader?: boolean;
  /** Where it goes when the row becomes a card on a phone; a `fact` shows its header beside it, a `pick` stands left. */
  card?: 'pick' | 'title' | 'aside' | 'line' | 'fact' | 'hide';
  /** Keeps text on one line, cut with an ellipsis at this width. */
  className?: string;
}

interface TableProps<T> {
  /** What the table holds, for a screen reader. */
  caption: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  /** `column` or `-column`; undefined is the order of the rows. Absent where rows cannot be sorted. */
  sort?: string | undefined;
  onSort?: ((sort: string | undefined) => void) | undefined;
  /** Rows become cards on a phone (the default), or the table scrolls in its own box. */
  narrow?: 'cards' | 'scroll';
}

/**
 * A table. Roles are written out because as cards its rows are laid out as grids, which would otherwise
 * take its meaning away in some browsers.
 */
export function DataTable<T>({ caption, columns, rows, rowKey, sort, onSort, narrow = 'cards' }: TableProps<T>) {
  const order = parseSort(sort);
  const by = columns.find((column) => column.id === order?.column)?.sort;
  const shown = order !== null && by !== undefined ? sortRows(rows, by, order.descending) : rows;
  const table = (
    <table role="table" className={cx('w-full border-collapse text-base', narrow === 'cards' && 'table-cards')}>
      <caption className="sr-only">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <HeaderCell key={column.id} column={column} order={order} onSort={onSort} />
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {shown.map((row) => (
          <tr key={rowKey(row)} role="row" className="border-t border-line first:border-t-0 hover:bg-hover/60">
            {columns.map((column) => (
              <BodyCell key={column.id} column={column}>
                {column.cell(row)}
              </BodyCell>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
  if (narrow === 'cards') return table;
  return (
    <ScrollBox label={caption} sideways>
      {table}
    </ScrollBox>
  );
}

function HeaderCell<T>(props: {
  column: Column<T>;
  order: ReturnType<typeof parseSort>;
  onSort: ((sort: string | undefined) => void) | undefined;
}) {
  const { column, order, onSort } = props;
  const sorted = order?.column === column.id ? (order.descending ? 'descending' : 'ascending') : 'none';
  const Icon = sorted === 'none' ? ChevronsUpDown : sorted === 'descending' ? ArrowDown : ArrowUp;
  const sortable = column.sort !== undefined && onSort !== undefined;
  return (
    <th
      role="columnheader"
      scope="col"
      aria-sort={sortable ? sorted : undefined}
      className={cx(
        'border-b border-line bg-sunken px-3 py-1.5 text-left text-xs font-medium whitespace-nowrap text-ink-2 first:pl-4 last:pr-4',
        column.align === 'right' && 'text-right',
      )}
    >
      {sortable ? (
        <button
          type="button"
          onClick={() => onSort(nextSort(order, column.id))}
          className={cx(
            '-mx-1.5 inline-flex min-h-6 items-center gap-1 rounded-sm px-1.5 hover:bg-hover hover:text-ink',
            sorted !== 'none' && 'text-ink',
          )}
        >
          {column.header}
          <Icon aria-hidden="true" className={cx('size-3', sorted === 'none' && 'opacity-50')} />
        </button>
      ) : (
        (column.headerCell ?? column.header)
      )}
    </th>
  );
}

function BodyCell<T>({ column, children }: { column: Column<T>; children: ReactNode }) {
  const Cell = column.rowHeader ? 'th' : 'td';
  return (
    <Cell
      role={column.rowHeader ? 'rowheader' : 'cell'}
      {...(column.rowHeader ? { scope: 'row' } : {})}
      data-card={column.card ?? 'fact'}
      data-label={column.header}
      className={cx(
        'px-3 py-2 text-left align-top font-normal first:pl-4 last:pr-4',
        column.align === 'right' && 'text-right',
        column.className,
      )}
    >
      {children}
    </Cell>
  );
}

/** A table being loaded: same columns, same height of rows. */
export function TableSkeleton<T>({ columns, rows = 8 }: { columns: readonly Column<T>[]; rows?: number }) {
  return (
    <div>
      <div className="h-8 border-b border-line bg-sunken max-sm:hidden" />
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex gap-6 border-t border-line px-4 py-3 first:border-t-0">
          {columns.map((column, index) => (
            <Bone
              key={column.id}
              className={cx('h-4', index === 0 ? 'w-44 max-sm:flex-1' : 'w-20 flex-1 max-sm:hidden')}
            />
          ))}
        </div>
      ))}
    </div>
  );
}
