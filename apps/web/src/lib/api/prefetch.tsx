import { ApiError } from '@loopstart/contracts';
import { dehydrate, QueryClient } from '@tanstack/react-query';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { fetchKey } from './query.ts';
import { ServedBoundary } from './served.tsx';
import { serverCall } from './server.ts';

interface Prefetchable {
  queryKey: readonly unknown[];
  initialPageParam?: string | undefined;
  getNextPageParam?: unknown;
}

/**
 * Reads what a page shows while the server renders it, so that the first paint has data. Only for a
 * document: on navigation inside the console the browser has its own cache and asks for itself.
 * `subject`: the one thing that the page is about; the page is 404 where it does not exist. It belongs into a layout
 * above every loading state: behind one, the answer has begun with 200 before anything is known.
 */
export async function Prefetch(props: { subject?: Prefetchable; also?: Prefetchable[]; children: ReactNode }) {
  const client = new QueryClient();
  if ((await headers()).get('sec-fetch-dest') === 'document') {
    const queryFn = fetchKey(await serverCall());
    const read = (what: Prefetchable): Promise<unknown> =>
      'getNextPageParam' in what
        ? client.fetchInfiniteQuery({ ...(what as Required<Prefetchable>), queryFn } as never)
        : client.fetchQuery({ queryKey: what.queryKey, queryFn });
    const [subject] = await Promise.allSettled([
      props.subject === undefined ? undefined : read(props.subject),
      ...(props.also ?? []).map(read),
    ]);
    if (subject.status === 'rejected' && isNotFound(subject.reason)) notFound();
  }
  return <ServedBoundary state={dehydrate(client)}>{props.children}</ServedBoundary>;
}

/** A subject is asked for by the id in the address alone: where that is refused, it is the id of nothing. */
function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && [400, 404].includes(error.problem.status);
}
