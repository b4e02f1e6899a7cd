/** How many lines of one kind about one peer are written in one period. */
export interface LineLimit {
  lines: number;
  windowMs: number;
}

/** Lines written and left out since `sinceMs`. */
export interface LineWindow {
  sinceMs: number;
  written: number;
  suppressed: number;
}

/**
 * Decides whether one more line is written, so that a peer that repeats a fault does not fill the disk. `leftOut`:
 * lines suppressed in a period that is over now, to be reported. Pure.
 */
export function admitLine(
  window: LineWindow | undefined,
  limit: LineLimit,
  nowMs: number,
): { write: boolean; leftOut: number; window: LineWindow } {
  const isOver = window === undefined || nowMs - window.sinceMs >= limit.windowMs || nowMs < window.sinceMs;
  const present = isOver ? { sinceMs: nowMs, written: 0, suppressed: 0 } : window;
  const leftOut = isOver ? (window?.suppressed ?? 0) : 0;
  if (present.written < limit.lines)
    return { write: true, leftOut, window: { ...present, written: present.written + 1 } };
  return { write: false, leftOut, window: { ...present, suppressed: present.suppressed + 1 } };
}
