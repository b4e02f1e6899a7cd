'use client';

import type { Action } from '@loopstart/contracts';
import { useInfiniteQuery } from '../../lib/api/use-query.ts';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty, Failure } from '../../ui/state-panel.tsx';
import { isFinal } from '../../lib/words/action.ts';
import { ActionItem } from './action-item.tsx';
import { actionsQuery } from './queries.ts';
import { t } from '../../messages/actions.ts';
import { t as common } from '../../messages/common.ts';

const WATCH_MS = 2000;

/** What was asked of a gateway or port, newest first; what is under way moves by itself. */
export function ActionList({
  gatewayId,
  position,
  siteZone,
}: {
  gatewayId: string;
  position?: number;
  siteZone: string;
}) {
  const list = useInfiniteQuery({
    ...actionsQuery(gatewayId, position),
    // Should the live stream be away, progress is still seen.
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.items.some((action) => !isFinal(action.state))) ? WATCH_MS : false,
  });
  if (list.data === undefined) {
    if (list.error !== null) return <Failure error={list.error} retry={list.refetch} />;
    return (
      <Loading what={t('actions')} className="flex flex-col gap-3 p-4">
        <Bone className="h-4 w-40" />
        <Bone className="h-4 w-56" />
      </Loading>
    );
  }
  const actions: Action[] = list.data.pages.flatMap((page) => page.items);
  if (actions.length === 0) return <Empty title={t('noActionsYet')}>{t('actionsTheirResultsAppear')}</Empty>;
  return (
    <>
      <ol className="divide-y divide-line">
        {actions.map((action) => (
          <ActionItem key={action.id} action={action} siteZone={siteZone} showPort={position === undefined} />
        ))}
      </ol>
      {list.hasNextPage && (
        <div className="border-t border-line px-4 py-2">
          <Button size="sm" pending={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
            {common('showOlder')}
          </Button>
        </div>
      )}
    </>
  );
}
