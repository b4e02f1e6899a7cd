import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BusyJob, type DeployedJob, isFailure, releaseJobs, type ReleaseQuestion } from './index.ts';

const job = (ordinal: number, more: Partial<DeployedJob> = {}): DeployedJob => ({
  id: `j${ordinal}`,
  gatewayId: `g${ordinal}`,
  ordinal,
  group: null,
  peers: [],
  openUntil: null,
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
  busy: [],
  ...more,
});
const NOW = 100;
const busyJob = (more: Partial<BusyJob> = {}): BusyJob => ({
  id: 'x',
  gatewayId: 'gx',
  group: null,
  peers: [],
  ...more,
});
const released = (asked: ReleaseQuestion) => releaseJobs(asked, NOW).release.map(({ id }) => id);
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
      question([job(1, { group: 'a' })], { busy: [busyJob({ group: 'a' })] }),
      [],
      'running',
    ],
    [
      'nor one that stands in for one that is busy elsewhere, by what it was made with',
      question([job(1, { peers: ['gx'] })], { busy: [busyJob()] }),
      [],
      'running',
    ],
    [
      'nor one for which a busy one stands in, by what that was made with',
      question([job(1)], { busy: [busyJob({ peers: ['g1'] })] }),
      [],
      'running',
    ],
    [
      'nor two that stand in for each other',
      question([job(1, { peers: ['g2'] }), job(2), job(3)]),
      ['j1', 'j3'],
      'running',
    ],
    [
      'nor a gateway that is being changed',
      question([job(1)], { busy: [busyJob({ gatewayId: 'g1' })] }),
      [],
      'running',
    ],
    ['waits for windows', question([job(1), job(2, { openUntil: 300 })], { mode: 'window' }), ['j2'], 'running'],
    [
      'goes on in the next window where one passed, also while it counts as busy itself',
      question([job(1, { ...SENT, windowUntil: 50, openUntil: 300 })], {
        mode: 'window',
        busy: [busyJob({ id: 'j1', gatewayId: 'g1' })],
      }),
      ['j1'],
      'running',
    ],
    [
      'does not go on while its window lasts',
      question([job(1, { ...SENT, windowUntil: 300, openUntil: 300 })], { mode: 'window' }),
      [],
      'running',
    ],
    ['is over once all ended', question([job(1, CONFIRMED), job(2, CONFIRMED)]), [], 'over'],
    ['that was cancelled sends nothing', question([job(1)], { state: 'cancelled' }), [], 'cancelled'],
  ])('%s', ([, asked, ids, state]) => {
    expect(released(asked)).toEqual(ids);
    expect(releaseJobs(asked, NOW).state).toBe(state);
  });

  test('gives a job no longer than the window lasts', () => {
    const asked = question([job(1, { openUntil: 300 }), job(2, { openUntil: 3000 })], { mode: 'window' });
    expect(releaseJobs(asked, NOW).release.map(({ windowUntil }) => windowUntil)).toEqual([300, 3000]);
    expect(releaseJobs(question([job(1, { openUntil: 300 })]), NOW).release[0]!.windowUntil).toBeNull();
  });

  test('says of one whose window passed that it waits for the next', () => {
    const asked = question([job(1, { ...SENT, windowUntil: 50 }), job(2)], { mode: 'window' });
    expect(releaseJobs(asked, NOW)).toMatchObject({
      state: 'running',
      wait: [
        { id: 'j1', reason: 'window-passed' },
        { id: 'j2', reason: 'window' },
      ],
    });
  });

  test('says why each of the others waits', () => {
    const asked = question([job(1), job(2), job(3)], {
      mode: 'stepwise',
      busy: [busyJob({ gatewayId: 'g1' })],
    });
    expect(releaseJobs(asked, NOW).wait).toEqual([
      { id: 'j1', reason: 'gateway' },
      { id: 'j3', reason: 'turn' },
    ]);
  });

  test('whatever the jobs are: a group once, sent ones never again, and each that waits has a reason or is sent', () => {
    const some = fc.record({
      group: fc.constantFrom(null, 'a', 'b'),
      state: fc.constantFrom('waiting' as const, 'confirmed' as const, 'reverted' as const),
      releasedAt: fc.constantFrom(null, 5),
      windowUntil: fc.constantFrom(null, 50, 300),
      openUntil: fc.constantFrom(null, 400),
    });
    const mode = fc.constantFrom('now' as const, 'window' as const, 'stepwise' as const);
    fc.assert(
      fc.property(fc.array(some, { maxLength: 8 }), mode, fc.boolean(), (parts, how, stopOnFailure) => {
        const jobs = parts.map((part, at) => job(at, part));
        const answer = releaseJobs(question(jobs, { mode: how, stopOnFailure }), NOW);
        const sent = answer.release.map(({ id }) => jobs.find((one) => one.id === id)!);
        const groups = sent.map(({ group }) => group).filter((group) => group !== null);
        expect(new Set(groups).size).toBe(groups.length);
        const isDue = ({ state, releasedAt, windowUntil }: DeployedJob) =>
          state === 'waiting' && (releasedAt === null || windowUntil === 50);
        expect(sent.every(isDue)).toBe(true);
        if (how === 'stepwise') expect(sent.length).toBeLessThanOrEqual(1);
        if (stopOnFailure && jobs.some(isFailure)) expect(sent).toEqual([]);
        const waiting = jobs.filter(isDue);
        expect(answer.release.length + answer.wait.length).toBe(waiting.length);
      }),
      { numRuns: 100 },
    );
  });
});
