'use client';

import { type DehydratedState, HydrationBoundary } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useMemo } from 'react';

type ByHash = ReadonlyMap<string, unknown>;

const Served = createContext<ByHash>(new Map());

/** Hands what the server read to the browser: as the first content of the cache, and as what the first render shows. */
export function ServedBoundary({ state, children }: { state: DehydratedState; children: ReactNode }) {
  const outer = useContext(Served);
  const served = useMemo(
    () => new Map([...outer, ...state.queries.map(({ queryHash, state: { data } }) => [queryHash, data] as const)]),
    [outer, state],
  );
  return (
    <Served value={served}>
      <HydrationBoundary state={state}>{children}</HydrationBoundary>
    </Served>
  );
}

/** What the server rendered of a read; undefined where it had read nothing. */
export function useServed(queryHash: string): unknown {
  return useContext(Served).get(queryHash);
}
