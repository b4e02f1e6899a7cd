import { describe, expect, test } from 'vitest';
import { compareSettings, missingForEmergency, type FoundSetting, type WantedSetting } from './compare.ts';
import type { ApplyObservation, LineFact, SiteFacts } from './facts.ts';
import { identityOf, type ExpectedGateway } from './identity.ts';
import { compareLines, type LinesResult } from './lines.ts';
import { step } from './machine.ts';
import { APPLY_REASONS } from './reasons.ts';
import { newJob, type ApplyPlan } from './state.ts';
import { verdict } from './verdict.ts';

const line = (part: Partial<LineFact> = {}): LineFact => ({
  position: 1,
  registration: 'registered',
  oper: 'in-service',
  fault: 'none',
  ...part,
});

describe('lines after a change', () => {
  const compare = (was: Partial<LineFact>, is: Partial<LineFact>, part: { must?: number[]; secret?: boolean } = {}) => {
    const { must = [], secret = false } = part;
    const result = compareLines({
      before: [line(was)],
      now: [line(is)],
      mustRegister: must,
      needsRegistration: secret,
    });
    return result.result === 'as-before' ? result.result : `${result.result} ${result.reason}`;
  };
  test.for<[string, Partial<LineFact>, Partial<LineFact>, { must?: number[]; secret?: boolean }, string]>([
    ['the same', {}, {}, {}, 'as-before'],
    ['refused now', {}, { registration: 'auth-failed' }, {}, 'worse registration-lost'],
    ['registering now', {}, { registration: 'registering' }, {}, 'worse registration-lost'],
    ['not told now', {}, { registration: null }, {}, 'unclear registration-lost'],
    [
      'not registered before, nor now',
      { registration: 'unregistered' },
      { registration: 'unregistered' },
      {},
      'unclear not-registered',
    ],
    [
      'that must register and does not',
      { registration: 'unregistered' },
      { registration: 'rejected' },
      { must: [1] },
      'worse not-registered',
    ],
    ['that must register and does', { registration: 'unregistered' }, {}, { must: [1] }, 'as-before'],
    ['that must register and is not listed', {}, {}, { must: [2] }, 'unclear not-registered'],
    ['of a model that reports no registration', { registration: null }, { registration: null }, {}, 'as-before'],
    [
      'with a hidden secret, and no registration',
      { registration: null },
      { registration: null },
      { secret: true },
      'unclear not-registered',
    ],
    ['that is not used', { registration: 'not-used' }, { registration: 'not-used' }, {}, 'as-before'],
    ['out of service', {}, { oper: 'out-of-service' }, {}, 'worse out-of-service'],
    ['with a fault', {}, { fault: 'short-circuit' }, {}, 'worse new-fault'],
    ['with the fault of before', { fault: 'short-circuit' }, { fault: 'ground-fault' }, {}, 'as-before'],
    ['whose fault is not told now', {}, { fault: null }, {}, 'unclear new-fault'],
  ])('%s', ([, was, is, part, expected]) => {
    expect(compare(was, is, part)).toBe(expected);
  });

  test('a line that is gone is not as before', () => {
    const before = [line(), line({ position: 2 })];
    const result = compareLines({ before, now: [line()], mustRegister: [], needsRegistration: false });
    expect(result).toEqual({ result: 'unclear', reason: 'registration-lost', position: 2, registration: true });
  });
});

