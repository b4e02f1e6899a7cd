import type { Recurrence } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { hoursWords, recurrenceWords, windowSentence } from './recurrence-words.ts';

describe('a maintenance window in words', () => {
  test.for<[Recurrence, string]>([
    [{ every: 'day', until: null }, 'every day'],
    [{ every: 'week', weekdays: [1, 4], until: null }, 'every Monday and Thursday'],
    [{ every: 'week', weekdays: [1, 2, 3, 4, 5], until: null }, 'every Monday to Friday'],
    [{ every: 'week', weekdays: [1, 2, 3, 4, 5, 6, 7], until: null }, 'every day'],
    [{ every: 'month', on: { day: 31 }, until: null }, 'every month on day 31'],
    [{ every: 'month', on: { nth: 2, weekday: 2 }, until: null }, 'every month on the second Tuesday'],
    [{ every: 'month', on: { nth: -1, weekday: 7 }, until: null }, 'every month on the last Sunday'],
  ])('%j is "%s"', ([recurrence, words]) => {
    expect(recurrenceWords(recurrence)).toBe(words);
  });

  test.for([
    ['02:00', 120, '02:00 to 04:00'],
    ['23:00', 120, '23:00 to 01:00 of the next day'],
    ['22:00', 120, '22:00 to 00:00 of the next day'],
    ['00:00', 1440, 'from 00:00 for 1 day'],
    ['08:00', 3000, 'from 08:00 for 2 days and 2 hours'],
  ] as const)('beginning at %s for %i minutes: %s', ([startsAt, minutes, words]) => {
    expect(hoursWords(startsAt, minutes)).toBe(words);
  });

  test('a window once, and one that comes again until a day', () => {
    const plan = { startsOn: '2026-11-23', startsAt: '02:00', durationMinutes: 60, timeZone: 'Europe/Berlin' };
    expect(windowSentence({ ...plan, recurrence: null })).toBe(
      'Once, on Monday, 23 November 2026, 02:00 to 03:00 (Europe/Berlin).',
    );
    expect(windowSentence({ ...plan, recurrence: { every: 'week', weekdays: [1], until: '2027-03-01' } })).toBe(
      'Every Monday, 02:00 to 03:00 (Europe/Berlin), from 23 November 2026, until 1 March 2027.',
    );
  });
});
