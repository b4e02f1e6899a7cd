import type { InfiniteData } from '@tanstack/react-query';

/** What of a read's result a component renders by. */
interface Result {
  data: unknown;
  error: unknown;
}
interface Options {
  getNextPageParam?: ((last: never, pages: never, lastParam: never, params: never) => unknown) | undefined;
}

/** Whether a result is what the server rendered: the same object, or nothing where it had nothing. */
export function isAsServed(result: Result, served: unknown): boolean {
  return result.data === served && result.error === null;
}

/**
 * The result as the server rendered it. It stands on `result`, so that what is not about the data (to ask again, to
 * ask for the next page) is the real one, and nothing is read that would be watched from then on.
 */
export function asServed<R extends Result>(result: R, served: unknown, options: Options): R {
  const isKnown = served !== undefined;
  const values: Record<string, unknown> = {
    data: served,
    error: null,
    status: isKnown ? 'success' : 'pending',
    isSuccess: isKnown,
    isPending: !isKnown,
    isLoading: !isKnown,
    isError: false,
    isLoadingError: false,
    isRefetchError: false,
    isPlaceholderData: false,
    ...(options.getNextPageParam === undefined ? {} : { hasNextPage: isKnown && hasNext(served as Pages, options) }),
  };
  return Object.create(
    result,
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, enumerable: true }])),
  ) as R;
}

type Pages = InfiniteData<unknown>;

function hasNext({ pages, pageParams }: Pages, { getNextPageParam }: Options): boolean {
  const next = getNextPageParam?.(
    pages.at(-1) as never,
    pages as never,
    pageParams.at(-1) as never,
    pageParams as never,
  );
  return next !== undefined && next !== null;
}
