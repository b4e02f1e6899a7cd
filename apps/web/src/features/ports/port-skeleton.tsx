import { Bone, Loading } from '../../ui/skeleton.tsx';
import { t } from '../../messages/ports.ts';

/** The port page before its data: same geometry. */
export function PortSkeleton() {
  return (
    <Loading what={t('thePort')} className="flex flex-col gap-4">
      <div>
        <Bone className="h-4 w-64 max-w-full" />
        <Bone className="mt-2 h-7 w-48" />
        <Bone className="mt-1.5 h-4 w-40" />
      </div>
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex flex-col gap-4">
          <Bone className="h-80 w-full rounded-lg" />
          <Bone className="h-64 w-full rounded-lg" />
        </div>
        <div className="flex flex-col gap-4">
          <Bone className="h-40 w-full rounded-lg" />
          <Bone className="h-64 w-full rounded-lg" />
        </div>
      </div>
    </Loading>
  );
}
