import type { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { Problem } from './problem.ts';

/** An error answer of the API, with its problem details. */
export class ApiError extends Error {
  readonly problem: Problem;
  /** When the request may be repeated, in seconds, where the answer says so (RFC 9110, section 10.2.3); else null. */
  readonly retryAfterS: number | null;
  constructor(problem: Problem, retryAfterS: number | null = null) {
    super(problem.detail ?? problem.title);
    this.name = 'ApiError';
    this.problem = problem;
    this.retryAfterS = retryAfterS;
  }
}

export interface CallInput<E extends Endpoint> {
  params?: z.input<E['params']>;
  query?: z.input<E['query']>;
  body?: z.input<E['body']>;
  signal?: AbortSignal;
}

export type FetchLike = (url: string, init: RequestInit) => Promise<Response>;

/**
 * A typed caller for endpoints. `base` is the origin ('' in a browser on the same origin). Throws ApiError for an
 * answer that is a problem, TypeError where the network failed, AbortError where `signal` aborted, SyntaxError where
 * the answer is not JSON.
 */
export function createClient(options: { base: string; fetch: FetchLike; headers?: () => Record<string, string> }) {
  return async function call<E extends Endpoint>(
    endpoint: E,
    input: CallInput<E> = {},
  ): Promise<z.output<E['response']>> {
    const init: RequestInit = {
      method: endpoint.method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(input.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers?.(),
      },
    };
    if (input.body !== undefined) init.body = JSON.stringify(input.body);
    if (input.signal !== undefined) init.signal = input.signal;
    const response = await options.fetch(options.base + buildPath(endpoint.path, input.params, input.query), init);
    if (response.status === 204) return undefined as z.output<E['response']>;
    // A truncated answer (aborted, connection lost) is an error, never an empty answer.
    if (response.ok && endpoint.media !== undefined) return (await response.text()) as z.output<E['response']>;
    if (response.ok) return (await response.json()) as z.output<E['response']>;
    const body: unknown = await response.json().catch(() => null);
    const problem = Problem.safeParse(body);
    throw new ApiError(
      problem.success
        ? problem.data
        : {
            type: 'about:blank',
            title: `The service answered ${response.status}.`,
            status: response.status,
            code: 'internal',
            requestId: response.headers.get('x-request-id') ?? '',
          },
      secondsOf(response.headers.get('retry-after')),
    );
  };
}

/** The seconds of a Retry-After header; null for none and for a date, which our API never sends. */
function secondsOf(header: string | null): number | null {
  return header !== null && /^\d{1,9}$/.test(header) ? Number(header) : null;
}

/**
 * Fills the `:name` parts of a path and appends the query; undefined query values are omitted, lists are repeated
 * parameters.
 */
export function buildPath(path: string, params: unknown, query: unknown): string {
  const values = (params ?? {}) as Record<string, unknown>;
  const filled = path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(String(values[key])));
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries((query ?? {}) as Record<string, unknown>)) {
    if (Array.isArray(value)) for (const one of value) search.append(key, String(one));
    else if (value !== undefined && value !== '') search.set(key, String(value));
  }
  const text = search.toString();
  return text === '' ? filled : `${filled}?${text}`;
}