describe('the verdict', () => {
  const lost: LinesResult = { result: 'worse', reason: 'registration-lost', position: 1, registration: true };
  const faulty: LinesResult = { result: 'worse', reason: 'new-fault', position: 1, registration: false };
  const others = (registered: number, gone: number, unknown = 0) => ({ registered, lost: gone, unknown });
  const site = (part: Partial<SiteFacts> = {}): SiteFacts => ({
    others: others(2, 0),
    sipServerAnswers: true,
    brokerReachable: true,
    ...part,
  });
  test.for<[string, LinesResult | null, SiteFacts, string]>([
    ['all as before', { result: 'as-before' }, site(), 'works'],
    ['others are registered and the server answers', lost, site(), 'config'],
    ['others are registered, the server does not answer', lost, site({ sipServerAnswers: false }), 'cannot-tell'],
    ['others are registered, the server was not asked', lost, site({ sipServerAnswers: null }), 'cannot-tell'],
    ['a fault, whatever the server does', faulty, site({ sipServerAnswers: false }), 'config'],
    ['no other gateway', lost, site({ others: others(0, 0), sipServerAnswers: false }), 'cannot-tell'],
    [
      'all lost it, and the server is silent',
      lost,
      site({ others: others(0, 2), sipServerAnswers: false }),
      'sip-server-down',
    ],
    [
      'all lost it, and the cloud is away',
      lost,
      site({ others: others(0, 2), sipServerAnswers: false, brokerReachable: false }),
      'site-offline',
    ],
    [
      'all lost it, but the server answers',
      lost,
      site({ others: others(0, 2), brokerReachable: false }),
      'cannot-tell',
    ],
    ['some lost it', lost, site({ others: others(1, 1), sipServerAnswers: false }), 'cannot-tell'],
    ['one of the others is not known', lost, site({ others: others(1, 0, 1) }), 'cannot-tell'],
    ['a fault in an outage', faulty, site({ others: others(0, 2), sipServerAnswers: false }), 'cannot-tell'],
    ['the lines were not read', null, site(), 'cannot-tell'],
  ])('%s', ([, lines, facts, expected]) => {
    expect(verdict({ ...facts, answers: true, lines })).toBe(expected);
    // A silent gateway may be without power.
    expect(verdict({ ...facts, answers: false, lines })).toBe('cannot-tell');
  });
});

describe('a read-back', () => {
  const found = (value: string | null, secret: FoundSetting['secret'] = 'none') =>
    new Map([['P47', { value, secret }]]);
  const wanted = (part: Partial<WantedSetting> = {}): WantedSetting => ({
    key: 'P47',
    value: 'a',
    secret: false,
    ...part,
  });
  test.for<[string, WantedSetting, Map<string, FoundSetting>, 'not-set' | 'default', string, number]>([
    ['with the value', wanted(), found('a'), 'not-set', 'equal', 0],
    ['with another', wanted(), found('b'), 'not-set', 'different', 0],
    ['without it', wanted(), new Map(), 'not-set', 'different', 0],
    ['without it, where defaults are left out', wanted(), new Map(), 'default', 'cannot-tell', 0],
    ['that hides it', wanted(), found(null, 'masked'), 'not-set', 'cannot-tell', 0],
    ['that hides a secret', wanted({ secret: true }), found(null, 'masked'), 'not-set', 'equal', 1],
    ['that leaves a secret out', wanted({ secret: true }), new Map(), 'not-set', 'equal', 1],
    ['that shows a secret', wanted({ secret: true }), found('a', 'plain'), 'not-set', 'equal', 0],
    ['that shows another secret', wanted({ secret: true }), found('b', 'plain'), 'not-set', 'different', 0],
    ['without what was removed', wanted({ value: null }), new Map(), 'default', 'equal', 0],
    ['with what was removed, empty', wanted({ value: null }), found(''), 'not-set', 'equal', 0],
    ['with what was removed', wanted({ value: null }), found('a'), 'not-set', 'different', 0],
  ])('%s', ([, one, settings, absentMeans, result, hiddenSecrets]) => {
    const compared = compareSettings([one], settings, absentMeans);
    expect([compared.result, compared.hiddenSecrets]).toEqual([result, hiddenSecrets]);
    if (one.secret) expect(JSON.stringify(compared.differences)).not.toMatch(/"[ab]"/);
  });

  test.for<['equals' | 'includes', string | null, boolean]>([
    ['includes', '{112|x+}', true],
    ['includes', '{x+}', false],
    ['includes', null, false],
    ['equals', '112', true],
    ['equals', '112x', false],
  ])('shows the path of emergency calls: %s %s', ([match, value, complete]) => {
    const missing = missingForEmergency([{ key: 'P47', match, value: '112' }], found(value));
    expect(missing.length === 0).toBe(complete);
  });
});

