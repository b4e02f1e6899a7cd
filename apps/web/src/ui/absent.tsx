'use client';

import { Hint } from './hint.tsx';

/** A value that is not there, and why: a dash, never a zero. */
export function Absent({ why, spelled = false }: { why: string; spelled?: boolean }) {
  if (spelled) {
    return (
      <span className="text-ink-3">
        <span aria-hidden="true">— </span>
        {why}
      </span>
    );
  }
  return (
    <Hint text={`Not known: ${why}`}>
      <span className="text-ink-3">
        <span aria-hidden="true">—</span>
        <span className="sr-only">Not known: {why}</span>
      </span>
    </Hint>
  );
}
