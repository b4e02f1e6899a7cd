import {
  ApiError,
  type CallInput,
  createClient,
  type Endpoint,
  type EndpointId,
  endpoints,
  type Endpoints,
} from '@loopstart/contracts';
import type { z } from 'zod';
import { baseUrl } from './base-url.ts';
import { BearerTokens, type Credentials } from './credentials.ts';
import { isLost, retryWaitMs } from './retry.ts';

export type Options = Credentials & {
  /** Where Loopstart is, for example `https://loopstart.example.com`. */
  url: string;
  /** How often a request is sent again that may be; 3 where absent. */
  retries?: number;
  /** The longest wait before a retry, also where the API asks for more; 60 s where absent. */
  waitMsMax?: number;
  /** How long one try may take; 30 s where absent. */
  timeoutMs?: number;
  /** For tests and runtimes with a fetch of their own. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
  now?: () => number;
};

type Output<E extends Endpoint> = z.output<E['response']>;
/** An endpoint that answers pages. */
type Paged = Endpoint<z.ZodType, z.ZodType, z.ZodType, z.ZodType<{ items: unknown[]; nextCursor: string | null }>>;
type ItemOf<E extends Paged> = Output<E>['items'][number];

/** Every operation by its name, and two ways to call one: once, or page by page. */
export type Loopstart = { [K in EndpointId]: (input?: CallInput<Endpoints[K]>) => Promise<Output<Endpoints[K]>> } & {
  call<E extends Endpoint>(endpoint: E, input?: CallInput<E>): Promise<Output<E>>;
  /** Everything in a list, page by page, as it is asked for. */
  each<E extends Paged>(endpoint: E, input?: CallInput<E>): AsyncGenerator<ItemOf<E>, void, undefined>;
};

/**
 * A typed client of the API for programs. Throws ApiError (its `problem` has a public `code`) for an answer that is a problem,
 * TypeError where the network failed, TimeoutError where a try took too long.
 */
export function loopstart(options: Options): Loopstart {
  const { retries = 3, waitMsMax = 60_000, timeoutMs = 30_000, sleep = wait, now = Date.now } = options;
  const base = baseUrl(options.url);
  const send = (url: string, init: RequestInit) => (options.fetch ?? globalThis.fetch)(url, init);
  const tokens = new BearerTokens(options, { base, fetch: send, now });

  const once = createClient({
    base,
    // Cookies stay away: a request shows one credential. A redirect would take the token elsewhere.
    fetch: async (url, init) => {
      const headers = new Headers(init.headers);
      headers.set('authorization', `Bearer ${await tokens.current()}`);
      return send(url, { ...init, headers, credentials: 'omit', redirect: 'error' });
    },
  });

  async function call<E extends Endpoint>(endpoint: E, input: CallInput<E> = {}): Promise<Output<E>> {
    let lost = false;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(endpoint, { ...input, signal: limited(input.signal, timeoutMs) });
      } catch (error) {
        const code = error instanceof ApiError ? error.problem.code : null;
        // The answer to the first try was lost, and it had taken effect.
        if (lost && endpoint.method === 'DELETE' && code === 'not-found') return undefined as Output<E>;
        if (code === 'invalid-token' && tokens.renewable && attempt === 1) {
          tokens.forget();
          continue;
        }
        const { method } = endpoint;
        const waitMs = retryWaitMs(
          { method, hasIdempotencyKey: hasKey(input.body), error, attempt },
          { retries, waitMsMax },
          Math.random(),
        );
        if (waitMs === null) throw error;
        lost ||= isLost(error);
        await sleep(waitMs, input.signal);
      }
    }
  }

  async function* each<E extends Paged>(
    endpoint: E,
    input: CallInput<E> = {},
  ): AsyncGenerator<ItemOf<E>, void, undefined> {
    const seen = new Set<string>();
    for (let cursor: string | null = null; ;) {
      const query = { ...(input.query as object | undefined), ...(cursor === null ? {} : { cursor }) };
      const page: { items: unknown[]; nextCursor: string | null } = await call(endpoint, {
        ...input,
        query,
      } as CallInput<E>);
      yield* page.items as ItemOf<E>[];
      cursor = page.nextCursor;
      if (cursor === null) return;
      if (seen.has(cursor)) throw new Error('The API answered a page that leads back to itself.');
      seen.add(cursor);
    }
  }

  const named = Object.fromEntries(
    Object.values(endpoints).map((endpoint: Endpoint) => [
      endpoint.id,
      (input?: CallInput<Endpoint>) => call(endpoint, input),
    ]),
  );
  return Object.assign(named, { call, each }) as unknown as Loopstart;
}

const hasKey = (body: unknown): boolean =>
  typeof body === 'object' &&
  body !== null &&
  typeof (body as { idempotencyKey?: unknown }).idempotencyKey === 'string';

/** Ends with the caller's signal, or after the time of one try. */
function limited(signal: AbortSignal | undefined, timeoutMs: number): AbortSignal {
  const timeout = AbortSignal.timeout(timeoutMs);
  return signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
}

/** Waits; rejects with the reason of the signal where it is aborted. */
function wait(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
