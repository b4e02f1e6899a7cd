import { describe, expect, test } from 'vitest';
import { CloudTime } from './cloud-time.ts';

const TRUE = Date.UTC(2026, 10, 29, 12);
const HOUR = 3_600_000;

/** A machine whose wall clock is `wrongMs` off; `passed` is the true time since it started. */
function machine(wrongMs: number) {
  const state = { passed: 0, wrongMs };
  const time = new CloudTime({
    now: () => TRUE + state.passed + state.wrongMs,
    monotonicMs: () => 5_000 + state.passed,
    schedule: () => () => undefined,
  });
  return { state, time, synchronise: (delayMs = 20) => time.synchronise(TRUE + state.passed - delayMs) };
}

describe('the time of readings', () => {
  test.for([
    ['two hours behind', -2 * HOUR],
    ['two hours ahead', 2 * HOUR],
    ['forty seconds behind', -40_000],
  ] as const)('is right with a wall clock that is %s, once the cloud has answered', ([, wrongMs]) => {
    const { state, time, synchronise } = machine(wrongMs);
    expect(time.clock.now()).toBe(TRUE + wrongMs);
    expect(time.wallAheadMs).toBeNull();
    synchronise();
    state.passed = 10_000;
    expect(Math.abs(time.clock.now() - TRUE - 10_000)).toBeLessThan(100);
    expect(Math.abs((time.wallAheadMs as number) - wrongMs)).toBeLessThan(100);
  });

  test('does not jump when the clock is set, wrong or right again', () => {
    const { state, time, synchronise } = machine(0);
    synchronise();
    let before = time.clock.now();
    for (const wrongMs of [-2 * HOUR, 3 * HOUR, 0]) {
      state.passed += 1_000;
      state.wrongMs = wrongMs;
      const now = time.clock.now();
      expect(Math.abs(now - before - 1_000)).toBeLessThan(100);
      before = now;
    }
    expect(Math.abs(time.wallAheadMs as number)).toBeLessThan(100);
  });

  test('is not delayed by late acknowledgements', () => {
    const { state, time, synchronise } = machine(0);
    synchronise();
    for (const delayMs of [30_000, 90_000]) {
      state.passed += 10_000;
      synchronise(delayMs);
      expect(time.clock.now()).toBe(TRUE + state.passed);
    }
  });

  test('follows the cloud again after the machine slept, and drops old estimates', () => {
    const { state, time, synchronise } = machine(0);
    synchronise();
    state.passed += 2 * HOUR;
    // A drift of the monotonic clock by 10 s: estimates of two hours ago no longer count.
    time.synchronise(TRUE + state.passed - 10_000);
    expect(time.wallAheadMs).toBe(10_000);
  });

  test('is the wall clock itself while it is right to two seconds', () => {
    const { time, synchronise } = machine(1_500);
    synchronise();
    expect(time.clock.now()).toBe(TRUE + 1_500);
  });
});
