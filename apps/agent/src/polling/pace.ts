import { fullBucket, takeToken, type Bucket, type BucketSize } from '../core/token-bucket.ts';

/** Failed tries in a row after which a gateway counts as unreachable. */
export const TRIES_UNTIL_UNREACHABLE = 3;
const RETRY_MS = 2_000;
const BACKOFF_MS_MAX = 300_000;
/** Between the starts of two polls of one gateway, whatever asks for them. */
const GAP_MS_MIN = 400;
/** Polls out of turn (a trap, an action): a few at once, then one in five seconds, however many ask. */
const SOON: BucketSize = { capacity: 4, refillMs: 5_000 };
/** Spread of regular polls, so that gateways started together do not stay together. */
const JITTER = 0.05;
const FIRST_MS_MAX = 5_000;

/** When a gateway is read next, and how it has gone so far. Times are monotonic ms. */
export interface Pace {
  intervalMs: number;
  nextAtMs: number;
  startedAtMs: number | null;
  /** Failed tries in a row. */
  failures: number;
  /** null until the first try has ended. */
  reachable: boolean | null;
  soon: Bucket;
}

/** A gateway's pace at its beginning: read soon, but not at once with all others. Pure, as all here. */
export function beginPace(intervalMs: number, nowMs: number, random: number): Pace {
  const wait = random * Math.min(intervalMs, FIRST_MS_MAX);
  return {
    intervalMs,
    nextAtMs: nowMs + wait,
    startedAtMs: null,
    failures: 0,
    reachable: null,
    soon: fullBucket(SOON, nowMs),
  };
}

/** A reading begins. What asks for another from now on (`pollSoon`) gets one after it, not this one. */
export function started(pace: Pace, nowMs: number): Pace {
  return { ...pace, startedAtMs: nowMs, nextAtMs: Number.POSITIVE_INFINITY };
}

/** After a reading: next one interval after this one began; turns that were missed are not made up for. */
export function succeeded(pace: Pace, nowMs: number, random: number): Pace {
  const jittered = pace.intervalMs * (1 + JITTER * (2 * random - 1));
  const nextAtMs = Math.max(nowMs + GAP_MS_MIN, (pace.startedAtMs ?? nowMs) + jittered);
  return { ...pace, nextAtMs: Math.min(pace.nextAtMs, nextAtMs), failures: 0, reachable: true };
}

/** After a failed try: again soon, later and later once the gateway counts as unreachable. */
export function failed(pace: Pace, nowMs: number, random: number): Pace {
  const failures = pace.failures + 1;
  const unreachable = failures >= TRIES_UNTIL_UNREACHABLE;
  const first = Math.max(pace.intervalMs, 15_000);
  const bound = unreachable
    ? Math.max(pace.intervalMs, Math.min(BACKOFF_MS_MAX, first * 2 ** Math.min(failures - TRIES_UNTIL_UNREACHABLE, 20)))
    : RETRY_MS * failures;
  return {
    ...pace,
    failures,
    nextAtMs: Math.min(pace.nextAtMs, nowMs + bound * (0.8 + 0.4 * random)),
    reachable: unreachable ? false : pace.reachable,
  };
}

/**
 * Asks for a reading out of turn. Requests that come while one is due already cost nothing; beyond a few they are
 * spread, so that a storm of traps cannot become a storm of polls.
 */
export function pollSoon(pace: Pace, nowMs: number): Pace {
  const earliest = Math.max(nowMs, (pace.startedAtMs ?? Number.NEGATIVE_INFINITY) + GAP_MS_MIN);
  if (pace.nextAtMs <= earliest) return pace;
  const taken = takeToken(pace.soon, SOON, nowMs);
  if (taken.taken) return { ...pace, soon: taken.bucket, nextAtMs: earliest };
  const at = Math.max(earliest, nowMs + taken.waitMs);
  if (pace.nextAtMs <= at) return pace;
  // The token that will be there then is spoken for.
  return { ...pace, soon: { ...taken.bucket, tokens: taken.bucket.tokens - 1 }, nextAtMs: at };
}

export function withInterval(pace: Pace, intervalMs: number, nowMs: number): Pace {
  if (intervalMs === pace.intervalMs) return pace;
  return { ...pace, intervalMs, nextAtMs: Math.min(pace.nextAtMs, nowMs + intervalMs) };
}
