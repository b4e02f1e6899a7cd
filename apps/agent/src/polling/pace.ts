import { fullBucket, takeToken, type Bucket, type BucketSize } from '../core/token-bucket.ts';

/** Consecutive failed tries after which a gateway counts as unreachable. */
export const TRIES_UNTIL_UNREACHABLE = 3;
/**
 * Waits after the first and the second failed try. Together with the tries themselves, three of them take at least 25
 * s, so that a restart of a switch or half a minute of a bad network is no outage.
 */
const RETRY_MS: readonly number[] = [8_000, 12_000];
/**
 * Waits while it is unreachable: short at first, then constant, so that its return is detected within half a minute.
 */
const BACKOFF_MS: readonly number[] = [5_000, 10_000, 20_000];
const BACKOFF_MS_MAX = 25_000;
/** Between polls that are further apart than this a gateway is probed with one value, to check that it answers. */
const PROBE_AFTER_MS = 10_000;
/** No probe right before a poll, which replaces it. */
const PROBE_BEFORE_POLL_MS = 2_000;
/** Minimum time between the starts of two polls of one gateway, for any reason. */
const GAP_MS_MIN = 400;
/** Extra polls (a trap, an action): a few at once, then one in five seconds, for any number of requests. */
const SOON: BucketSize = { capacity: 4, refillMs: 5_000 };
/** Spread of regular polls, so that gateways started together do not stay in step. */
const JITTER = 0.05;
const FIRST_MS_MAX = 5_000;

/** When a gateway is read next, and the results so far. Times are monotonic ms. */
export interface Pace {
  intervalMs: number;
  nextAtMs: number;
  startedAtMs: number | null;
  /** Consecutive failed tries. */
  failures: number;
  /** null until the first try has ended. */
  reachable: boolean | null;
  /** When it answered last; null while it does not. */
  answeredAtMs: number | null;
  soon: Bucket;
}

/** The initial schedule of a gateway: read soon, but not at once with all others. Pure, as all here. */
export function beginPace(intervalMs: number, nowMs: number, random: number): Pace {
  const wait = random * Math.min(intervalMs, FIRST_MS_MAX);
  return {
    intervalMs,
    nextAtMs: nowMs + wait,
    startedAtMs: null,
    failures: 0,
    reachable: null,
    answeredAtMs: null,
    soon: fullBucket(SOON, nowMs),
  };
}

/** A reading begins. Requests for another from now on (`pollSoon`) get one after it, not this one. */
export function started(pace: Pace, nowMs: number): Pace {
  return { ...pace, startedAtMs: nowMs, nextAtMs: Number.POSITIVE_INFINITY };
}

/** After a reading: the next is one interval after the start of this one; missed turns are not made up for. */
export function succeeded(pace: Pace, nowMs: number, random: number): Pace {
  const jittered = pace.intervalMs * (1 + JITTER * (2 * random - 1));
  const nextAtMs = Math.max(nowMs + GAP_MS_MIN, (pace.startedAtMs ?? nowMs) + jittered);
  return { ...pace, nextAtMs: Math.min(pace.nextAtMs, nextAtMs), failures: 0, reachable: true, answeredAtMs: nowMs };
}

/** The next operation and its time: a poll, or before that a probe, where it answered last time. */
export function nextTurn(pace: Pace): { atMs: number; what: 'poll' | 'probe' } {
  const { nextAtMs, answeredAtMs } = pace;
  const probeAtMs = (answeredAtMs ?? Number.POSITIVE_INFINITY) + PROBE_AFTER_MS;
  return probeAtMs + PROBE_BEFORE_POLL_MS < nextAtMs
    ? { atMs: probeAtMs, what: 'probe' }
    : { atMs: nextAtMs, what: 'poll' };
}

/** It answered a probe. The time of the next poll is unchanged. */
export function answered(pace: Pace, nowMs: number): Pace {
  return { ...pace, answeredAtMs: nowMs };
}

/**
 * After a failed poll or probe: polled again soon, and at a constant interval once the gateway counts as unreachable.
 */
export function failed(pace: Pace, nowMs: number, random: number): Pace {
  const failures = pace.failures + 1;
  const unreachable = failures >= TRIES_UNTIL_UNREACHABLE;
  const waitMs = unreachable
    ? (BACKOFF_MS[failures - TRIES_UNTIL_UNREACHABLE] ?? BACKOFF_MS_MAX)
    : (RETRY_MS[failures - 1] ?? BACKOFF_MS_MAX);
  return {
    ...pace,
    failures,
    nextAtMs: Math.min(pace.nextAtMs, nowMs + waitMs * (0.9 + 0.2 * random)),
    reachable: unreachable ? false : pace.reachable,
    answeredAtMs: null,
  };
}

/**
 * Requests an extra reading. Requests while one is due already cost nothing; beyond a few they are spread, so that a
 * storm of traps cannot become a storm of polls.
 */
export function pollSoon(pace: Pace, nowMs: number): Pace {
  const earliest = Math.max(nowMs, (pace.startedAtMs ?? Number.NEGATIVE_INFINITY) + GAP_MS_MIN);
  if (pace.nextAtMs <= earliest) return pace;
  const taken = takeToken(pace.soon, SOON, nowMs);
  if (taken.taken) return { ...pace, soon: taken.bucket, nextAtMs: earliest };
  const at = Math.max(earliest, nowMs + taken.waitMs);
  if (pace.nextAtMs <= at) return pace;
  // The token that will be available then is taken.
  return { ...pace, soon: { ...taken.bucket, tokens: taken.bucket.tokens - 1 }, nextAtMs: at };
}

/** The next reading begins at this time at the latest. */
export function notLaterThan(pace: Pace, atMs: number): Pace {
  return pace.nextAtMs <= atMs ? pace : { ...pace, nextAtMs: Math.max(atMs, (pace.startedAtMs ?? 0) + GAP_MS_MIN) };
}

export function withInterval(pace: Pace, intervalMs: number, nowMs: number): Pace {
  if (intervalMs === pace.intervalMs) return pace;
  return { ...pace, intervalMs, nextAtMs: Math.min(pace.nextAtMs, nowMs + intervalMs) };
}
