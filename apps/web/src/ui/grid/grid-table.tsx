'use client';

/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role --
   rows laid out as grids would lose their roles in some browsers unless these are written out */

import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import {
  type ReactNode,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useSyncExternalStore,
} from 'react';
import { t } from '../../messages/grid.ts';
import { cx } from '../cx.ts';
import { type GridColumn, nextSort } from './model.ts';

/** Heights of a row in pixels: what a screen holds is known before anything is measured. */
const HEIGHT = { dense: 34, roomy: 46, card: 62 } as const;
/** So many rows before the last one that is loaded, the next page is fetched. */
const AHEAD = 40;

export interface GridHandle {
  /** Brings a row into sight and its link into focus. */
  focus: (index: number) => void;
}

export interface GridSelection {
  isSelected: (key: string) => boolean;
  toggle: (key: string, on: boolean) => void;
  all: boolean;
  some: boolean;
  toggleAll: (on: boolean) => void;
}

/**
 * A table that draws only the rows in sight, whatever it holds. To assistive technology it is one table: it says how many
 * rows there are, and of each row which one it is.
 */
export function GridTable<T>(props: {
  caption: string;
  columns: readonly GridColumn<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  rowName: (row: T) => string;
  /** How many rows match; null where only a minimum is known. */
  total: number | null;
  density: 'dense' | 'roomy';
  sort: string | undefined;
  onSort: (sort: string | undefined) => void;
  selection: GridSelection | null;
  open: string | undefined;
  onOpen: ((key: string) => void) | null;
  /** Rows have pages, and a link to them; without one, what names a row opens the panel. */
  hasPages: boolean;
  onNearEnd: () => void;
  /** A mouse moves over the rows; it leaves them. */
  onPoint: () => void;
  onLeave: () => void;
  handle: RefObject<GridHandle | null>;
}) {
  const { columns, rows, rowKey, selection, onNearEnd } = props;
  const box = useRef<HTMLDivElement>(null);
  const cards = useIsPhone();
  const wanted = useRef<number | null>(null);
  const height = cards ? HEIGHT.card : HEIGHT[props.density];
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoizes this component
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    overscan: 12,
    initialRect: { width: 1200, height: 900 },
    scrollPaddingStart: cards ? 0 : 34,
  });
  useEffect(() => virtual.measure(), [virtual, height]);
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - AHEAD) onNearEnd();
  }, [last, rows.length, onNearEnd]);
  const focusRow = (index: number): boolean => {
    const link = box.current?.querySelector<HTMLElement>(`[data-index="${index}"] a, [data-index="${index}"] button`);
    link?.focus({ preventScroll: true });
    return link !== null && link !== undefined;
  };
  useEffect(() => {
    if (wanted.current !== null && focusRow(wanted.current)) wanted.current = null;
  });
  useImperativeHandle(props.handle, () => ({
    focus(index) {
      virtual.scrollToIndex(index, { align: 'auto' });
      if (!focusRow(index)) wanted.current = index;
    },
  }));
  const widths = [...(selection === null ? [] : ['2.5rem']), ...columns.map(({ width }) => width)];
  const tracks = widths.join(' ');
  const least = leastRem(widths);
  // By script, since the policy of the page refuses style attributes of what the server drew.
  useLayoutEffect(() => {
    box.current?.style.setProperty('--grid-tracks', tracks);
    box.current?.style.setProperty('--grid-row', `${height}px`);
    box.current?.style.setProperty('--grid-min', `${least}rem`);
  }, [tracks, height, least]);
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div
      ref={box}
      role="region"
      aria-label={props.caption}
      // A region that scrolls has to be reachable by keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className="grid-box relative max-h-[max(22rem,calc(100dvh-15.5rem))] overflow-auto overscroll-contain outline-offset-[-2px]"
    >
      <table
        role="table"
        aria-rowcount={props.total === null ? -1 : props.total + 1}
        className="data-grid w-full text-sm"
      >
        <caption className="sr-only">{props.caption}</caption>
        <thead role="rowgroup" className="sticky top-0 z-10">
          <tr role="row" aria-rowindex={1} className="border-b border-line bg-sunken">
            {selection !== null && (
              <th role="columnheader" scope="col" className="grid-pick">
                <Tick
                  label={t('selectAll')}
                  checked={selection.all}
                  mixed={selection.some}
                  onChange={selection.toggleAll}
                />
              </th>
            )}
            {columns.map((column) => (
              <HeaderCell key={column.id} column={column} sort={props.sort} onSort={props.onSort} />
            ))}
          </tr>
        </thead>
        <tbody
          role="rowgroup"
          onPointerMove={(event) => event.pointerType === 'mouse' && props.onPoint()}
          onPointerLeave={props.onLeave}
        >
          {before > 0 && <Space height={before} />}
          {items.map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            const key = rowKey(row);
            const open = key === props.open;
            const selected = selection?.isSelected(key) === true;
            return (
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the same is done by a key and by the link
              <tr
                key={key}
                role="row"
                data-index={item.index}
                data-key={key}
                aria-rowindex={item.index + 2}
                aria-selected={selection === null ? undefined : selected}
                onClick={(event) => {
                  if ((event.target as HTMLElement).closest('a, button, input, label') === null) props.onOpen?.(key);
                }}
                className={cx(
                  'border-b border-line/70 hover:bg-hover/60 focus-within:bg-hover/60',
                  open && 'bg-accent-soft hover:bg-accent-soft',
                  selected && !open && 'bg-accent-soft/60',
                  props.onOpen !== null && 'cursor-default',
                )}
              >
                {selection !== null && (
                  <td role="cell" className="grid-pick">
                    <Tick
                      label={t('select', { name: props.rowName(row) })}
                      checked={selected}
                      onChange={(on) => selection.toggle(key, on)}
                    />
                  </td>
                )}
                {columns.map((column) => (
                  <BodyCell key={column.id} column={column}>
                    {column.rowHeader === true && !props.hasPages ? (
                      <button
                        type="button"
                        aria-expanded={open}
                        onClick={() => props.onOpen?.(key)}
                        className="inline-block min-h-6 max-w-full truncate text-left leading-6 font-medium text-ink hover:underline"
                      >
                        {column.cell(row)}
                      </button>
                    ) : (
                      column.cell(row)
                    )}
                  </BodyCell>
                ))}
              </tr>
            );
          })}
          {after > 0 && <Space height={after} />}
        </tbody>
      </table>
    </div>
  );
}