describe('the device that answers', () => {
  const gateway: ExpectedGateway = {
    driverId: 'grandstream',
    model: 'HT814',
    firmware: '1.0.63.3',
    macAddress: '00:0b:82:00:00:01',
    serialNumber: 'S1',
  };
  test.for<[string, Partial<ExpectedGateway>, Partial<ExpectedGateway>, string]>([
    ['is the same', {}, { macAddress: '000B82000001' }, 'same'],
    ['has another MAC address', {}, { macAddress: '00:0b:82:00:00:02' }, 'other'],
    ['has another serial number', {}, { serialNumber: 'S2' }, 'other'],
    ['gives no serial number', {}, { serialNumber: null }, 'unknown'],
    ['has another firmware', {}, { firmware: '1.0.63.4' }, 'other-model'],
    ['is of another driver', {}, { driverId: 'generic' }, 'other-model'],
    ['gives more than was known', { serialNumber: null, firmware: null }, {}, 'same'],
  ])('%s', ([, expected, is, result]) => {
    expect(identityOf({ ...gateway, ...expected }, { ...gateway, ...is })).toBe(result);
  });
});

describe('before anything is written', () => {
  const plan: ApplyPlan = {
    reads: false,
    notBeforeMs: 1_000_000,
    expiresAtMs: 2_000_000,
    windowUntilMs: null,
    mustRegister: [],
    acceptsReadBack: false,
    confirmWithinMs: 60_000,
    takesEffectMs: 10_000,
    checkEveryMs: 5_000,
  };
  const seen: ApplyObservation = {
    answers: true,
    identity: 'same',
    lines: [line()],
    refusal: null,
    group: 'free',
    firmware: null,
    others: { registered: 0, lost: 0, unknown: 0 },
    sipServerAnswers: null,
    brokerReachable: null,
  };
  const now = { wallMs: 1_500_000, steadyMs: 7 };
  test.for<[string, Partial<ApplyObservation>, number, [string, string | null, string]]>([
    ['it may begin', {}, 1_500_000, ['applying', null, 'keep']],
    ['too early', {}, 900_000, ['waiting', 'window', 'wait']],
    ['too late', {}, 2_000_000, ['failed', 'expired', 'end']],
    ['silent', { answers: false, lines: null, identity: 'unknown' }, 1_500_000, ['waiting', 'offline', 'wait']],
    ['not recognised', { identity: 'unknown' }, 1_500_000, ['waiting', 'offline', 'wait']],
    ['another device', { identity: 'other' }, 1_500_000, ['failed', 'other-gateway', 'end']],
    ['another firmware', { identity: 'other-model' }, 1_500_000, ['failed', 'other-model', 'end']],
    ['a line in use', { refusal: { code: 'ringing', position: 2 } }, 1_500_000, ['waiting', 'busy', 'wait']],
    ['the group is taken', { group: 'taken' }, 1_500_000, ['waiting', 'group', 'wait']],
    ['a peer is out of service', { group: 'peer-out' }, 1_500_000, ['waiting', 'group', 'wait']],
  ])('%s', ([, part, wallMs, expected]) => {
    const observation = { ...seen, ...part };
    const { job, effect } = step(plan, newJob(now), { type: 'observed', observation }, { ...now, wallMs });
    expect([job.state, job.reason, effect.do]).toEqual(expected);
  });

  test('after its window it waits for the next one, says why it did not begin, and begins there', () => {
    const windowed = { ...plan, windowUntilMs: 1_600_000 };
    const observed = (observation: ApplyObservation) => ({ type: 'observed' as const, observation });
    const at = (wallMs: number) => ({ ...now, wallMs });
    const silent = { ...seen, answers: false, lines: null };
    const offline = step(windowed, newJob(now), observed(silent), at(1_599_999)).job;
    expect(offline.reason).toBe('offline');
    const passed = step(windowed, offline, observed(seen), at(1_600_000));
    expect(passed).toMatchObject({
      job: { state: 'waiting', reason: 'window', sinceMs: 1_600_000 },
      effect: { do: 'wait' },
    });
    expect(passed.job.detail).toMatch(/window is over.*It waited: The gateway does not answer/);
    const later = step(windowed, passed.job, observed(seen), at(1_700_000)).job;
    expect([later.detail, later.sinceMs]).toEqual([passed.job.detail, 1_600_000]);
    const next = { ...plan, windowUntilMs: 1_900_000 };
    expect(step(next, later, observed(seen), at(1_800_000)).effect.do).toBe('keep');
    // Permission is proven again just before the write: not after the window either.
    const permit = { ...newJob(now), phase: 'permit' as const };
    expect(step(windowed, permit, observed(seen), at(1_600_000)).job).toMatchObject({
      phase: 'staged',
      reason: 'window',
    });
    expect(step(windowed, later, observed(seen), at(2_000_000)).job).toMatchObject({
      state: 'failed',
      reason: 'expired',
    });
  });

  test('a reading needs no permission, and ends without a change', () => {
    const reads = { ...plan, reads: true };
    const observation = { ...seen, refusal: { code: 'ringing', position: 1 } as const };
    const { job, effect } = step(reads, newJob(now), { type: 'observed', observation }, now);
    expect(effect.do).toBe('keep');
    expect(step(reads, job, { type: 'kept', secretsHidden: false }, now).job).toMatchObject({
      state: 'confirmed',
      holds: 'before',
    });
  });

  test('a reading waits while the gateway is being changed', () => {
    const reads = { ...plan, reads: true };
    const observation = { ...seen, group: 'taken' as const };
    const { job, effect } = step(reads, newJob(now), { type: 'observed', observation }, now);
    expect([job.state, job.reason, effect.do]).toEqual(['waiting', 'changing', 'wait']);
  });

  test.for<[string, { accepts: boolean; hidden: boolean; must: number[] }, RegExp | null]>([
    ['nobody accepts it', { accepts: false, hidden: false, must: [] }, /Nobody has accepted/],
    ['a person accepts the read-back', { accepts: true, hidden: false, must: [] }, null],
    ['a secret is hidden', { accepts: true, hidden: true, must: [] }, /hides a secret/],
    ['a line must register', { accepts: true, hidden: false, must: [3] }, /Port 3 must be registered/],
  ])('a model without registrations: %s', ([, { accepts, hidden, must }, why]) => {
    const own = { ...plan, acceptsReadBack: accepts, mustRegister: must };
    const observation = { ...seen, lines: [line({ registration: null })] };
    const job = { ...newJob(now), phase: 'permit' as const, secretsHidden: hidden };
    const result = step(own, job, { type: 'observed', observation }, now);
    expect(result.effect.do).toBe(why === null ? 'write' : 'end');
    if (why === null) return;
    expect(result.job).toMatchObject({ state: 'failed', reason: 'not-provable', holds: 'before' });
    expect(result.job.detail).toMatch(why);
  });

  test('it can be withdrawn, and afterwards not', () => {
    const withdrawn = step(plan, newJob(now), { type: 'withdrawn' }, now).job;
    expect([withdrawn.state, withdrawn.reason]).toEqual(['failed', 'withdrawn']);
    const written = { ...newJob(now), phase: 'check' as const };
    expect(step(plan, written, { type: 'withdrawn' }, now).job.phase).toBe('check');
  });
});

test.for(Object.entries(APPLY_REASONS))('%s has a sentence', ([, { text }]) => {
  expect(text).toMatch(/^[A-Z].+\.$/);
});
