'use client';

import { type InfiniteData, keepPreviousData } from '@tanstack/react-query';
import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import { buildPath } from '@loopstart/contracts';
import { SlidersHorizontal } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useInfiniteQuery } from '../../lib/api/use-query.ts';
import { type ItemOf, type ListId, listQuery } from '../../lib/api/query.ts';
import { count } from '../../lib/format/number.ts';
import { t } from '../../messages/grid.ts';
import { Button } from '../button.tsx';
import { cx } from '../cx.ts';
import { SearchField } from '../search-field.tsx';
import { Loading } from '../skeleton.tsx';
import { Failure, NoMatch } from '../state-panel.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { FacetButton } from './facet-button.tsx';
import { ColumnsMenu, ExportMenu, ViewsMenu } from './grid-menus.tsx';
import { GridSkeleton } from './grid-skeleton.tsx';
import { type GridList, gridQuestion } from './grid-list.ts';
import { type GridHandle, GridTable } from './grid-table.tsx';
import { type GridFilter, shownColumns } from './model.ts';
import { SidePanel } from './side-panel.tsx';
import { type BulkAction, useBulk } from './use-bulk.ts';
import { useGridKeys } from './use-grid-keys.ts';
import { useGridState } from './use-grid-state.ts';
import { useSelection } from './use-selection.ts';
import { useSteadyRows } from './use-steady-rows.ts';

/** The part of an infinite query that the grid reads. */
type Pages<T> = InfiniteData<{ items: T[]; total: number; totalIsMinimum?: boolean | undefined }>;

