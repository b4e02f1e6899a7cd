import { describe, expect, test } from 'vitest';
import { calendarDay, clockTime, duration, fullMoment, moment, shortDuration, zoneLabel } from './time.ts';

const winter = Date.parse('2026-11-23T13:02:09Z');
const summer = Date.parse('2026-07-01T13:02:09Z');

describe('moments', () => {
  test.for([
    [winter, 'UTC', 'UTC'],
    [winter, 'Europe/London', 'GMT'],
    [summer, 'Europe/London', 'GMT+1'],
    [winter, 'America/Toronto', 'GMT-5'],
    [winter, 'Asia/Kolkata', 'GMT+5:30'],
  ] as const)('%i in %s is labelled %s', ([at, zone, label]) => {
    expect(zoneLabel(at, zone)).toBe(label);
  });

  test('a time of today shows no date, one of yesterday does, one of last year shows the year', () => {
    const hour = 3_600_000;
    expect(moment(winter, 'Europe/Berlin', winter + hour)).toBe('14:02 Berlin');
    expect(moment(winter, 'Europe/Berlin', winter + 24 * hour)).toBe('23 Nov 14:02 Berlin');
    expect(moment(winter, 'Europe/Berlin', winter + 60 * 24 * hour)).toBe('23 Nov 2026 14:02 Berlin');
  });

  test.for([
    ['Australia/Sydney', '00:02 Sydney'],
    ['America/New_York', '08:02 New York'],
    ['America/Argentina/Buenos_Aires', '10:02 Buenos Aires'],
    ['UTC', '13:02 UTC'],
    ['Etc/GMT+5', '08:02 GMT-5'],
  ] as const)('a zone is said by its city: %s', ([zone, words]) => {
    expect(moment(winter, zone, winter)).toBe(words);
  });

  test('today is decided in the zone shown', () => {
    const lateEvening = Date.parse('2026-11-23T23:30:00Z');
    const nextMorning = Date.parse('2026-11-24T06:00:00Z');
    expect(moment(lateEvening, 'UTC', nextMorning)).toContain('23 Nov');
    expect(moment(lateEvening, 'Asia/Tokyo', nextMorning)).toBe('08:30 Tokyo');
  });

  test('midnight is 00:00, not 24:00', () => {
    expect(clockTime(Date.parse('2026-11-23T00:00:00Z'), 'UTC', true)).toBe('00:00:00');
  });

  test('the full form names the zone', () => {
    expect(fullMoment(winter, 'Europe/Berlin')).toBe('Mon, 23 Nov 2026, 14:02:09 GMT+1 (Europe/Berlin)');
    expect(fullMoment(winter, 'UTC')).toBe('Mon, 23 Nov 2026, 13:02:09 UTC');
  });

  test('a day has its year only where it is needed', () => {
    expect(calendarDay(winter, 'UTC', winter)).toBe('23 Nov');
    expect(calendarDay(winter, 'UTC', winter + 366 * 86_400_000)).toBe('23 Nov 2026');
  });
});

describe('durations', () => {
  test.for([
    [-5, '0 s'],
    [999, '0 s'],
    [45_000, '45 s'],
    [60_000, '1 min'],
    [725_000, '12 min 5 s'],
    [3_600_000, '1 h'],
    [8_040_000, '2 h 14 min'],
    [273_600_000, '3 d 4 h'],
    [86_400_000 + 59_000, '1 d'],
  ] as const)('%i ms is %s', ([ms, text]) => {
    expect(duration(ms)).toBe(text);
  });

  test('the short form keeps the largest unit', () => {
    expect(shortDuration(8_040_000)).toBe('2 h');
  });
});
