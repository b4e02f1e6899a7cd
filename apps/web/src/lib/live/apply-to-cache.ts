import type { EndpointId, LiveEvent } from '@loopstart/contracts';
import type { Query, QueryClient } from '@tanstack/react-query';
import { applyLive } from './apply.ts';

/** Puts one event into everything that is cached; what it cannot change in place goes to `refetch`. */
export function applyToCache(client: QueryClient, event: LiveEvent, refetch: (entry: Query) => void): void {
  for (const entry of client.getQueryCache().getAll()) {
    if (entry.state.data === undefined) continue;
    const [endpoint, input] = entry.queryKey as [EndpointId, object | undefined];
    const outcome = applyLive(endpoint, input ?? {}, entry.state.data, event);
    if (outcome === 'refetch') refetch(entry);
    else if (outcome !== 'keep') {
      client.setQueryData(entry.queryKey, outcome.data, { updatedAt: entry.state.dataUpdatedAt });
    }
  }
}
