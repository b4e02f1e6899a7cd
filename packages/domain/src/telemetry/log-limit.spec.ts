import fc from 'fast-check';
import { expect, test } from 'vitest';
import { admitLine, type LineWindow } from './log-limit.ts';

const LIMIT = { lines: 3, windowMs: 60_000 };

/** What happens to a line at each of these times. */
function run(times: readonly number[]) {
  let window: LineWindow | undefined;
  return times.map((nowMs) => {
    const { window: next, ...decision } = admitLine(window, LIMIT, nowMs);
    window = next;
    return decision;
  });
}

test.for([
  ['a few are written', [0, 1, 2], [true, true, true], [0, 0, 0]],
  ['more are not', [0, 1, 2, 3, 4], [true, true, true, false, false], [0, 0, 0, 0, 0]],
  [
    'and are mentioned when the stretch is over',
    [0, 1, 2, 3, 4, 60_000],
    [true, true, true, false, false, true],
    [0, 0, 0, 0, 0, 2],
  ],
  [
    'a clock that is set back begins a new stretch',
    [90_000, 90_000, 90_000, 90_000, 10],
    [true, true, true, false, true],
    [0, 0, 0, 0, 1],
  ],
] as const)('%s', ([, times, written, leftOut]) => {
  const decisions = run(times);
  expect(decisions.map(({ write }) => write)).toEqual(written);
  expect(decisions.map((decision) => decision.leftOut)).toEqual(leftOut);
});

test('every line is written, counted as left out, or still to be counted', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 200 }), (gaps) => {
      let [nowMs, written, mentioned] = [0, 0, 0];
      let window: LineWindow | undefined;
      for (const gap of gaps) {
        nowMs += gap;
        const decision = admitLine(window, LIMIT, nowMs);
        window = decision.window;
        written += decision.write ? 1 : 0;
        mentioned += decision.leftOut;
      }
      expect(written + mentioned + (window?.suppressed ?? 0)).toBe(gaps.length);
    }),
  );
});
