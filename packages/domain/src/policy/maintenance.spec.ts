import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  beginningExists,
  isInMaintenance,
  type MaintenancePlan,
  type MaintenanceRecurrence,
  maintenanceNow,
  nextOccurrences,
  occurrencesBetween,
  windowCovers,
} from './maintenance.ts';

const ms = (iso: string) => Date.parse(iso);
const plan = (more: Partial<MaintenancePlan> = {}): MaintenancePlan => ({
  timeZone: 'Europe/Zurich',
  startsOn: '2026-11-23',
  startsAt: '22:00',
  durationMinutes: 240,
  recurrence: null,
  exceptions: [],
  endedAt: null,
  ...more,
});
const begins = (window: MaintenancePlan, from: string, count: number) =>
  nextOccurrences(window, ms(from), count).map((span) => new Date(span.from).toISOString().slice(0, 16));

describe('a single window', () => {
  test.for([
    ['before', '2026-11-23T20:59:59Z', false],
    ['at its beginning', '2026-11-23T21:00:00Z', true],
    ['after midnight', '2026-11-24T00:59:59Z', true],
    ['at its end', '2026-11-24T01:00:00Z', false],
    ['a day later', '2026-11-24T22:00:00Z', false],
  ] as const)('%s', ([, now, expected]) => {
    expect(isInMaintenance(plan(), ms(now)) !== null).toBe(expected);
  });
  test('is over when ended early', () => {
    const ended = plan({ endedAt: ms('2026-11-23T22:00:00Z') });
    expect(isInMaintenance(ended, ms('2026-11-23T21:59:59Z'))?.to).toBe(ms('2026-11-23T22:00:00Z'));
    expect(isInMaintenance(ended, ms('2026-11-23T22:00:00Z'))).toBeNull();
  });
  test('never was in force when ended before it began', () => {
    expect(occurrencesBetween(plan({ endedAt: ms('2026-11-23T12:00:00Z') }), 0, ms('2030-01-01T00:00:00Z'))).toEqual(
      [],
    );
  });
});

describe('repeated windows', () => {
  test.for<[string, MaintenanceRecurrence, string[]]>([
    ['every day', { every: 'day', until: null }, ['2026-11-23T21:00', '2026-11-24T21:00', '2026-11-25T21:00']],
    ['every day until one', { every: 'day', until: '2026-11-24' }, ['2026-11-23T21:00', '2026-11-24T21:00']],
    [
      'weekends',
      { every: 'week', weekdays: [6, 7], until: null },
      ['2026-11-28T21:00', '2026-11-29T21:00', '2026-12-05T21:00'],
    ],
    [
      'a day of the month',
      { every: 'month', on: { day: 15 }, until: null },
      ['2026-12-15T21:00', '2027-01-15T21:00', '2027-02-15T21:00'],
    ],
    [
      'a day that some months lack',
      { every: 'month', on: { day: 31 }, until: null },
      ['2026-12-31T21:00', '2027-01-31T21:00', '2027-03-31T20:00'],
    ],
    [
      'the second Tuesday',
      { every: 'month', on: { nth: 2, weekday: 2 }, until: null },
      ['2026-12-08T21:00', '2027-01-12T21:00', '2027-02-09T21:00'],
    ],
    [
      'the last Sunday',
      { every: 'month', on: { nth: -1, weekday: 7 }, until: null },
      ['2026-11-29T21:00', '2026-12-27T21:00', '2027-01-31T21:00'],
    ],
  ])('%s', ([, recurrence, expected]) => {
    expect(begins(plan({ recurrence }), '2026-11-23T00:00:00Z', 3)).toEqual(expected);
  });

  test('the local hour stays the same in summer time, the length is elapsed time', () => {
    const nightly = plan({
      startsOn: '2026-03-27',
      startsAt: '01:30',
      durationMinutes: 120,
      recurrence: { every: 'day', until: null },
    });
    expect(nextOccurrences(nightly, ms('2026-03-28T00:00:00Z'), 3)).toEqual([
      { from: ms('2026-03-28T00:30:00Z'), to: ms('2026-03-28T02:30:00Z') },
      { from: ms('2026-03-29T00:30:00Z'), to: ms('2026-03-29T02:30:00Z') },
      { from: ms('2026-03-29T23:30:00Z'), to: ms('2026-03-30T01:30:00Z') },
    ]);
  });
  test('a start that a clock change forward skips is later by the same amount, on that day alone', () => {
    const swallowed = plan({
      startsOn: '2026-03-28',
      startsAt: '02:30',
      durationMinutes: 30,
      recurrence: { every: 'day', until: null },
    });
    expect(begins(swallowed, '2026-03-28T00:00:00Z', 3)).toEqual([
      '2026-03-28T01:30',
      '2026-03-29T01:30',
      '2026-03-30T00:30',
    ]);
    expect(beginningExists(swallowed)).toBe(true);
    expect(beginningExists({ ...swallowed, startsOn: '2026-03-29' })).toBe(false);
  });
  test('a start time that exists twice counts once', () => {
    const twice = plan({ startsOn: '2026-10-25', startsAt: '02:30', durationMinutes: 30 });
    expect(occurrencesBetween(twice, ms('2026-10-24T00:00:00Z'), ms('2026-10-27T00:00:00Z'))).toEqual([
      { from: ms('2026-10-25T00:30:00Z'), to: ms('2026-10-25T01:00:00Z') },
    ]);
  });

  test('exceptions omit an occurrence or end it early', () => {
    const nightly = plan({
      recurrence: { every: 'day', until: null },
      exceptions: [
        { startsAt: ms('2026-11-24T21:00:00Z'), endsAt: ms('2026-11-24T21:00:00Z') },
        { startsAt: ms('2026-11-25T21:00:00Z'), endsAt: ms('2026-11-25T21:30:00Z') },
      ],
    });
    expect(nextOccurrences(nightly, ms('2026-11-24T12:00:00Z'), 2)).toEqual([
      { from: ms('2026-11-25T21:00:00Z'), to: ms('2026-11-25T21:30:00Z') },
      { from: ms('2026-11-26T21:00:00Z'), to: ms('2026-11-27T01:00:00Z') },
    ]);
  });
  test('where occurrences overlap, the later end counts', () => {
    const long = plan({ durationMinutes: 3 * 24 * 60, recurrence: { every: 'day', until: null } });
    expect(isInMaintenance(long, ms('2026-11-26T12:00:00Z'))?.to).toBe(ms('2026-11-28T21:00:00Z'));
  });
});

