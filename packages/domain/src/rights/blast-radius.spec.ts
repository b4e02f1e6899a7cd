import { expect, test } from 'vitest';
import { CONFIRM_FROM_LINES, judgeBlast } from './blast-radius.ts';

const touched = (lines: number, lifeSafetyLines = 0) => ({ lines, lifeSafetyLines });

test.for([
  ['few lines need no figures', touched(49), null, null, 'allowed'],
  ['many do', touched(CONFIRM_FROM_LINES), null, null, 'confirm-lines'],
  ['many with the right figures', touched(240, 3), null, touched(240, 3), 'allowed'],
  ['a line more than was stated', touched(241, 3), null, touched(240, 3), 'confirm-lines'],
  ['another life-safety line than was stated', touched(240, 4), null, touched(240, 3), 'confirm-lines'],
  ['few lines with figures that are no longer true', touched(2), null, touched(3), 'confirm-lines'],
  ['as many as the role allows', touched(10), 10, null, 'allowed'],
  ['one more', touched(11), 10, null, 'too-many-lines'],
  ['one more, stated', touched(11), 10, touched(11), 'too-many-lines'],
  ['none, for a role that may touch none', touched(0), 0, null, 'allowed'],
  ['one, for a role that may touch none', touched(1), 0, null, 'too-many-lines'],
] as const)('%s: %o', ([, now, maxLinesAtOnce, confirmed, verdict]) =>
  expect(judgeBlast(now, { maxLinesAtOnce, confirmed })).toBe(verdict),
);
