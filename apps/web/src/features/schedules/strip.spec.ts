import { describe, expect, test } from 'vitest';
import { gapsOf, joinShifts, lookOf, type Shift, stripRange, stripRows } from './strip.ts';

const shift = (from: string, to: string, userId: string | null, override = false): Shift => ({
  from,
  to,
  userId,
  name: userId,
  override,
});
const NOW = Date.parse('2026-11-23T10:15:00Z');

describe('the strip of who is on call', () => {
  test('begins at local midnight of today, in the zone of the schedule', () => {
    expect(new Date(stripRange(NOW, 'America/New_York', 14).fromMs).toISOString()).toBe('2026-11-23T05:00:00.000Z');
    expect(new Date(stripRange(NOW, 'Asia/Tokyo', 14).toMs).toISOString()).toBe('2026-12-06T15:00:00.000Z');
  });

  test('a shift over two rows is cut at the end of the first and goes on in the second', () => {
    const rows = stripRows([shift('2026-11-29T12:00:00Z', '2026-11-30T12:00:00Z', 'Ana')], NOW, 'UTC', 2);
    expect(rows.map(({ bars }) => bars.map(({ start, width }) => [start * 14, width * 14]))).toEqual([
      [[13, expect.closeTo(1)]],
      [[0, 1]],
    ]);
  });

  test('days are labelled by the zone, weekends apart', () => {
    const [row] = stripRows([], NOW, 'Europe/Berlin', 1);
    expect(row?.days.map(({ label }) => label)).toEqual([
      'Mon 23',
      'Tue 24',
      'Wed 25',
      'Thu 26',
      'Fri 27',
      'Sat 28',
      'Sun 29',
    ]);
    expect(row?.days.filter(({ weekend }) => weekend).map(({ date }) => date)).toEqual(['2026-11-28', '2026-11-29']);
  });

  test('the day on which clocks go back is longer than the others', () => {
    const [row] = stripRows([], Date.parse('2026-10-23T10:00:00Z'), 'Europe/Berlin', 1);
    const starts = row!.days.map(({ start }) => start * 169);
    expect(starts.map(Math.round)).toEqual([0, 24, 48, 73, 97, 121, 145]);
  });

  test('a gap says that nobody is there', () => {
    const [row] = stripRows([shift('2026-11-23T00:00:00Z', '2026-11-24T00:00:00Z', null)], NOW, 'UTC', 1);
    expect(row?.bars[0]).toMatchObject({ label: 'Nobody', userId: null });
  });
});

test('neighbouring shifts of one person are one; an override stays apart', () => {
  const shifts = [
    shift('2026-11-23T00:00:00Z', '2026-11-24T00:00:00Z', 'Ana'),
    shift('2026-11-24T00:00:00Z', '2026-11-25T00:00:00Z', 'Ana'),
    shift('2026-11-25T00:00:00Z', '2026-11-26T00:00:00Z', 'Ana', true),
    shift('2026-11-26T00:00:00Z', '2026-11-27T00:00:00Z', 'Ben'),
  ];
  expect(joinShifts(shifts).map(({ from, to }) => [from.slice(8, 10), to.slice(8, 10)])).toEqual([
    ['23', '25'],
    ['25', '26'],
    ['26', '27'],
  ]);
});

test('gaps are counted and summed, neighbours as one', () => {
  const shifts = [
    shift('2026-11-23T00:00:00Z', '2026-11-23T06:00:00Z', null),
    shift('2026-11-23T06:00:00Z', '2026-11-23T08:00:00Z', null),
    shift('2026-11-23T08:00:00Z', '2026-11-24T00:00:00Z', 'Ana'),
    shift('2026-11-24T00:00:00Z', '2026-11-24T01:00:00Z', null),
  ];
  expect(gapsOf(shifts)).toEqual({ count: 2, totalMs: 9 * 3_600_000, firstFrom: '2026-11-23T00:00:00Z' });
  expect(gapsOf([])).toEqual({ count: 0, totalMs: 0, firstFrom: null });
});

test('people keep their look, and the first few differ', () => {
  const schedule = {
    layers: [{ userIds: ['a', 'b'] }, { userIds: ['b', 'c'] }],
    overrides: [{ userId: 'd' }],
  } as never;
  expect(['a', 'b', 'c', 'd'].map((id) => lookOf(id, schedule, 4))).toEqual([0, 1, 2, 3]);
  expect(lookOf('stranger', schedule, 4)).toBe(0);
});
