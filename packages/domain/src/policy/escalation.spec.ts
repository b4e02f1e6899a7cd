import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  beginAgain,
  beginEscalation,
  type EscalationEffect,
  type EscalationState,
  nextEscalation,
} from './escalation.ts';
import type { EscalationPolicy } from './policy.ts';

const MINUTE = 60_000;
const T0 = Date.parse('2026-11-23T20:00:00Z');
type Rules = Pick<EscalationPolicy, 'steps' | 'repeat' | 'quietHours' | 'digest'>;
const step = (waitMinutes: number, channelId: string) => ({
  waitMinutes,
  targets: [{ type: 'channel' as const, channelId }],
});
const rules = (more: Partial<Rules> = {}): Rules => ({
  steps: [step(0, 'mail'), step(10, 'chat'), step(20, 'pager')],
  repeat: { times: 0, everyMinutes: 30 },
  quietHours: null,
  digest: null,
  ...more,
});
const nights = (severities: ('minor' | 'major' | 'critical')[]) => ({
  timeZone: 'UTC',
  from: '22:00',
  to: '06:00',
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  severities,
});
const mornings = {
  timeZone: 'UTC',
  at: '08:00',
  weekdays: [1, 2, 3, 4, 5],
  severities: ['minor' as const],
  targets: [{ type: 'channel' as const, channelId: 'mail' }],
};

/** Asks again when each move is due, as the worker does; `late` delays each call. */
function run(policy: Rules, severity: 'minor' | 'major' | 'critical', until: number, late = 0, begin = T0) {
  const taken: string[] = [];
  let state = beginEscalation(policy, severity, begin);
  let at: number | null = begin;
  while (at !== null && at <= until) {
    const now: number = at + late;
    const move = nextEscalation(state, policy, severity, now);
    for (const effect of move.effects) taken.push(`${(now - begin) / MINUTE} ${nameOf(effect)}`);
    ({ state, nextAt: at } = move);
  }
  return { taken, state };
}
function nameOf(effect: EscalationEffect): string {
  return effect.type === 'digest'
    ? `digest ${new Date(effect.sendAt).toISOString().slice(0, 16)}`
    : `${effect.targets.map((target) => (target.type === 'channel' ? target.channelId : target.type)).join()} ${effect.round}.${effect.step}`;
}
const DAY = 1440 * MINUTE;

describe('steps', () => {
  test('one after the other, each after its wait', () => {
    const { taken, state } = run(rules(), 'major', T0 + DAY);
    expect(taken).toEqual(['0 mail 0.0', '10 chat 0.1', '30 pager 0.2']);
    expect(state.phase).toBe('told');
  });
  test('steps without a wait are taken together', () => {
    expect(run(rules({ steps: [step(0, 'mail'), step(0, 'chat')] }), 'major', T0 + DAY).taken).toEqual([
      '0 mail 0.0',
      '0 chat 0.1',
    ]);
  });
  test('they repeat as often as the policy states', () => {
    const twice = rules({ steps: [step(5, 'mail'), step(10, 'chat')], repeat: { times: 2, everyMinutes: 30 } });
    expect(run(twice, 'major', T0 + DAY).taken).toEqual([
      '5 mail 0.0',
      '15 chat 0.1',
      '45 mail 1.0',
      '55 chat 1.1',
      '85 mail 2.0',
      '95 chat 2.1',
    ]);
  });
  test('after an interruption the remaining steps keep their waits', () => {
    expect(run(rules(), 'major', T0 + DAY, 60 * MINUTE).taken).toEqual([
      '60 mail 0.0',
      '130 chat 0.1',
      '210 pager 0.2',
    ]);
  });
  test('called too early, nothing happens', () => {
    const state = nextEscalation(beginEscalation(rules(), 'major', T0), rules(), 'major', T0).state;
    expect(nextEscalation(state, rules(), 'major', T0 + 9 * MINUTE)).toEqual({
      state,
      effects: [],
      nextAt: T0 + 10 * MINUTE,
    });
  });
  test('a policy whose later steps were removed meanwhile is done', () => {
    const { state } = nextEscalation(beginEscalation(rules(), 'major', T0), rules(), 'major', T0);
    const shorter = nextEscalation(state, rules({ steps: [step(0, 'mail')] }), 'major', T0 + 10 * MINUTE);
    expect(shorter).toMatchObject({ effects: [], nextAt: null, state: { phase: 'told' } });
  });
  test('no longer attended, it begins at the first step, as another pass', () => {
    const taken = run(rules(), 'major', T0 + DAY).state;
    const again = beginAgain(taken, rules(), 'major', T0 + DAY);
    expect(nextEscalation(again, rules(), 'major', T0 + DAY).effects).toMatchObject([
      { type: 'notify', pass: 1, step: 0 },
    ]);
  });
});

