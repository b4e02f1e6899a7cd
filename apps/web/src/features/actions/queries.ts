import type { Action } from '@loopstart/contracts';
import { useInfiniteQuery } from '../../lib/api/use-query.ts';
import { listQuery } from '../../lib/api/query.ts';

const PAGE = 10;

/** Actions of a gateway or a port, newest first. */
export function actionsQuery(gatewayId: string, position?: number) {
  return listQuery('listActions', {
    query: { gatewayId, limit: PAGE, ...(position === undefined ? {} : { position }) },
  });
}

/** The last line test of a port among its latest actions, kept up to date by the live stream; null where there is none. */
export function useLastLineTest(gatewayId: string, position: number): Action['lineTest'] {
  const { data } = useInfiniteQuery(actionsQuery(gatewayId, position));
  const actions = data?.pages.flatMap(({ items }) => items) ?? [];
  return actions.find(({ lineTest }) => lineTest !== null)?.lineTest ?? null;
}
