import { Bone, Loading } from './skeleton.tsx';
import { type Column, TableSkeleton } from './table/data-table.tsx';

/** A page with a list being loaded: title, filters, `above` (such as a map), and the rows. */
export function ListPageSkeleton<T>(props: {
  what: string;
  columns: readonly Column<T>[];
  filters?: number;
  above?: React.ReactNode;
}) {
  return (
    <Loading what={props.what} className="flex flex-col gap-4">
      <HeaderBones />
      <div className="flex flex-wrap gap-2">
        <Bone className="h-9 min-w-0 flex-1 basis-56 sm:max-w-80" />
        {Array.from({ length: props.filters ?? 0 }, (_, index) => (
          <Bone key={index} className="h-9 w-32" />
        ))}
      </div>
      {props.above}
      <div className="overflow-clip rounded-lg border border-line bg-surface">
        <div className="flex h-11 items-center px-4">
          <Bone className="h-4 w-28" />
        </div>
        <TableSkeleton columns={props.columns} />
      </div>
    </Loading>
  );
}

/** The page of one thing being loaded: where it is, its name, three panels, and what belongs to it. */
export function DetailPageSkeleton({ what }: { what: string }) {
  return (
    <Loading what={what} className="flex flex-col gap-4">
      <HeaderBones crumbs />
      <div className="grid gap-4 lg:grid-cols-3">
        <Bone className="h-44" />
        <Bone className="h-44" />
        <Bone className="h-44" />
      </div>
      <Bone className="h-72 w-full" />
    </Loading>
  );
}

function HeaderBones({ crumbs = false }: { crumbs?: boolean }) {
  return (
    <div className="flex flex-col gap-2">
      {crumbs && <Bone className="h-4 w-40" />}
      <Bone className="h-7 w-56" />
      <Bone className="h-4 w-72 max-w-full" />
    </div>
  );
}
