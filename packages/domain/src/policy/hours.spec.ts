import { describe, expect, test } from 'vitest';
import { endOfHours, hoursAt, hoursOfDay, isAlways, nextLocalTime } from './hours.ts';
import { dayNumberOf, parseLocalDate } from './zoned-time.ts';

const ALL = [1, 2, 3, 4, 5, 6, 7];
const ms = (iso: string) => Date.parse(iso);
const span = (found: { from: number; to: number } | null) =>
  found && [new Date(found.from).toISOString(), new Date(found.to).toISOString()];

describe('hours of a day', () => {
  const night = { weekdays: ALL, from: '22:00', to: '06:00' };
  test.for([
    ['before they begin', '2026-11-23T20:59:59Z', null],
    ['as they begin', '2026-11-23T21:00:00Z', ['2026-11-23T21:00:00.000Z', '2026-11-24T05:00:00.000Z']],
    [
      'after midnight they are those of the day before',
      '2026-11-24T04:59:59Z',
      ['2026-11-23T21:00:00.000Z', '2026-11-24T05:00:00.000Z'],
    ],
    ['the end is outside', '2026-11-24T05:00:00Z', null],
    [
      'the night clocks go forward is an hour shorter',
      '2026-03-29T02:00:00Z',
      ['2026-03-28T21:00:00.000Z', '2026-03-29T04:00:00.000Z'],
    ],
    [
      'the night clocks go back is an hour longer',
      '2026-10-25T02:00:00Z',
      ['2026-10-24T20:00:00.000Z', '2026-10-25T05:00:00.000Z'],
    ],
  ] as const)('%s', ([, iso, expected]) => {
    expect(span(hoursAt(night, 'Europe/Zurich', ms(iso)))).toEqual(expected);
  });

  test('the weekday is that of the beginning', () => {
    const friday = { weekdays: [5], from: '22:00', to: '06:00' };
    expect(hoursAt(friday, 'UTC', ms('2026-11-28T05:00:00Z'))).not.toBeNull();
    expect(hoursAt(friday, 'UTC', ms('2026-11-27T05:00:00Z'))).toBeNull();
  });

  test('hours that fall into a clock change forward do not exist', () => {
    const hour = { weekdays: ALL, from: '02:00', to: '03:00' };
    const day = dayNumberOf(parseLocalDate('2026-03-29'));
    expect(hoursOfDay(hour, 'Europe/Zurich', day)).toBeNull();
    expect(hoursOfDay(hour, 'Europe/Zurich', day + 1)).not.toBeNull();
  });
});

describe('the end of hours', () => {
  test.for([
    ['one span', [1], '09:00', '17:00', '2026-11-23T10:00:00Z', '2026-11-23T17:00:00.000Z'],
    ['a weekend of whole days', [6, 7], '00:00', '00:00', '2026-11-28T10:00:00Z', '2026-11-30T00:00:00.000Z'],
    [
      'hours without end: as far as is looked',
      ALL,
      '08:00',
      '08:00',
      '2026-11-23T10:00:00Z',
      '2026-11-30T10:00:00.000Z',
    ],
  ] as const)('%s', ([, weekdays, from, to, now, expected]) => {
    const end = endOfHours({ weekdays, from, to }, 'UTC', ms(now), 7 * 86_400_000);
    expect(new Date(end!).toISOString()).toBe(expected);
  });
  test('outside there is none', () => {
    expect(
      endOfHours({ weekdays: [1], from: '09:00', to: '17:00' }, 'UTC', ms('2026-11-24T10:00:00Z'), 1e9),
    ).toBeNull();
  });
  test.for([
    [ALL, '08:00', '08:00', true],
    [ALL, '08:00', '07:59', false],
    [[1, 2], '08:00', '08:00', false],
  ] as const)('%j %s to %s never ends: %s', ([weekdays, from, to, expected]) => {
    expect(isAlways({ weekdays, from, to })).toBe(expected);
  });
});

test.for([
  ['today when it is still to come', ALL, '2026-11-23T06:59:59Z', '2026-11-23T07:00:00.000Z'],
  ['tomorrow when it is now', ALL, '2026-11-23T07:00:00Z', '2026-11-24T07:00:00.000Z'],
  ['its next weekday', [1], '2026-11-23T07:00:00Z', '2026-11-30T07:00:00.000Z'],
  ['the first weekday from a weekend', [1, 2, 3, 4, 5], '2026-11-28T12:00:00Z', '2026-11-30T07:00:00.000Z'],
  ['the hour stays over summer time', ALL, '2026-10-24T12:00:00Z', '2026-10-25T07:00:00.000Z'],
] as const)('the next 08:00 in Zurich: %s', ([, weekdays, now, expected]) => {
  expect(new Date(nextLocalTime('08:00', weekdays, 'Europe/Zurich', ms(now))).toISOString()).toBe(expected);
});
test('a list without a weekday is refused', () => {
  expect(() => nextLocalTime('08:00', [], 'UTC', 0)).toThrow(RangeError);
});
