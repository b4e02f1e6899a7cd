import { describe, expect, test } from 'vitest';
import { agendaDays, gridRange, monthGrid, monthOf, type Occurrence, stepMonth } from './month-grid.ts';

const NOW = Date.parse('2026-11-23T10:00:00Z');
const EARLIER = Date.parse('2026-11-02T10:00:00Z');
const occurrence = (from: string, to: string): Occurrence => ({ windowId: from, title: 'W', scopeName: 'S', from, to });

describe('the month of maintenance', () => {
  test('shows whole weeks from Monday', () => {
    const grid = monthGrid('2026-11', [], 'UTC', NOW);
    expect(grid.map((week) => week.length)).toEqual([7, 7, 7, 7, 7, 7]);
    expect([grid[0]![0]!.date, grid.at(-1)!.at(-1)!.date]).toEqual(['2026-10-26', '2026-12-06']);
    expect(grid.flat().filter(({ inMonth }) => inMonth)).toHaveLength(30);
    expect(
      grid
        .flat()
        .filter(({ today }) => today)
        .map(({ date }) => date),
    ).toEqual(['2026-11-23']);
  });

  test('asks for no more days than it shows, by midnights of the zone', () => {
    expect(gridRange('2026-11', 'Europe/Berlin')).toEqual({
      from: '2026-10-25T23:00:00.000Z',
      to: '2026-12-06T23:00:00.000Z',
    });
  });

  test('a window over midnight is on both days, one that ends at midnight on the first alone', () => {
    const over = occurrence('2026-11-10T22:00:00Z', '2026-11-11T02:00:00Z');
    const until = occurrence('2026-11-12T22:00:00Z', '2026-11-13T00:00:00Z');
    const days = agendaDays(monthGrid('2026-11', [over, until], 'UTC', EARLIER));
    expect(days.map(({ date, items }) => [date, items[0]!.begins, items[0]!.ends])).toEqual([
      ['2026-11-10', true, false],
      ['2026-11-11', false, true],
      ['2026-11-12', true, true],
    ]);
  });

  test('the present month is read from today into the days after it, another from its first to its last', () => {
    const days = ['2026-11-10', '2026-11-23', '2026-11-30', '2026-12-02'];
    const all = days.map((day) => occurrence(`${day}T01:00:00Z`, `${day}T02:00:00Z`));
    const read = (month: string) => agendaDays(monthGrid(month, all, 'UTC', NOW)).map(({ date }) => date);
    expect(read('2026-11')).toEqual(['2026-11-23', '2026-11-30', '2026-12-02']);
    expect(read('2026-12')).toEqual(['2026-12-02']);
    expect(agendaDays(monthGrid('2026-11', all, 'UTC', Date.parse('2026-12-01T10:00:00Z')))).toHaveLength(3);
  });

  test('the zone of the reader decides the day', () => {
    const late = occurrence('2026-11-10T23:30:00Z', '2026-11-10T23:45:00Z');
    const [day] = agendaDays(monthGrid('2026-11', [late], 'Europe/Berlin', EARLIER));
    expect(day?.date).toBe('2026-11-11');
  });

  test.for([
    ['2026-11', 1, '2026-12'],
    ['2026-12', 1, '2027-01'],
    ['2026-01', -1, '2025-12'],
  ] as const)('%s moved by %i is %s', ([month, by, expected]) => {
    expect(stepMonth(month, by)).toBe(expected);
  });

  test('without being asked it is the month of now', () => {
    expect(monthOf(undefined, Date.parse('2026-11-30T23:30:00Z'), 'Europe/Berlin')).toBe('2026-12');
    expect(monthOf('2027-02', NOW, 'UTC')).toBe('2027-02');
  });
});
