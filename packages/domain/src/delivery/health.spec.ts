import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  afterAttempt,
  ATTEMPT_OUTCOMES,
  type AttemptOutcome,
  type ChannelHealth,
  CONCURRENCY,
  DISABLE_AFTER_MS,
  FAILURES_TO_OPEN,
  HEALTHY,
  onTrial,
  OPEN_MAX_MS,
  OPEN_MS,
  outcomeOfStatus,
  slotsOf,
  THROTTLE_ASKED_MAX_MS,
} from './health.ts';

const HOUR = 3_600_000;
const attempt = (health: ChannelHealth, outcome: AttemptOutcome, now: number, retryAfterMs: number | null = null) =>
  afterAttempt(health, { outcome, retryAfterMs, now });
const failed = (times: number, now = 0) => {
  let health = HEALTHY;
  for (let n = 0; n < times; n += 1) health = attempt(health, 'failed', now).health;
  return health;
};

test.for<[number, AttemptOutcome]>([
  [200, 'delivered'],
  [202, 'delivered'],
  [299, 'delivered'],
  [301, 'failed'],
  [307, 'failed'],
  [400, 'failed'],
  [404, 'failed'],
  [410, 'gone'],
  [429, 'throttled'],
  [500, 'failed'],
  [502, 'throttled'],
  [503, 'failed'],
  [504, 'throttled'],
])('status %i is %s', ([status, outcome]) => {
  expect(outcomeOfStatus(status)).toBe(outcome);
});

describe('the circuit', () => {
  test('stays closed after a few failures, but sends one message at a time', () => {
    const health = failed(FAILURES_TO_OPEN - 1);
    expect(health.circuit).toBe('closed');
    expect([slotsOf(health, 0, 0), slotsOf(health, 1, 0), slotsOf(HEALTHY, 3, 0)]).toEqual([1, 0, CONCURRENCY - 3]);
  });

  test('opens at the limit of failures, and sends nothing for the pause', () => {
    const health = failed(FAILURES_TO_OPEN, 1000);
    expect(health).toMatchObject({ circuit: 'open', pausedUntil: 1000 + OPEN_MS, failingSince: 1000 });
    expect(slotsOf(health, 0, 1000 + OPEN_MS - 1)).toBe(0);
    expect(slotsOf(health, 0, 1000 + OPEN_MS)).toBe(1);
  });

  test('permits one trial at a time', () => {
    const trial = onTrial(failed(FAILURES_TO_OPEN), OPEN_MS + 20_000);
    expect(trial.circuit).toBe('half-open');
    expect(slotsOf(trial, 1, OPEN_MS + 1)).toBe(0);
    // The process that ran the trial died.
    expect(slotsOf(trial, 1, OPEN_MS + 20_000)).toBe(1);
  });

  test('opens for twice as long when the trial fails, up to a maximum', () => {
    let health = failed(FAILURES_TO_OPEN);
    const pauses: number[] = [];
    for (let n = 0; n < 8; n += 1) {
      const now = health.pausedUntil!;
      health = attempt(onTrial(health, now + 20_000), 'failed', now).health;
      pauses.push(health.pausedUntil! - now);
    }
    expect(pauses.slice(0, 3)).toEqual([2 * OPEN_MS, 4 * OPEN_MS, 8 * OPEN_MS]);
    expect(Math.max(...pauses)).toBe(OPEN_MAX_MS);
  });

  test('closes when the trial succeeds: waiting messages may be sent', () => {
    expect(attempt(onTrial(failed(FAILURES_TO_OPEN), 60_000), 'delivered', 40_000)).toEqual({
      health: HEALTHY,
      disable: null,
      recovered: true,
    });
  });

  test('a success after few failures reports no recovery: the failures may be of one message', () => {
    expect(attempt(failed(2), 'delivered', 1)).toEqual({ health: HEALTHY, disable: null, recovered: false });
  });

  test('stays open for the same time, whatever late results report', () => {
    const open = failed(FAILURES_TO_OPEN, 1000);
    expect(attempt(open, 'failed', 2000).health.pausedUntil).toBe(open.pausedUntil);
  });

  test('does not change with a message that is refused on its own account, which still ends a trial', () => {
    expect(attempt(HEALTHY, 'refused', 5).health).toEqual(HEALTHY);
    const trial = onTrial(failed(FAILURES_TO_OPEN), 60_000);
    expect(slotsOf(attempt(trial, 'refused', 40_000).health, 0, 40_000)).toBe(1);
  });
});

