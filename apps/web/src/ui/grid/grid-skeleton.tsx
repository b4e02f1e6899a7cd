import type { ReactNode } from 'react';
import type { ListId } from '../../lib/api/query.ts';
import { Bone, Loading } from '../skeleton.tsx';
import type { GridList } from './grid-list.ts';
import { type GridColumn, shownColumns } from './model.ts';

/** A grid being loaded: the same columns, the same height of rows. */
export function GridSkeleton<T>({ columns, rows = 14 }: { columns: readonly GridColumn<T>[]; rows?: number }) {
  return (
    <div>
      <div className="h-[34px] border-b border-line bg-sunken max-sm:hidden" />
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex h-[34px] items-center gap-6 border-b border-line/70 px-4 max-sm:h-[62px]">
          {columns.map((column, index) => (
            <Bone key={column.id} className={index === 0 ? 'h-3.5 flex-[2]' : 'h-3.5 flex-1 max-sm:hidden'} />
          ))}
        </div>
      ))}
    </div>
  );
}

/** A page with a grid being loaded: title, search and filters, and the rows. */
export function GridPageSkeleton<K extends ListId>(props: { what: string; list: GridList<K>; above?: ReactNode }) {
  return (
    <Loading what={props.what} className="flex flex-col gap-4">
      <div className="flex flex-col gap-2">
        <Bone className="h-7 w-56" />
        <Bone className="h-4 w-72 max-w-full" />
      </div>
      <div className="flex flex-wrap gap-1.5">
        <Bone className="h-9 min-w-0 flex-1 basis-56 sm:max-w-80" />
        {Object.keys(props.list.filters).map((id) => (
          <Bone key={id} className="h-8 w-24" />
        ))}
      </div>
      {props.above}
      <div className="overflow-clip rounded-lg border border-line bg-surface">
        <div className="h-10 border-b border-line" />
        <GridSkeleton columns={shownColumns(props.list.columns, undefined)} />
      </div>
    </Loading>
  );
}
