'use client';

import {
  hashKey,
  type QueryKey,
  useInfiniteQuery as useInfiniteQueryNow,
  useQuery as useQueryNow,
} from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { asServed, isAsServed } from './as-served.ts';
import { useServed } from './served.tsx';

const never = () => () => undefined;
const no = () => false;

/**
 * While a part of the page takes over what the server rendered, a read says what it said there; the cache may know
 * better already, as React takes the parts over one by one and live events come in between. What the cache knows is
 * shown with the next render.
 */
function useAsServed<R extends { data: unknown; error: unknown }>(
  result: R,
  options: Parameters<typeof asServed>[2] & { queryKey: QueryKey; initialData?: unknown },
): R {
  const served = useServed(hashKey(options.queryKey));
  const differs = options.initialData === undefined && !isAsServed(result, served);
  const isTakingOver = useSyncExternalStore(never, no, () => differs);
  return isTakingOver ? asServed(result, served, options) : result;
}

export const useQuery = ((options: Parameters<typeof useQueryNow>[0]) =>
  useAsServed(useQueryNow(options), options)) as typeof useQueryNow;

export const useInfiniteQuery = ((options: Parameters<typeof useInfiniteQueryNow>[0]) =>
  useAsServed(useInfiniteQueryNow(options), options)) as typeof useInfiniteQueryNow;
