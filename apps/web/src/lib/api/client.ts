import { ApiError } from '@loopstart/contracts';
import { QueryCache, QueryClient } from '@tanstack/react-query';
import { call } from './browser.ts';
import { fetchKey } from './query.ts';

/** A retry helps against a hiccup, not against a refusal. */
function shouldRetry(failures: number, error: Error): boolean {
  if (error instanceof ApiError && error.problem.status < 500) return false;
  return failures < 2;
}

/** The browser's query cache. `onSignedOut` runs when the API no longer knows the session. */
export function makeBrowserClient(onSignedOut: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof ApiError && error.problem.code === 'not-signed-in') onSignedOut();
      },
    }),
    defaultOptions: {
      queries: {
        queryFn: fetchKey(call),
        staleTime: 15_000,
        gcTime: 10 * 60_000,
        retry: shouldRetry,
        retryDelay: (attempt) => 500 * 2 ** attempt,
      },
    },
  });
}