describe('quiet hours', () => {
  const quiet = rules({ quietHours: nights(['minor', 'major']) });
  test('hold the severities they name until they are over', () => {
    const begin = T0 + 4 * 60 * MINUTE;
    expect(run(quiet, 'major', begin + DAY, 0, begin).taken).toEqual(['360 mail 0.0', '370 chat 0.1', '390 pager 0.2']);
  });
  test('a later step is held too', () => {
    const begin = T0 + 115 * MINUTE;
    expect(run(quiet, 'major', begin + DAY, 0, begin).taken).toEqual(['0 mail 0.0', '485 chat 0.1', '505 pager 0.2']);
  });
  test('never hold critical unless it is named', () => {
    const begin = T0 + 4 * 60 * MINUTE;
    expect(run(quiet, 'critical', begin, 0, begin).taken).toEqual(['0 mail 0.0']);
    const named = rules({ quietHours: nights(['critical']) });
    expect(run(named, 'critical', begin, 0, begin).taken).toEqual([]);
  });
  test('a held incident that gets worse notifies at once', () => {
    const begin = T0 + 4 * 60 * MINUTE;
    const held = nextEscalation(beginEscalation(quiet, 'major', begin), quiet, 'major', begin);
    expect(held).toMatchObject({ effects: [], state: { phase: 'quiet' }, nextAt: Date.parse('2026-11-24T06:00:00Z') });
    const worse = nextEscalation(held.state, quiet, 'critical', begin + MINUTE);
    expect(worse.effects).toMatchObject([{ type: 'notify', step: 0 }]);
  });
  test('a held incident that gets better stays held', () => {
    const begin = T0 + 4 * 60 * MINUTE;
    const held = nextEscalation(beginEscalation(quiet, 'major', begin), quiet, 'major', begin);
    expect(nextEscalation(held.state, quiet, 'minor', begin + MINUTE)).toMatchObject({
      effects: [],
      state: { phase: 'quiet', severity: 'minor' },
    });
  });
  test('that never end hold nothing', () => {
    const forever = rules({ quietHours: { ...nights(['major']), from: '08:00', to: '08:00' } });
    expect(run(forever, 'major', T0).taken).toEqual(['0 mail 0.0']);
  });
});

describe('the digest', () => {
  const policy = rules({ digest: mornings });
  test('takes the severities it names; no step is taken', () => {
    expect(run(policy, 'minor', T0 + DAY)).toMatchObject({
      taken: ['0 digest 2026-11-24T08:00'],
      state: { phase: 'digest' },
    });
  });
  test('leaves other severities to the steps', () => {
    expect(run(policy, 'major', T0).taken).toEqual(['0 mail 0.0']);
  });
  test('an incident that gets worse notifies at once', () => {
    const { state } = nextEscalation(beginEscalation(policy, 'minor', T0), policy, 'minor', T0);
    expect(nextEscalation(state, policy, 'minor', T0 + MINUTE)).toEqual({ state, effects: [], nextAt: null });
    expect(nextEscalation(state, policy, 'major', T0 + MINUTE).effects).toMatchObject([{ type: 'notify', step: 0 }]);
  });
});

test('with any policy and any delay: every step of every round once, in order, never too early', () => {
  const policy = fc.record({
    steps: fc.array(fc.integer({ min: 0, max: 600 }), { minLength: 1, maxLength: 5 }),
    times: fc.integer({ min: 0, max: 5 }),
    everyMinutes: fc.integer({ min: 1, max: 600 }),
    quiet: fc.boolean(),
  });
  const delays = fc.array(fc.integer({ min: 0, max: 300 * MINUTE }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(policy, delays, ({ steps, times, everyMinutes, quiet }, lateBy) => {
      const any = rules({
        steps: steps.map((wait, index) => step(wait, `c${index}`)),
        repeat: { times, everyMinutes },
        quietHours: quiet ? nights(['major']) : null,
      });
      let state: EscalationState = beginEscalation(any, 'major', T0);
      const taken: { round: number; step: number; at: number }[] = [];
      let at: number | null = T0;
      for (let asked = 0; at !== null; asked += 1) {
        expect(asked).toBeLessThan(500);
        const now: number = at + lateBy[asked % lateBy.length]!;
        // Stored, and continued by another process.
        state = JSON.parse(JSON.stringify(state)) as EscalationState;
        const move = nextEscalation(state, any, 'major', now);
        for (const effect of move.effects) if (effect.type === 'notify') taken.push({ ...effect, at: now });
        expect(move.nextAt === null || move.nextAt > now).toBe(true);
        ({ state, nextAt: at } = move);
      }
      expect(taken.map(({ round, step: index }) => [round, index])).toEqual(
        Array.from({ length: times + 1 }, (_, round) => steps.map((_, index) => [round, index])).flat(),
      );
      for (const [index, { at: when, step: which, round }] of taken.entries()) {
        const before = index === 0 ? T0 : taken[index - 1]!.at;
        const wait = which === 0 && round > 0 ? everyMinutes : steps[which]!;
        expect(when).toBeGreaterThanOrEqual(before + wait * MINUTE);
        const hour = new Date(when).getUTCHours();
        expect(quiet && (hour >= 22 || hour < 6)).toBe(false);
      }
    }),
    { numRuns: 100 },
  );
});
