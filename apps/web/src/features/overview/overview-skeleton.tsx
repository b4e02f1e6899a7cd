import { Bone, Loading } from '../../ui/skeleton.tsx';
import { t } from '../../messages/overview.ts';

/** The overview before its data: same geometry. */
export function OverviewSkeleton() {
  return (
    <Loading what={t('theOverview')} className="flex flex-col gap-4">
      <div>
        <Bone className="h-7 w-72 max-w-full" />
        <Bone className="mt-1.5 h-4 w-56" />
      </div>
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="rounded-lg border border-line bg-surface">
          <div className="flex h-11 items-center px-4">
            <Bone className="h-4 w-28" />
          </div>
          {Array.from({ length: 8 }, (_, index) => (
            <div key={index} className="flex gap-3 border-t border-line px-4 py-3">
              <Bone className="size-4.5 rounded-full" />
              <div className="flex-1">
                <Bone className="h-4 w-64 max-w-full" />
                <Bone className="mt-1.5 h-3.5 w-80 max-w-full" />
              </div>
              <Bone className="h-4 w-20 max-sm:hidden" />
            </div>
          ))}
        </div>
        <div className="rounded-lg border border-line bg-surface p-4">
          <Bone className="h-4 w-32" />
          <Bone className="mt-4 h-8 w-40" />
          <Bone className="mt-3 h-2.5 w-full" />
          <Bone className="mt-3 h-4 w-full" />
          <Bone className="mt-8 h-32 w-full" />
        </div>
      </div>
    </Loading>
  );
}
