import { describe, expect, test } from 'vitest';
import { customEnd, snoozePresets } from './snooze.ts';

const at = (iso: string) => Date.parse(iso);
const ends = (iso: string, zone: string) =>
  snoozePresets(at(iso), zone).map(({ label, untilMs }) => `${label}: ${new Date(untilMs).toISOString()}`);

describe('ready-made ends', () => {
  test('on a Wednesday noon', () => {
    expect(ends('2026-11-25T11:00:00Z', 'Europe/Berlin')).toEqual([
      'For 30 minutes: 2026-11-25T11:30:00.000Z',
      'For an hour: 2026-11-25T12:00:00.000Z',
      'For four hours: 2026-11-25T15:00:00.000Z',
      'Until tomorrow morning, 08:00: 2026-11-26T07:00:00.000Z',
      'Until Monday morning, 08:00: 2026-11-30T07:00:00.000Z',
    ]);
  });

  test('at two in the night the coming morning is this one', () => {
    expect(ends('2026-11-25T01:00:00Z', 'Europe/Berlin').at(3)).toBe(
      'Until this morning, 08:00: 2026-11-25T07:00:00.000Z',
    );
  });

  test('on a Sunday, tomorrow is the Monday', () => {
    expect(ends('2026-11-29T12:00:00Z', 'UTC').slice(3)).toEqual([
      'Until tomorrow morning, 08:00: 2026-11-30T08:00:00.000Z',
    ]);
  });

  test('on a Monday, Monday is the next one', () => {
    expect(ends('2026-11-23T12:00:00Z', 'UTC').at(-1)).toBe('Until Monday morning, 08:00: 2026-11-30T08:00:00.000Z');
  });

  test('over the change to summer time the morning is at eight by the wall', () => {
    expect(ends('2026-03-28T12:00:00Z', 'Europe/Berlin').at(3)).toBe(
      'Until tomorrow morning, 08:00: 2026-03-29T06:00:00.000Z',
    );
  });
});

test.for([
  ['2026-11-24T08:15', 'America/New_York', '2026-11-24T13:15:00.000Z'],
  ['2026-11-22T08:15', 'UTC', null],
  ['', 'UTC', null],
  ['soon', 'UTC', null],
  ['2027-02-30T08:00', 'UTC', null],
] as const)('the field "%s" in %s means %s', ([text, zone, iso]) => {
  const end = customEnd(text, zone, at('2026-11-23T12:00:00Z'));
  expect(end === null ? null : new Date(end).toISOString()).toBe(iso);
});
