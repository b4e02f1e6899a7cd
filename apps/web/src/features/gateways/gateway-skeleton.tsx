import { Bone, Loading } from '../../ui/skeleton.tsx';
import { t } from '../../messages/gateways.ts';

/** The gateway page before its data: same geometry. */
export function GatewaySkeleton() {
  return (
    <Loading what={t('theGateway')} className="flex flex-col gap-4">
      <div>
        <Bone className="h-4 w-64 max-w-full" />
        <Bone className="mt-2 h-7 w-52" />
        <Bone className="mt-1.5 h-4 w-60" />
      </div>
      <div className="rounded-lg border border-line bg-surface px-4 pb-4">
        <div className="flex h-11 items-center">
          <Bone className="h-4 w-16" />
        </div>
        <div className="rounded-lg border border-panel-line bg-panel p-3">
          {[0, 1].map((row) => (
            <div key={row} className="mt-2 grid grid-cols-12 gap-1">
              {Array.from({ length: 12 }, (_, column) => (
                <Bone key={column} className="h-14 sm:h-24" />
              ))}
            </div>
          ))}
        </div>
        <Bone className="mt-3 h-4 w-72 max-w-full" />
      </div>
      <div className="grid gap-4 xl:grid-cols-[minmax(0,1fr)_26rem]">
        <Bone className="h-72 w-full rounded-lg" />
        <Bone className="h-72 w-full rounded-lg" />
      </div>
    </Loading>
  );
}
