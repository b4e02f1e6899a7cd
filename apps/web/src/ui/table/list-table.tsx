'use client';

import type { InfiniteData } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from '../button.tsx';
import { Loading } from '../skeleton.tsx';
import { Failure } from '../state-panel.tsx';
import { type Column, DataTable, TableSkeleton } from './data-table.tsx';
import { t } from '../../messages/common.ts';

/** The part of an infinite query that a list needs. */
export interface ListResult<T> {
  data: InfiniteData<{ items: T[]; total: number }> | undefined;
  error: Error | null;
  isFetchingNextPage: boolean;
  hasNextPage: boolean;
  fetchNextPage: () => unknown;
  refetch: () => unknown;
}

/**
 * A list of the API as a table: its emptiness, its loading, its errors and its further pages.
 * Rows can be sorted once all of them are here; before that the order is the API's.
 */
export function ListTable<T>(props: {
  list: ListResult<T>;
  what: string;
  caption: string;
  columns: readonly Column<T>[];
  rowKey: (row: T) => string;
  empty: ReactNode;
  sort?: string | undefined;
  onSort?: ((sort: string | undefined) => void) | undefined;
}) {
  const { list } = props;
  if (list.data === undefined) {
    if (list.error !== null) return <Failure error={list.error} retry={list.refetch} />;
    return (
      <Loading what={props.what}>
        <TableSkeleton columns={props.columns} />
      </Loading>
    );
  }
  const rows = list.data.pages.flatMap((page) => page.items);
  const total = list.data.pages[0]?.total ?? rows.length;
  if (rows.length === 0) return props.empty;
  return (
    <>
      {list.error !== null && <OldData error={list.error} />}
      <DataTable
        caption={props.caption}
        columns={props.columns}
        rows={rows}
        rowKey={props.rowKey}
        sort={list.hasNextPage ? undefined : props.sort}
        onSort={list.hasNextPage ? undefined : props.onSort}
      />
      <div className="flex flex-wrap items-center justify-between gap-2 border-t border-line px-4 py-2 text-sm text-ink-3">
        <p role="status">
          {rows.length < total
            ? t('listPart', { shown: rows.length, total, many: props.what })
            : t('listCount', { total, one: props.what.replace(/s$/, ''), many: props.what })}
        </p>
        {list.hasNextPage && (
          <Button size="sm" pending={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
            {list.isFetchingNextPage ? t('loadingDots') : t('showMore')}
          </Button>
        )}
      </div>
    </>
  );
}

function OldData({ error }: { error: Error }) {
  return (
    <p role="status" className="border-b border-line bg-unknown-soft px-4 py-1.5 text-sm text-ink-2">
      {t('listStale', { message: error.message })}
    </p>
  );
}
