// @vitest-environment happy-dom
import {
  type DehydratedState,
  dehydrate,
  QueryClient,
  QueryClientProvider,
  useQuery as useQueryNow,
} from '@tanstack/react-query';
import { act, Profiler, type ReactNode, Suspense, useEffect } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { beforeAll, expect, test, vi } from 'vitest';
import { ServedBoundary } from './served.tsx';
import { useInfiniteQuery, useQuery } from './use-query.ts';

beforeAll(() => Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true }));

const LINE = { queryKey: ['line'], queryFn: () => new Promise<string>(() => undefined), staleTime: Infinity };
const PAGES = {
  queryKey: ['pages'],
  queryFn: () => new Promise<{ next: string | null }>(() => undefined),
  initialPageParam: null as string | null,
  getNextPageParam: (last: { next: string | null }) => last.next,
  staleTime: Infinity,
};

/** As `Port` and its banner: another element, not only another text, by what the cache holds. */
function Line({ read }: { read: typeof useQueryNow }) {
  const { data, isPending } = read(LINE);
  return isPending ? <i>unknown</i> : data === 'idle' ? <p>idle</p> : <strong>{data}</strong>;
}

function List() {
  const { data, hasNextPage } = useInfiniteQuery(PAGES);
  return data === undefined ? <i>unknown</i> : hasNextPage ? <button>more</button> : <p>all</p>;
}

/** What the live stream does: it changes the cache as soon as the frame stands, before the page inside is taken over. */
function News({
  client,
  tell,
  children,
}: {
  client: QueryClient;
  tell: (client: QueryClient) => void;
  children: ReactNode;
}) {
  useEffect(() => void tell(client), [client, tell]);
  return children;
}

/** Renders as the server, takes over as the browser, while `tell` changes the cache in between. */
async function takenOver(page: ReactNode, read: (client: QueryClient) => void, tell: (client: QueryClient) => void) {
  const onServer = new QueryClient();
  read(onServer);
  const state: DehydratedState = dehydrate(onServer);
  const app = (client: QueryClient) => (
    <QueryClientProvider client={client}>
      <News client={client} tell={tell}>
        <ServedBoundary state={state}>
          <Suspense fallback="loading">{page}</Suspense>
        </ServedBoundary>
      </News>
    </QueryClientProvider>
  );
  const container = document.createElement('div');
  container.innerHTML = renderToString(app(new QueryClient()));
  const served = container.textContent;
  const faults: unknown[] = [];
  await act(async () => {
    hydrateRoot(container, app(new QueryClient()), { onRecoverableError: (fault) => faults.push(fault) });
  });
  return { served, shown: container.textContent, faults };
}

test('without it, news that come while the page is taken over are a fault', async () => {
  const { faults } = await takenOver(
    <Line read={useQueryNow} />,
    (client) => client.setQueryData(['line'], 'idle'),
    (client) => client.setQueryData(['line'], 'out of service'),
  );
  expect(faults).toHaveLength(1);
});

test('news that come while the page is taken over are shown after it', async () => {
  const { served, shown, faults } = await takenOver(
    <Line read={useQuery} />,
    (client) => client.setQueryData(['line'], 'idle'),
    (client) => client.setQueryData(['line'], 'out of service'),
  );
  expect({ served, shown, faults }).toEqual({ served: 'idle', shown: 'out of service', faults: [] });
});

test('what the server had not read is not there in the first render, whatever was fetched meanwhile', async () => {
  const { served, shown, faults } = await takenOver(
    <Line read={useQuery} />,
    () => undefined,
    (client) => client.setQueryData(['line'], 'idle'),
  );
  expect({ served, shown, faults }).toEqual({ served: 'unknown', shown: 'idle', faults: [] });
});

test('a list says by the pages of the server whether there are more', async () => {
  const pages = (next: string | null) => ({ pages: [{ next }], pageParams: [null] });
  const { served, shown, faults } = await takenOver(
    <List />,
    (client) => client.setQueryData(['pages'], pages('2')),
    (client) => client.setQueryData(['pages'], pages(null)),
  );
  expect({ served, shown, faults }).toEqual({ served: 'more', shown: 'all', faults: [] });
});

test('where nothing came, nothing is rendered twice', async () => {
  const onRender = vi.fn<() => void>();
  const { shown } = await takenOver(
    <Profiler id="line" onRender={onRender}>
      <Line read={useQuery} />
    </Profiler>,
    (client) => client.setQueryData(['line'], 'idle'),
    () => undefined,
  );
  expect(shown).toBe('idle');
  expect(onRender).toHaveBeenCalledTimes(1);
});
