import { ApiError, type HttpMethod } from '@loopstart/contracts';

/** Methods that do the same when they are sent twice (RFC 9110, section 9.2.2). */
const IDEMPOTENT: readonly HttpMethod[] = ['GET', 'PUT', 'DELETE'];
/** Answers of a proxy or a starting API, after which it is not known whether the request took effect. */
const PASSING = [502, 503, 504];
const BACKOFF_MS = 500;

export interface Attempt {
  method: HttpMethod;
  /** With a key of the caller's own a request takes effect once, however often it is sent. */
  hasIdempotencyKey: boolean;
  error: unknown;
  /** 1 for the first. */
  attempt: number;
}

export interface RetryLimits {
  /** How often a request is sent again. */
  retries: number;
  /** A longer wait than this is the caller's to decide. */
  waitMsMax: number;
}

/**
 * How long to wait before a failed request is sent again; null: it must not or need not be. A request over a rate limit had no
 * effect and may be repeated whatever it is; after a lost answer only one that takes effect once. `random` is from 0 to 1.
 */
export function retryWaitMs(
  { method, hasIdempotencyKey, error, attempt }: Attempt,
  limits: RetryLimits,
  random: number,
): number | null {
  if (attempt > limits.retries) return null;
  const backoffMs = BACKOFF_MS * 2 ** (attempt - 1) * (0.5 + random / 2);
  const repeatable = IDEMPOTENT.includes(method) || hasIdempotencyKey;
  if (!(error instanceof ApiError)) return isLost(error) && repeatable ? backoffMs : null;
  const { status } = error.problem;
  if (status !== 429 && !(PASSING.includes(status) && repeatable)) return null;
  const waitMs = error.retryAfterS === null ? backoffMs : error.retryAfterS * 1000;
  return waitMs <= limits.waitMsMax ? waitMs : null;
}

/** Whether the answer did not arrive: the network failed, or it took too long. */
export const isLost = (error: unknown): boolean =>
  error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError');
