import { systemClock, type Clock } from '../core/clock.ts';

/** The system's clock with intervals that pass `times` as fast, so that tests with real sockets wait less. */
export function fastClock(times: number, wallAheadMs: () => number = () => 0): Clock {
  return {
    now: () => systemClock.now() + wallAheadMs(),
    monotonicMs: () => systemClock.monotonicMs() * times,
    schedule: (delayMs, run) => systemClock.schedule(delayMs / times, run),
  };
}