/** What the columns need at least, of their widths in rem; with less room the table scrolls sideways. */
function leastRem(widths: readonly string[]): number {
  return widths.reduce((sum, width) => sum + Number(/([\d.]+)rem/.exec(width)?.[1] ?? 0), 0);
}

/** The rows that are not drawn, as room. */
const Space = ({ height }: { height: number }) => (
  <tr aria-hidden="true" className="grid-space" ref={(row) => row?.style.setProperty('height', `${height}px`)}>
    {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- nothing is there */}
    <td />
  </tr>
);

function HeaderCell<T>(props: {
  column: GridColumn<T>;
  sort: string | undefined;
  onSort: (sort: string | undefined) => void;
}) {
  const { column, sort } = props;
  const order = sort === column.id ? 'ascending' : sort === `-${column.id}` ? 'descending' : 'none';
  const Icon = order === 'descending' ? ArrowDown : ArrowUp;
  return (
    <th
      role="columnheader"
      scope="col"
      aria-sort={column.unsorted === true ? undefined : order}
      className={cx('text-xs font-medium text-ink-2', column.align === 'right' && 'text-right')}
    >
      {column.unsorted === true ? (
        column.header
      ) : (
        <button
          type="button"
          onClick={() => props.onSort(nextSort(sort, column))}
          className={cx(
            'group -mx-1.5 inline-flex min-h-6 max-w-[calc(100%+0.75rem)] items-center gap-1 rounded-sm px-1.5 hover:bg-hover hover:text-ink',
            order !== 'none' && 'text-ink',
            // The mark of the order stands where it does not push the words away from their numbers.
            column.align === 'right' && 'flex-row-reverse',
          )}
        >
          <span className="truncate">{column.header}</span>
          <Icon
            aria-hidden="true"
            className={cx(
              'size-3 shrink-0',
              order === 'none' && 'opacity-0 group-hover:opacity-60 group-focus-visible:opacity-60',
            )}
          />
        </button>
      )}
    </th>
  );
}

function BodyCell<T>({ column, children }: { column: GridColumn<T>; children: ReactNode }) {
  const Cell = column.rowHeader === true ? 'th' : 'td';
  return (
    <Cell
      role={column.rowHeader === true ? 'rowheader' : 'cell'}
      {...(column.rowHeader === true ? { scope: 'row' } : {})}
      data-card={column.card ?? 'hide'}
      className={cx('font-normal', column.align === 'right' && 'text-right')}
    >
      {children}
    </Cell>
  );
}

function Tick(props: { label: string; checked: boolean; mixed?: boolean; onChange: (on: boolean) => void }) {
  return (
    <label className="grid size-full min-h-6 cursor-pointer place-items-center">
      <span className="sr-only">{props.label}</span>
      <input
        type="checkbox"
        checked={props.checked}
        ref={(box) => {
          if (box !== null) box.indeterminate = props.mixed === true && !props.checked;
        }}
        onChange={(event) => props.onChange(event.target.checked)}
        className="size-4 accent-accent"
      />
    </label>
  );
}

const PHONE = '(width < 40rem)';
const watchPhone = (changed: () => void) => {
  const media = window.matchMedia(PHONE);
  media.addEventListener('change', changed);
  return () => media.removeEventListener('change', changed);
};
const useIsPhone = () =>
  useSyncExternalStore(
    watchPhone,
    () => window.matchMedia(PHONE).matches,
    () => false,
  );
