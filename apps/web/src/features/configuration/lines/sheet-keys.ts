import { LINE_FIELDS } from '@loopstart/contracts';
import type { Spot } from './sheet.ts';

const PAGE_ROWS = 10;
/** Further than any sheet goes. */
const FAR = 1_000_000;

const STEPS: Readonly<Record<string, Partial<Spot>>> = {
  ArrowUp: { row: -1 },
  ArrowDown: { row: 1 },
  ArrowLeft: { column: -1 },
  ArrowRight: { column: 1 },
  PageUp: { row: -PAGE_ROWS },
  PageDown: { row: PAGE_ROWS },
  Home: { column: -LINE_FIELDS.length },
  End: { column: LINE_FIELDS.length },
};
const CORNERS: Readonly<Record<string, Spot>> = {
  Home: { row: -FAR, column: -FAR },
  End: { row: FAR, column: FAR },
};

/** Where a key leads; with Ctrl or Cmd to the edge. Undefined for keys that do not move. */
export function stepOf(key: string, isFar: boolean): Partial<Spot> | undefined {
  const step = STEPS[key];
  if (step === undefined || !isFar) return step;
  return CORNERS[key] ?? { row: (step.row ?? 0) * FAR, column: (step.column ?? 0) * FAR };
}
