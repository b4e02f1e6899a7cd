import { type Endpoints, type EndpointId, endpoints } from '@loopstart/contracts';
import {
  type InfiniteData,
  infiniteQueryOptions,
  type QueryFunctionContext,
  queryOptions,
} from '@tanstack/react-query';
import type { z } from 'zod';

/** What an endpoint answers. */
export type ResponseOf<K extends EndpointId> = z.output<Endpoints[K]['response']>;
/** What a read is asked with. */
export interface QueryInput<K extends EndpointId> {
  params?: z.input<Endpoints[K]['params']>;
  query?: z.input<Endpoints[K]['query']>;
}
/** Lists answer in pages. */
export type ListId = {
  [K in EndpointId]: ResponseOf<K> extends { items: unknown[]; nextCursor: string | null } ? K : never;
}[EndpointId];
export type ItemOf<K extends ListId> = ResponseOf<K>['items'][number];
export type Pages<K extends ListId> = InfiniteData<ResponseOf<K>, string | undefined>;

/**
 * A read as data. The key alone says what to fetch, so the server and the browser each bring their own
 * way to fetch it (`fetchKey`), and live events find the entries that they concern.
 */
export function query<K extends EndpointId>(id: K, input: QueryInput<K> = {}) {
  return queryOptions<ResponseOf<K>>({ queryKey: [id, prune(input)] });
}

/** A list read page by page. */
export function listQuery<K extends ListId>(id: K, input: QueryInput<K> = {}) {
  return infiniteQueryOptions<ResponseOf<K>, Error, Pages<K>, readonly unknown[], string | undefined>({
    queryKey: [id, prune(input), 'pages'],
    initialPageParam: undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
}

type Call = (
  endpoint: Endpoints[EndpointId],
  input: { params?: never; query?: never; signal?: AbortSignal },
) => Promise<unknown>;

/** The fetcher for every key made here, given a way to call an endpoint. */
export function fetchKey(call: Call) {
  return ({ queryKey, pageParam, signal }: QueryFunctionContext): Promise<unknown> => {
    const [id, input] = queryKey as unknown as [EndpointId, QueryInput<EndpointId>];
    const cursor = typeof pageParam === 'string' ? { cursor: pageParam } : {};
    return call(endpoints[id], {
      params: input.params as never,
      query: { ...input.query, ...cursor } as never,
      signal,
    });
  };
}

/** Leaves out what is not asked, so that "no filter" has one key however it was written. */
function prune<T extends { params?: unknown; query?: unknown }>(input: T): T {
  const query = Object.entries((input.query ?? {}) as object).filter(
    ([, value]) => value !== undefined && value !== '',
  );
  return {
    ...(input.params === undefined ? {} : { params: input.params }),
    ...(query.length === 0 ? {} : { query: Object.fromEntries(query) }),
  } as T;
}
