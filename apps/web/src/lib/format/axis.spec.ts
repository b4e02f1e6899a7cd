import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { axisTicks } from './axis.ts';

const at = (iso: string) => Date.parse(iso);
const labels = (from: string, to: string, zone: string) => axisTicks(at(from), at(to), zone).map((tick) => tick.label);

describe('the axis of time', () => {
  test.for([
    ['an hour', '2026-11-23T11:35:00Z', '2026-11-23T12:35:00Z', 'UTC', ['11:45', '12:00', '12:15', '12:30']],
    ['a day', '2026-11-22T12:35:00Z', '2026-11-23T12:35:00Z', 'UTC', ['18:00', '00:00', '06:00']],
    [
      'a day on another clock',
      '2026-11-22T12:35:00Z',
      '2026-11-23T12:35:00Z',
      'Asia/Kolkata',
      ['00:00', '06:00', '12:00'],
    ],
    ['a week', '2026-11-16T12:00:00Z', '2026-11-23T12:00:00Z', 'UTC', ['17 Nov', '19 Nov', '21 Nov', '23 Nov']],
  ] as const)('%s has round moments', ([, from, to, zone, expected]) => {
    expect(labels(from, to, zone)).toEqual(expected);
  });

  test('midnights stay midnights when the clock is put back', () => {
    const ticks = axisTicks(at('2026-10-22T12:00:00Z'), at('2026-10-29T12:00:00Z'), 'Europe/Berlin');
    const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', timeStyle: 'short' });
    expect(ticks.length).toBeGreaterThan(1);
    for (const tick of ticks) expect(clock.format(tick.atMs)).toBe('00:00');
  });

  test('labels are few, in order, and never at an end', () => {
    const length = fc.integer({ min: 3_600_000, max: 31 * 86_400_000 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000_000_000_000 }), length, (from, span) => {
        const ticks = axisTicks(from, from + span, 'America/Toronto');
        expect(ticks.length).toBeLessThanOrEqual(6);
        for (const [index, tick] of ticks.entries()) {
          expect(tick.share).toBeGreaterThan(0.03);
          expect(tick.share).toBeLessThan(0.97);
          if (index > 0) expect(tick.atMs).toBeGreaterThan(ticks[index - 1]!.atMs);
        }
      }),
      { numRuns: 50 },
    );
  });
});