test('in maintenance means inside an occurrence, for any plan', () => {
  const until = fc.constantFrom(null, '2026-12-24');
  const recurrence: fc.Arbitrary<MaintenanceRecurrence | null> = fc.oneof(
    fc.constant(null),
    fc.record({ every: fc.constant('day' as const), until }),
    fc.record({
      every: fc.constant('week' as const),
      weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
      until,
    }),
    fc.record({ every: fc.constant('month' as const), on: fc.record({ day: fc.integer({ min: 1, max: 31 }) }), until }),
    fc.record({
      every: fc.constant('month' as const),
      on: fc.record({ nth: fc.constantFrom(-1, 1, 2, 3, 4), weekday: fc.integer({ min: 1, max: 7 }) }),
      until,
    }),
  );
  const from = ms('2026-11-20T00:00:00Z');
  const to = from + 60 * 86_400_000;
  fc.assert(
    fc.property(
      recurrence,
      fc.constantFrom('UTC', 'Europe/Zurich', 'America/St_Johns', 'Pacific/Chatham'),
      fc.integer({ min: 1, max: 44_640 }),
      fc.integer({ min: from, max: to }),
      (rule, timeZone, durationMinutes, now) => {
        const window = plan({ recurrence: rule, timeZone, durationMinutes });
        const spans = occurrencesBetween(window, from, to);
        const inside = spans.filter((span) => span.from <= now && now < span.to);
        const found = isInMaintenance(window, now);
        expect(found?.to ?? null).toBe(inside.length === 0 ? null : Math.max(...inside.map((span) => span.to)));
        expect(spans.map((span) => span.from)).toEqual(spans.map((span) => span.from).toSorted((a, b) => a - b));
      },
    ),
    { numRuns: 200 },
  );
});

test('windows in force by scope: the later end of two', () => {
  const windows = [
    { ...plan(), id: 'w1', scope: 'site' as const, scopeId: 's1' },
    { ...plan({ durationMinutes: 300 }), id: 'w2', scope: 'site' as const, scopeId: 's1' },
    { ...plan(), id: 'w3', scope: 'gateway' as const, scopeId: 'g1' },
    { ...plan({ startsOn: '2026-11-24' }), id: 'w4', scope: 'customer' as const, scopeId: 'c1' },
  ];
  expect(maintenanceNow(windows, ms('2026-11-23T22:00:00Z'))).toEqual(
    new Map([
      ['site:s1', { windowId: 'w2', until: ms('2026-11-24T02:00:00Z') }],
      ['gateway:g1', { windowId: 'w3', until: ms('2026-11-24T01:00:00Z') }],
    ]),
  );
});

test.for([
  ['customer', 'c1', true],
  ['customer', 'c2', false],
  ['site', 's1', true],
  ['gateway', 'g1', true],
  ['gateway', 's1', false],
] as const)('a window of %s %s covers the place: %s', ([scope, scopeId, expected]) => {
  expect(windowCovers({ scope, scopeId }, { customerId: 'c1', siteId: 's1', gatewayId: 'g1' })).toBe(expected);
});
