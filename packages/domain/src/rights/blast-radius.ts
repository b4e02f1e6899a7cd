/** What one act reaches: how many lines, and how many of them a life or a building depends on. */
export interface Touched {
  lines: number;
  lifeSafetyLines: number;
}

/** From so many lines on, the one who acts states the figures; fewer are what one gateway has. */
export const CONFIRM_FROM_LINES = 50;

export type BlastVerdict = 'allowed' | 'too-many-lines' | 'confirm-lines';

/**
 * Whether an act may reach what it touches: not more lines than the role allows, and from 50 lines on only where the caller
 * states the figures as they are now. Figures that are stated are compared in any case: something changed since they were seen.
 */
export function judgeBlast(
  touched: Touched,
  { maxLinesAtOnce, confirmed }: { maxLinesAtOnce: number | null; confirmed: Touched | null },
): BlastVerdict {
  if (maxLinesAtOnce !== null && touched.lines > maxLinesAtOnce) return 'too-many-lines';
  if (confirmed === null) return touched.lines >= CONFIRM_FROM_LINES ? 'confirm-lines' : 'allowed';
  const same = confirmed.lines === touched.lines && confirmed.lifeSafetyLines === touched.lifeSafetyLines;
  return same ? 'allowed' : 'confirm-lines';
}
