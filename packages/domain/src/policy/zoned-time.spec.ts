import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  dateOf,
  dayNumberOf,
  daysInMonth,
  formatLocalDate,
  formatLocalTime,
  instantOf,
  localOf,
  offsetAt,
  parseLocalDate,
  parseLocalTime,
  weekdayOf,
} from './zoned-time.ts';

const ZONES = [
  'UTC',
  'Europe/London',
  'Europe/Zurich',
  'America/New_York',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Apia',
  'Africa/Casablanca',
];
const at = (day: string, time: string, zone: string) =>
  instantOf(dayNumberOf(parseLocalDate(day)), parseLocalTime(time), zone);

describe('the calendar', () => {
  test('day numbers and dates convert to each other, as Date counts them', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 100_000 }), (day) => {
        const date = new Date(day * 86_400_000);
        expect(dateOf(day)).toEqual({
          year: date.getUTCFullYear(),
          month: date.getUTCMonth() + 1,
          day: date.getUTCDate(),
        });
        expect(dayNumberOf(dateOf(day))).toBe(day);
        expect(weekdayOf(day)).toBe(date.getUTCDay() === 0 ? 7 : date.getUTCDay());
      }),
    );
  });
  test.for([
    [2028, 2, 29],
    [2026, 2, 28],
    [2100, 2, 28],
    [2000, 2, 29],
    [2026, 12, 31],
    [2026, 4, 30],
  ] as const)('%i-%i has %i days', ([year, month, days]) => {
    expect(daysInMonth(year, month)).toBe(days);
  });
  test.for(['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', 'today', ''])('%j is no date', (text) => {
    expect(() => parseLocalDate(text)).toThrow(RangeError);
  });
  test.for(['24:00', '8:30', '12:60', '', '12:00:00'])('%j is no time', (text) => {
    expect(() => parseLocalTime(text)).toThrow(RangeError);
  });
  test('formatted texts parse back', () => {
    expect(formatLocalDate(parseLocalDate('2026-03-09'))).toBe('2026-03-09');
    expect(formatLocalTime(parseLocalTime('07:05'))).toBe('07:05');
  });
});

describe('when local clocks show a time', () => {
  test.for([
    // The usual case.
    ['Europe/London', '2026-11-23', '12:00', '2026-11-23T12:00:00Z', true],
    ['Europe/London', '2026-07-01', '12:00', '2026-07-01T11:00:00Z', true],
    ['Asia/Kathmandu', '2026-07-01', '12:00', '2026-07-01T06:15:00Z', true],
    // Clocks put forward: the time does not exist and is later by the same amount.
    ['Europe/Zurich', '2026-03-29', '02:30', '2026-03-29T01:30:00Z', false],
    ['Europe/Zurich', '2026-03-29', '03:00', '2026-03-29T01:00:00Z', true],
    ['America/New_York', '2026-03-08', '02:00', '2026-03-08T07:00:00Z', false],
    ['Australia/Lord_Howe', '2026-10-04', '02:15', '2026-10-03T15:45:00Z', false],
    ['America/Sao_Paulo', '2018-11-04', '00:00', '2018-11-04T03:00:00Z', false],
    // A whole day that did not exist: Samoa crossed the date line.
    ['Pacific/Apia', '2011-12-30', '12:00', '2011-12-30T22:00:00Z', false],
    // Clocks put back: the time exists twice, the first is meant.
    ['Europe/Zurich', '2026-10-25', '02:30', '2026-10-25T00:30:00Z', true],
    ['America/New_York', '2026-11-01', '01:30', '2026-11-01T05:30:00Z', true],
    ['Australia/Lord_Howe', '2026-04-05', '01:45', '2026-04-04T14:45:00Z', true],
  ] as const)('%s %s %s is %s', ([zone, day, time, iso, exists]) => {
    const found = at(day, time, zone);
    expect(new Date(found.instant).toISOString()).toBe(new Date(iso).toISOString());
    expect(found.exists).toBe(exists);
  });

  test('a time that exists converts back to the same wall time, in every zone', () => {
    const days = fc.integer({ min: dayNumberOf({ year: 2010, month: 1, day: 1 }), max: 25_000 });
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), days, fc.integer({ min: 0, max: 1439 }), (zone, day, minutes) => {
        const { instant, exists } = instantOf(day, minutes, zone);
        const local = localOf(instant, zone);
        expect(local.day === day && local.minutes === minutes).toBe(exists);
      }),
      { numRuns: 500 },
    );
  });

  test('an instant is found by its wall time, or is the second of a time that exists twice', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), fc.integer({ min: 21_000_000, max: 36_000_000 }), (zone, minute) => {
        const instant = minute * 60_000;
        const { day, minutes } = localOf(instant, zone);
        const found = instantOf(day, minutes, zone).instant;
        expect(found).toBeLessThanOrEqual(instant);
        if (found !== instant) expect(offsetAt(found, zone)).toBeGreaterThan(offsetAt(instant, zone));
      }),
      { numRuns: 500 },
    );
  });

  test('every clock agrees with Intl, also on the day of a clock change', () => {
    const shown = (instant: number, timeZone: string) =>
      new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(instant);
    const moved = ['2026-03-29', '2026-10-25', '2026-03-08', '2026-11-01', '2026-10-03', '2026-04-04', '2026-09-26'];
    const instant = fc.oneof(
      fc.integer({ min: 21_000_000, max: 36_000_000 }).map((minute) => minute * 60_000),
      fc
        .tuple(fc.constantFrom(...moved), fc.integer({ min: 0, max: 2880 }))
        .map(([day, minute]) => Date.parse(day) + minute * 60_000),
    );
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), instant, (zone, at) => {
        const { day, minutes } = localOf(at, zone);
        expect(`${formatLocalDate(dateOf(day))} ${formatLocalTime(minutes)}`).toBe(shown(at, zone));
      }),
      { numRuns: 1000 },
    );
  });

  test('an unknown zone is refused', () => {
    expect(() => offsetAt(0, 'Mars/Olympus')).toThrow(RangeError);
  });
});
