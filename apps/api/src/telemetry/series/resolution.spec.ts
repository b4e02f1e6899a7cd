import { describe, expect, test } from 'vitest';
import { rangeOf, resolutionFor } from './resolution.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-11-23T12:00:00Z');
const retention = { rawHours: 48, hourlyDays: 400 };
const iso = (ms: number) => new Date(ms).toISOString();

describe('rangeOf', () => {
  test.for([
    ['no range: the last day', {}, [NOW - DAY, NOW]],
    ['from alone: until now', { from: iso(NOW - HOUR) }, [NOW - HOUR, NOW]],
    ['to alone: the day before it', { to: iso(NOW - DAY) }, [NOW - 2 * DAY, NOW - DAY]],
    ['an end in the future is now', { from: iso(NOW - HOUR), to: iso(NOW + DAY) }, [NOW - HOUR, NOW]],
    ['backwards', { from: iso(NOW - HOUR), to: iso(NOW - DAY) }, null],
    ['of no length', { from: iso(NOW - HOUR), to: iso(NOW - HOUR) }, null],
    ['wholly in the future', { from: iso(NOW + HOUR), to: iso(NOW + DAY) }, null],
  ] as const)('%s', ([, query, expected]) => {
    const range = rangeOf(query, NOW);
    expect(range === null ? null : [range.fromMs, range.toMs]).toEqual(expected);
  });
});

describe('resolutionFor', () => {
  test.for([
    ['an hour of today', NOW - HOUR, NOW, 'raw'],
    ['all that is kept raw', NOW - 48 * HOUR, NOW, 'raw'],
    ['a moment more', NOW - 48 * HOUR - 1, NOW, 'hour'],
    ['an hour of last week', NOW - 7 * DAY, NOW - 7 * DAY + HOUR, 'hour'],
    ['a month', NOW - 30 * DAY, NOW, 'hour'],
    ['more hours than a chart has room for', NOW - 63 * DAY, NOW, 'day'],
    ['a day of which no hours are kept', NOW - 401 * DAY, NOW - 400.5 * DAY, 'day'],
    ['five years', NOW - 1825 * DAY, NOW, 'day'],
  ] as const)('%s', ([, fromMs, toMs, expected]) => {
    expect(resolutionFor({ fromMs, toMs }, retention, NOW)).toBe(expected);
  });
});