export function Grid<K extends ListId>(props: {
  list: GridList<K>;
  /** What is there where there is nothing at all. */
  empty: ReactNode;
  bulk?: readonly BulkAction<ItemOf<K>>[];
  /** What stands between filters and rows and shows the same rows otherwise, such as a map; undefined while they load. */
  renderAbove?: (rows: readonly ItemOf<K>[] | undefined) => ReactNode;
  /** What the panel beside the list says of a row. */
  renderPanel?: (row: ItemOf<K>) => ReactNode;
}) {
  const { list } = props;
  const { state, set } = useGridState(list.filters);
  const asked = gridQuestion(list, state);
  const query = useInfiniteQuery({
    ...listQuery(list.endpoint, { query: asked as never }),
    placeholderData: keepPreviousData,
    refetchInterval: list.pollMs ?? false,
  });
  const data = query.data as Pages<ItemOf<K>> | undefined;
  const loaded = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const first = data?.pages[0];
  const total = first?.total ?? 0;
  const totalWords = first?.totalIsMinimum === true ? t('totalMinimum', { count: total }) : count(total);
  const columns = shownColumns(list.columns, state.columns);
  const question = JSON.stringify(asked);
  const { rows, waiting, point, release } = useSteadyRows(loaded, list.rowKey, question);
  const selection = useSelection(rows, list.rowKey, question);
  const bulk = useBulk(selection, asked, release);
  const actions = props.bulk ?? [];
  const handle = useRef<GridHandle>(null);
  const [filtering, setFiltering] = useState(false);
  const toggleFiltering = () => setFiltering(!filtering);
  const router = useRouter();

  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  const open = props.renderPanel === undefined ? undefined : rows.find((row) => list.rowKey(row) === state.open);
  const move = (from: string | null, step: 1 | -1) => {
    const at = rows.findIndex((row) => list.rowKey(row) === (from ?? state.open));
    const next = Math.min(rows.length - 1, Math.max(0, at + step));
    const row = rows[next];
    if (row === undefined) return;
    handle.current?.focus(next);
    if (open !== undefined) set({ open: list.rowKey(row) });
  };
  const keys = actions.flatMap((action) =>
    'whole' in action && action.key !== undefined
      ? {
          key: action.key,
          run: (focused: string | null) =>
            bulk.start(
              action,
              rows.find((row) => list.rowKey(row) === focused),
            ),
        }
      : [],
  );
  useGridKeys((command, key) => {
    if (command === 'next') move(key, 1);
    else if (command === 'previous') move(key, -1);
    else if (key !== null && command === 'panel' && props.renderPanel !== undefined)
      set({ open: key === state.open ? undefined : key });
    else if (key !== null && command === 'select' && props.bulk !== undefined)
      selection.toggle(key, !selection.isSelected(key));
  }, keys);

  const filtered = state.q !== undefined || Object.keys(state.chosen).length > 0;
  const clear = () =>
    set({ q: undefined, chosen: Object.fromEntries(Object.keys(list.filters).map((id) => [id, []])) });
  return (
    <div data-grid="" className={cx('flex min-h-0 flex-col gap-2.5', open !== undefined && 'lg:mr-[25.5rem]')}>
      <search aria-label={list.words.search} className="flex flex-wrap items-center gap-1.5">
        <SearchField label={list.words.search} value={state.q} onChange={(q) => set({ q })} />
        {Object.keys(list.filters).length > 0 && (
          <span className="sm:hidden">
            <Button
              aria-expanded={filtering}
              onClick={toggleFiltering}
              icon={<SlidersHorizontal aria-hidden="true" className="size-4" />}
            >
              {t('moreFilters')}
            </Button>
          </span>
        )}
        {Object.entries(list.filters).map(([id, filter]) => (
          // What is set stays in sight; on a phone all others wait behind the button, elsewhere those rarely used.
          <span key={id} className={filtering || state.chosen[id] !== undefined ? 'contents' : HIDDEN[rarity(filter)]}>
            <FacetButton
              id={id}
              filter={filter}
              value={state.chosen[id] ?? []}
              onChange={(value) => set({ chosen: { [id]: value } })}
              counts={filter.counted === true ? (list.counts?.(id, withoutSort(asked)) ?? null) : null}
            />
          </span>
        ))}
        {Object.values(list.filters).some(({ rare }) => rare) && (
          <span className="max-sm:hidden">
            <Button size="sm" look="quiet" aria-expanded={filtering} onClick={toggleFiltering}>
              {filtering ? t('fewerFilters') : t('rareFilters')}
            </Button>
          </span>
        )}
        {filtered && (
          <Button size="sm" look="quiet" onClick={clear}>
            {t('clearFilters')}
          </Button>
        )}
      </search>
      {props.renderAbove?.(data === undefined ? undefined : rows)}
      <div className="min-w-0 overflow-clip rounded-lg border border-line bg-surface">
        <div className="flex min-h-10 items-center gap-2 border-b border-line px-4 py-1">
          <p role="status" className="min-w-0 truncate text-sm text-ink-2">
            {first === undefined ? '' : list.words.count(totalWords, total)}
            {isFetchingNextPage && <span className="text-ink-3"> · {t('loadingMore')}</span>}
            {waiting > 0 && <span className="text-ink-3"> · {t('waiting', { waiting })}</span>}
          </p>
          <div className="ml-auto flex shrink-0 items-center gap-0.5">
            <ViewsMenu list={list.id} />
            <ColumnsMenu columns={list.columns} shown={columns} density={state.rows} set={set} />
            {list.exportPath !== undefined && (
              <ExportMenu
                href={buildPath(list.exportPath, {}, asked)}
                // What the list cannot be sorted by, it does not have: the console puts it together.
                columns={columns.flatMap(({ id, unsorted }) => (unsorted === true ? [] : [id]))}
                total={totalWords}
                also={
                  list.exportAlso && { word: list.exportAlso.word, href: buildPath(list.exportAlso.path, {}, asked) }
                }
              />
            )}
          </div>
        </div>
        {actions.length > 0 && selection.size > 0 && (
          <BulkBar
            list={list}
            asked={asked}
            actions={actions}
            bulk={bulk}
            selection={selection}
            total={total}
            totalWords={totalWords}
          />
        )}
        {query.error !== null && data !== undefined && (
          <p role="status" className="border-b border-line bg-unknown-soft px-4 py-1.5 text-sm text-ink-2">
            {t('notRenewed')}
          </p>
        )}
        {data === undefined ? (
          query.error === null ? (
            <Loading what={list.words.caption}>
              <GridSkeleton columns={columns} />
            </Loading>
          ) : (
            <Failure error={query.error} retry={query.refetch} />
          )
        ) : rows.length === 0 ? (
          filtered ? (
            <NoMatch title={list.words.noMatch[0]} action={<Button onClick={clear}>{t('clearFilters')}</Button>}>
              {list.words.noMatch[1]}
            </NoMatch>
          ) : (
            props.empty
          )
        ) : (
          <GridTable
            caption={list.words.caption}
            columns={columns}
            rows={rows}
            rowKey={list.rowKey}
            rowName={list.rowName}
            total={first?.totalIsMinimum === true ? null : total}
            density={state.rows}
            sort={state.sort}
            onSort={(sort) => set({ sort })}
            selection={actions.length === 0 ? null : selection}
            open={state.open}
            onOpen={
              props.renderPanel === undefined
                ? null
                : (key) => {
                    const row = rows.find((one) => list.rowKey(one) === key);
                    const href = row === undefined ? undefined : list.href?.(row);
                    if (href !== undefined && window.matchMedia('(width < 64rem)').matches) router.push(href);
                    else set({ open: key === state.open ? undefined : key });
                  }
            }
            hasPages={list.href !== undefined}
            onNearEnd={more}
            onPoint={point}
            onLeave={release}
            handle={handle}
          />
        )}
      </div>
      {open !== undefined && props.renderPanel !== undefined && (
        <SidePanel
          name={list.rowName(open)}
          href={list.href?.(open)}
          onClose={() => set({ open: undefined })}
          onMove={(step) => move(state.open ?? null, step)}
        >
          {props.renderPanel(open)}
        </SidePanel>
      )}
    </div>
  );
}

/** How a filter that is not set hides while the others are not asked for. */
const HIDDEN = { rare: 'hidden', usual: 'contents max-sm:hidden' } as const;
const rarity = ({ rare }: GridFilter) => (rare === true ? 'rare' : 'usual');

const withoutSort = ({ sort: _, ...asked }: Record<string, unknown>) => asked;
