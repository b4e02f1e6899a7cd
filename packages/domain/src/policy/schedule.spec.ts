import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { onCallAt, type OnCallSchedule, type RotationLayer, shiftsBetween } from './schedule.ts';

const ms = (iso: string) => Date.parse(iso);
const layer = (more: Partial<RotationLayer> = {}): RotationLayer => ({
  userIds: ['ann', 'bob', 'cid'],
  startsOn: '2026-11-23',
  handOverAt: '09:00',
  turn: 'day',
  only: null,
  ...more,
});
const schedule = (more: Partial<OnCallSchedule> = {}): OnCallSchedule => ({
  timeZone: 'Europe/Zurich',
  layers: [layer()],
  overrides: [],
  ...more,
});
const who = (one: OnCallSchedule, iso: string) => onCallAt(one, ms(iso)).userId;

describe('who is on call', () => {
  test.for([
    ['nobody before the first hand-over', '2026-11-23T07:59:59Z', null],
    ['the first after it', '2026-11-23T08:00:00Z', 'ann'],
    ['until the next', '2026-11-24T07:59:59Z', 'ann'],
    ['then the second', '2026-11-24T08:00:00Z', 'bob'],
    ['after the last the first again', '2026-11-26T08:00:00Z', 'ann'],
  ] as const)('by day: %s', ([, now, expected]) => {
    expect(who(schedule(), now)).toBe(expected);
  });
  test.for([
    ['week', '2026-11-30T07:59:59Z', 'ann'],
    ['week', '2026-11-30T08:00:00Z', 'bob'],
    ['two-weeks', '2026-12-07T07:59:59Z', 'ann'],
    ['two-weeks', '2026-12-07T08:00:00Z', 'bob'],
  ] as const)('by %s, at %s: %s', ([turn, now, expected]) => {
    expect(who(schedule({ layers: [layer({ turn })] }), now)).toBe(expected);
  });
  test('the local hour of the hand-over stays over summer time', () => {
    const spring = schedule({ layers: [layer({ startsOn: '2026-03-28' })] });
    expect(who(spring, '2026-03-29T06:59:59Z')).toBe('ann');
    expect(who(spring, '2026-03-29T07:00:00Z')).toBe('bob');
  });
  test('a hand-over at an hour that a clock change skips is later by the same amount', () => {
    const night = schedule({ layers: [layer({ startsOn: '2026-03-28', handOverAt: '02:30' })] });
    expect(who(night, '2026-03-29T01:29:59Z')).toBe('ann');
    expect(who(night, '2026-03-29T01:30:00Z')).toBe('bob');
  });
  test('the layer further down wins while it is active', () => {
    const office = layer({
      userIds: ['desk'],
      turn: 'week',
      only: { weekdays: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' },
    });
    const both = schedule({ layers: [layer(), office] });
    expect(who(both, '2026-11-24T12:00:00Z')).toBe('desk');
    expect(who(both, '2026-11-24T19:00:00Z')).toBe('bob');
    expect(who(both, '2026-11-28T12:00:00Z')).toBe('cid');
  });
  test('an override wins over all; of two the one that begins later', () => {
    const covered = schedule({
      overrides: [
        { userId: 'eve', from: ms('2026-11-24T10:00:00Z'), to: ms('2026-11-24T14:00:00Z') },
        { userId: 'fay', from: ms('2026-11-24T12:00:00Z'), to: ms('2026-11-24T13:00:00Z') },
      ],
    });
    expect(['09:59', '10:00', '12:30', '13:30', '14:00'].map((time) => who(covered, `2026-11-24T${time}:00Z`))).toEqual(
      ['bob', 'eve', 'fay', 'eve', 'bob'],
    );
  });
});

describe('shifts', () => {
  test('a day with a gap, a hand-over and an override', () => {
    const day = schedule({
      overrides: [{ userId: 'eve', from: ms('2026-11-24T10:00:00Z'), to: ms('2026-11-24T11:00:00Z') }],
    });
    const from = ms('2026-11-23T00:00:00Z');
    expect(
      shiftsBetween(day, from, ms('2026-11-24T12:00:00Z')).map((one) => [
        new Date(one.from).toISOString().slice(8, 16),
        one.userId,
        one.override,
      ]),
    ).toEqual([
      ['23T00:00', null, false],
      ['23T08:00', 'ann', false],
      ['24T08:00', 'bob', false],
      ['24T10:00', 'eve', true],
      ['24T11:00', 'bob', false],
    ]);
  });

  test('they cover the range without holes and agree with onCallAt', () => {
    const from = ms('2026-03-20T00:00:00Z');
    const to = from + 20 * 86_400_000;
    const instant = fc.integer({ min: from - 86_400_000, max: to + 86_400_000 });
    const time = fc.constantFrom('00:00', '02:30', '09:00', '23:59');
    const layers = fc.array(
      fc.record<RotationLayer>({
        userIds: fc.subarray(['ann', 'bob', 'cid', 'dan'], { minLength: 1 }),
        startsOn: fc.constantFrom('2026-01-01', '2026-03-27', '2026-04-02'),
        handOverAt: time,
        turn: fc.constantFrom('day', 'week', 'two-weeks'),
        only: fc.option(
          fc.record({ weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }), from: time, to: time }),
        ),
      }),
      { minLength: 1, maxLength: 3 },
    );
    const overrides = fc.array(
      fc.record({ userId: fc.constantFrom('eve', 'fay'), from: instant, hours: fc.integer({ min: 1, max: 72 }) }),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(
        layers,
        overrides,
        fc.constantFrom('UTC', 'Europe/Zurich', 'Australia/Lord_Howe'),
        fc.array(fc.integer({ min: from, max: to - 1 }), { minLength: 5, maxLength: 20 }),
        (someLayers, someOverrides, timeZone, probes) => {
          const any: OnCallSchedule = {
            timeZone,
            layers: someLayers,
            overrides: someOverrides.map((one) => ({ ...one, to: one.from + one.hours * 3_600_000 })),
          };
          const shifts = shiftsBetween(any, from, to);
          expect(shifts[0]!.from).toBe(from);
          expect(shifts.at(-1)!.to).toBe(to);
          for (const [index, shift] of shifts.entries()) {
            expect(shift.to).toBeGreaterThan(shift.from);
            if (index > 0) expect(shift.from).toBe(shifts[index - 1]!.to);
          }
          for (const probe of probes) {
            const shift = shifts.find((one) => one.from <= probe && probe < one.to)!;
            expect({ userId: shift.userId, override: shift.override }).toEqual(onCallAt(any, probe));
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
