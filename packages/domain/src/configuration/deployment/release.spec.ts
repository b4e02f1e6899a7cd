import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DeployedJob, isFailure, releaseJobs, type ReleaseQuestion } from './index.ts';

const job = (ordinal: number, more: Partial<DeployedJob> = {}): DeployedJob => ({
  id: `j${ordinal}`,
  gatewayId: `g${ordinal}`,
  ordinal,
  group: null,
  windowUntil: null,
  state: 'waiting',
  reason: null,
  releasedAt: null,
  expiresAt: 1000,
  ...more,
});
const question = (jobs: DeployedJob[], more: Partial<ReleaseQuestion> = {}): ReleaseQuestion => ({
  mode: 'now',
  state: 'running',
  stopOnFailure: true,
  jobs,
  busyGroups: new Set(),
  busyGateways: new Set(),
  ...more,
});
const released = (asked: ReleaseQuestion) => releaseJobs(asked).release.map(({ id }) => id);
const SENT = { releasedAt: 5 } as const;
const REVERTED = { state: 'reverted', reason: 'registration-lost', releasedAt: 5 } as const;
const CONFIRMED = { state: 'confirmed', releasedAt: 5 } as const;

describe('a deployment', () => {
  test.for<[string, ReleaseQuestion, string[], string]>([
    ['sends all at once', question([job(1), job(2)]), ['j1', 'j2'], 'running'],
    ['sends one after the other, by their order', question([job(2), job(1)], { mode: 'stepwise' }), ['j1'], 'running'],
    ['waits for the one before', question([job(1, SENT), job(2)], { mode: 'stepwise' }), [], 'running'],
    ['goes on once that ended well', question([job(1, CONFIRMED), job(2)], { mode: 'stepwise' }), ['j2'], 'running'],
    ['stops where one went back', question([job(1, REVERTED), job(2)]), [], 'stopped'],
    [
      'goes on all the same where that is wanted',
      question([job(1, REVERTED), job(2)], { stopOnFailure: false }),
      ['j2'],
      'running',
    ],
    [
      'does not stop for one that was withdrawn',
      question([job(1, { state: 'failed', reason: 'withdrawn' }), job(2)]),
      ['j2'],
      'running',
    ],
    [
      'never changes two of a group at once',
      question([job(1, { group: 'a' }), job(2, { group: 'a' }), job(3)]),
      ['j1', 'j3'],
      'running',
    ],
    [
      'nor one whose group is busy elsewhere',
      question([job(1, { group: 'a' })], { busyGroups: new Set(['a']) }),
      [],
      'running',
    ],
    ['nor a gateway that is being changed', question([job(1)], { busyGateways: new Set(['g1']) }), [], 'running'],
    ['waits for windows', question([job(1), job(2, { windowUntil: 300 })], { mode: 'window' }), ['j2'], 'running'],
    ['is over once all ended', question([job(1, CONFIRMED), job(2, CONFIRMED)]), [], 'over'],
    ['that was cancelled sends nothing', question([job(1)], { state: 'cancelled' }), [], 'cancelled'],
  ])('%s', ([, asked, ids, state]) => {
    expect(released(asked)).toEqual(ids);
    expect(releaseJobs(asked).state).toBe(state);
  });

  test('gives a job no longer than the window lasts', () => {
    const asked = question([job(1, { windowUntil: 300 }), job(2, { windowUntil: 3000 })], { mode: 'window' });
    expect(releaseJobs(asked).release.map(({ expiresAt }) => expiresAt)).toEqual([300, 1000]);
  });

  test('says why each of the others waits', () => {
    const asked = question([job(1), job(2), job(3)], { mode: 'stepwise', busyGateways: new Set(['g1']) });
    expect(releaseJobs(asked).wait).toEqual([
      { id: 'j1', reason: 'gateway' },
      { id: 'j3', reason: 'turn' },
    ]);
  });

  test('whatever the jobs are: a group once, sent ones never again, and each that waits has a reason or is sent', () => {
    const some = fc.record({
      group: fc.constantFrom(null, 'a', 'b'),
      state: fc.constantFrom('waiting' as const, 'confirmed' as const, 'reverted' as const),
      releasedAt: fc.constantFrom(null, 5),
      windowUntil: fc.constantFrom(null, 300),
    });
    const mode = fc.constantFrom('now' as const, 'window' as const, 'stepwise' as const);
    fc.assert(
      fc.property(fc.array(some, { maxLength: 8 }), mode, fc.boolean(), (parts, how, stopOnFailure) => {
        const jobs = parts.map((part, at) => job(at, part));
        const answer = releaseJobs(question(jobs, { mode: how, stopOnFailure }));
        const sent = answer.release.map(({ id }) => jobs.find((one) => one.id === id)!);
        const groups = sent.map(({ group }) => group).filter((group) => group !== null);
        expect(new Set(groups).size).toBe(groups.length);
        expect(sent.every(({ state, releasedAt }) => state === 'waiting' && releasedAt === null)).toBe(true);
        if (how === 'stepwise') expect(sent.length).toBeLessThanOrEqual(1);
        if (stopOnFailure && jobs.some(isFailure)) expect(sent).toEqual([]);
        const waiting = jobs.filter(({ state, releasedAt }) => state === 'waiting' && releasedAt === null);
        expect(answer.release.length + answer.wait.length).toBe(waiting.length);
      }),
      { numRuns: 100 },
    );
  });
});