describe('throttling', () => {
  test('pauses the channel for the requested time', () => {
    const { health } = attempt(HEALTHY, 'throttled', 1000, 90_000);
    expect(health).toMatchObject({ circuit: 'closed', pausedUntil: 91_000 });
    expect(slotsOf(health, 0, 90_999)).toBe(0);
    expect(slotsOf(health, 0, 91_000)).toBe(1);
  });

  test('without a requested time doubles its pause; a requested time is limited', () => {
    const once = attempt(HEALTHY, 'throttled', 0).health;
    expect([once.pausedUntil, attempt(once, 'throttled', 2000).health.pausedUntil]).toEqual([2000, 6000]);
    expect(attempt(HEALTHY, 'throttled', 0, 1e12).health.pausedUntil).toBe(THROTTLE_ASKED_MAX_MS);
  });

  test('holds although a message sent before it is delivered afterwards', () => {
    const { health } = attempt(attempt(HEALTHY, 'throttled', 0, 60_000).health, 'delivered', 10);
    expect(health).toMatchObject({ pausedUntil: 60_000, failures: 0 });
    expect(attempt(health, 'delivered', 60_001).health).toEqual(HEALTHY);
  });

  test('of a trial counts where it is longer than the pause of the open circuit', () => {
    const trial = onTrial(failed(FAILURES_TO_OPEN), 60_000);
    expect(attempt(trial, 'throttled', 40_000, 1_800_000).health.pausedUntil).toBe(1_840_000);
  });
});

describe('switching off', () => {
  test('at once where the receiver answers 410 Gone', () => {
    expect(attempt(HEALTHY, 'gone', 0).disable).toBe('gone');
  });

  test('after 120 hours of failure', () => {
    const long = { ...failed(FAILURES_TO_OPEN), failures: 30 };
    expect(attempt(long, 'failed', DISABLE_AFTER_MS - 1).disable).toBeNull();
    expect(attempt(long, 'failed', DISABLE_AFTER_MS).disable).toBe('failing');
  });

  test('not after two failures with nothing to send between them', () => {
    expect(attempt(failed(1), 'failed', 200 * HOUR).disable).toBeNull();
  });

  test('a success restarts the count', () => {
    const well = attempt({ ...failed(30) }, 'delivered', 119 * HOUR).health;
    expect(attempt(well, 'failed', 120 * HOUR).health.failingSince).toBe(120 * HOUR);
  });
});

test('after any history, a channel is tried again within the hour and never by two trials', () => {
  const event = fc.record({
    outcome: fc.constantFrom(...ATTEMPT_OUTCOMES),
    afterMs: fc.integer({ min: 0, max: 2 * HOUR }),
    retryAfterMs: fc.option(fc.integer({ min: 0, max: 10 * HOUR })),
  });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), (events) => {
      let health = HEALTHY;
      let now = 0;
      for (const { outcome, afterMs, retryAfterMs } of events) {
        now += afterMs;
        if (slotsOf(health, 0, now) > 0 && health.circuit !== 'closed') {
          health = onTrial(health, now + 20_000);
          expect(slotsOf(health, 1, now)).toBe(0);
        }
        health = attempt(health, outcome, now, retryAfterMs).health;
        expect(slotsOf(health, 0, now + HOUR)).toBeGreaterThan(0);
        expect(health.failures === 0).toBe(health.failingSince === null);
      }
    }),
  );
});
