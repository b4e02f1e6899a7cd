import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { APPLY_ENDS, APPLY_STATES } from '../apply/index.ts';
import { type ConfigJob, isParked, type JobEvent, type JobReport, stepJob } from './index.ts';

const waiting: ConfigJob = {
  reads: false,
  state: 'waiting',
  since: 0,
  reason: null,
  detail: null,
  holds: 'before',
  verdict: null,
  releasedAt: null,
  reportedAt: null,
  withdrawnAt: null,
  expiresAt: 1000,
  windowUntil: null,
  knownWindow: null,
};
const sent: ConfigJob = { ...waiting, releasedAt: 10, reason: 'sent' };
const reportOf = (state: JobReport['state'], at: number, more: Partial<JobReport> = {}): JobEvent => ({
  kind: 'report',
  report: {
    at,
    state,
    since: at,
    reason: null,
    detail: null,
    holds: 'unknown',
    verdict: null,
    windowUntil: null,
    ...more,
  },
});

describe('a job', () => {
  test.for<[string, ConfigJob, JobEvent, number, Partial<ConfigJob>, boolean]>([
    [
      'is released',
      waiting,
      { kind: 'release', windowUntil: 500 },
      20,
      { releasedAt: 20, expiresAt: 1000, windowUntil: 500, reason: 'sent' },
      true,
    ],
    [
      'is not released twice',
      sent,
      { kind: 'release', windowUntil: 500 },
      20,
      { releasedAt: 10, windowUntil: null },
      false,
    ],
    ['is not released too late', waiting, { kind: 'release', windowUntil: 2000 }, 1000, { releasedAt: null }, false],
    [
      'that was not sent is withdrawn here',
      waiting,
      { kind: 'withdraw', reason: 'withdrawn' },
      20,
      { state: 'failed', reason: 'withdrawn', holds: 'before' },
      false,
    ],
    [
      'that was sent is withdrawn by its agent',
      sent,
      { kind: 'withdraw', reason: 'superseded' },
      20,
      { state: 'waiting', withdrawnAt: 20 },
      true,
    ],
    [
      'that was not sent expires',
      waiting,
      { kind: 'tick' },
      1000,
      { state: 'failed', reason: 'expired', holds: 'before' },
      false,
    ],
    ['that was not sent waits until then', waiting, { kind: 'tick' }, 999, { state: 'waiting' }, false],
    [
      'that reads and was sent ends with its time',
      { ...sent, reads: true },
      { kind: 'tick' },
      1000,
      { state: 'failed', reason: 'expired', holds: 'before' },
      false,
    ],
    ['that reads does not end before', { ...sent, reads: true }, { kind: 'tick' }, 999, { state: 'waiting' }, false],
    ['that was sent never ends by silence', sent, { kind: 'tick' }, 1e12, { state: 'waiting', reason: 'sent' }, false],
    ['says why it waits', waiting, { kind: 'wait', reason: 'window' }, 20, { reason: 'window', since: 20 }, false],
    ['takes a report', sent, reportOf('applying', 30), 31, { state: 'applying', reportedAt: 30, since: 30 }, false],
    ['that was not sent takes no report', waiting, reportOf('confirmed', 30), 31, { state: 'waiting' }, false],
  ])('%s', ([, before, event, now, after, send]) => {
    const step = stepJob(before, event, now);
    expect(step.job).toMatchObject(after);
    expect(step.send).toBe(send);
  });

  const windowed: ConfigJob = { ...sent, windowUntil: 300 };
  const next: JobEvent = { kind: 'release', windowUntil: 900 };
  test.for<[string, ConfigJob, JobEvent, number, Partial<ConfigJob>, boolean]>([
    ['is released again in the next', windowed, next, 700, { windowUntil: 900, releasedAt: 10, since: 700 }, true],
    ['is not released again before it is over', windowed, next, 299, { windowUntil: 300 }, false],
    ['is not released again after its own time', windowed, next, 1000, { windowUntil: 300 }, false],
    ['never fails with it', windowed, { kind: 'tick' }, 1e12, { state: 'waiting' }, false],
    [
      'says so where its agent said nothing',
      windowed,
      { kind: 'wait', reason: 'window-passed' },
      400,
      { reason: 'window-passed', since: 400 },
      false,
    ],
    [
      'keeps what its agent said',
      { ...windowed, reason: 'offline' },
      { kind: 'wait', reason: 'window-passed' },
      400,
      { reason: 'offline', since: 0 },
      false,
    ],
    [
      'begins in no other once it was begun',
      { ...windowed, state: 'applying' },
      next,
      700,
      { windowUntil: 300, state: 'applying' },
      false,
    ],
  ])('whose window passed %s', ([, before, event, now, after, send]) => {
    const step = stepJob(before, event, now);
    expect(step.job).toMatchObject(after);
    expect(step.send).toBe(send);
  });

  test('is known to wait for another window only by a report of that very window', () => {
    const parked = stepJob(windowed, reportOf('waiting', 310, { reason: 'window', windowUntil: 300 }), 320).job;
    expect(isParked(parked, 320)).toBe(true);
    expect(isParked(parked, 299)).toBe(false);
    expect(isParked(windowed, 320)).toBe(false);
    const former = stepJob(windowed, reportOf('waiting', 310, { reason: 'window', windowUntil: 200 }), 320).job;
    expect(isParked(former, 320)).toBe(false);
    const offline = stepJob(windowed, reportOf('waiting', 310, { reason: 'offline', windowUntil: 300 }), 320).job;
    expect(isParked(offline, 320)).toBe(false);
    expect(isParked({ ...parked, state: 'applying' }, 320)).toBe(false);
    expect(isParked(stepJob(parked, next, 700).job, 700)).toBe(false);
  });

  test('does not go back by a report that was late', () => {
    const applied = stepJob(sent, reportOf('applied-unconfirmed', 50), 51).job;
    expect(stepJob(applied, reportOf('applying', 40), 60).job).toBe(applied);
    expect(stepJob(applied, reportOf('applying', 60), 61).job).toBe(applied);
    const done = stepJob(applied, reportOf('confirmed', 70, { verdict: 'works', holds: 'after' }), 71).job;
    expect(stepJob(done, reportOf('failed', 80), 81).job).toBe(done);
  });

  test('whatever happens, is confirmed by a report alone, and never leaves an end', () => {
    const event = fc.oneof(
      fc.record({
        kind: fc.constant('release' as const),
        windowUntil: fc.option(fc.nat(2000), { nil: null }),
      }),
      fc.record({ kind: fc.constant('withdraw' as const), reason: fc.constant('withdrawn' as const) }),
      fc.record({ kind: fc.constant('wait' as const), reason: fc.constantFrom('turn' as const, 'window' as const) }),
      fc.constant({ kind: 'tick' as const }),
      fc.tuple(fc.constantFrom(...APPLY_STATES), fc.nat(2000)).map(([state, at]) => reportOf(state, at)),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(event, fc.nat(3000)), { maxLength: 12 }), (events) => {
        let job = waiting;
        for (const [one, now] of events) {
          const next = stepJob(job, one, now).job;
          if (APPLY_ENDS.has(job.state)) expect(next).toBe(job);
          if (next.state === 'confirmed' && job.state !== 'confirmed') expect(one.kind).toBe('report');
          if (next.state !== job.state && one.kind !== 'report') expect(job.releasedAt).toBeNull();
          job = next;
        }
      }),
      { numRuns: 100 },
    );
  });
});
