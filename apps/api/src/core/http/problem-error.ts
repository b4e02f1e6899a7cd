import { ERROR_CODES, type ErrorCode } from '@loopstart/contracts';
import type { Touched } from '@loopstart/domain';

/** An error with a public code. The message is for the log; `detail` and `fields` are what the caller may read. */
export class ProblemError extends Error {
  readonly code: ErrorCode;
  readonly detail: string | undefined;
  readonly fields: { path: string; expected: string }[] | undefined;
  /** What the act would reach now. */
  readonly touched: Touched | undefined;
  /** When the request may be repeated, where that is known. */
  readonly retryAfterS: number | undefined;

  constructor(
    code: ErrorCode,
    options: {
      detail?: string;
      fields?: { path: string; expected: string }[];
      retryAfterS?: number;
      touched?: Touched;
      cause?: unknown;
    } = {},
  ) {
    super(options.detail ?? ERROR_CODES[code].title, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'ProblemError';
    this.code = code;
    this.detail = options.detail;
    this.fields = options.fields;
    this.retryAfterS = options.retryAfterS;
    this.touched = options.touched;
  }
}

/** The value, or a `not-found` problem where there is none (or it is another operator's). */
export function found<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new ProblemError('not-found');
  return value;
}

/** The problem of a try over the rate limit. */
export function tooFast(waitMs: number): ProblemError {
  const seconds = Math.ceil(waitMs / 1000);
  return new ProblemError('too-many-requests', { detail: `Try again in ${seconds} seconds.`, retryAfterS: seconds });
}
