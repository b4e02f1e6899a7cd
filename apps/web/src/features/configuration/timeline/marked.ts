import type { ConfigTimelineItem } from '@loopstart/contracts';

/** When something began that people look into, such as an incident. */
export interface Mark {
  id: string;
  title: string;
  href: string;
  /** An instant. */
  at: string;
}

export type TimelineRow =
  | { kind: 'mark'; mark: Mark }
  | {
      kind: 'item';
      item: ConfigTimelineItem;
      /** From the change to the first mark after it; null: none is. */ beforeMs: number | null;
    };

/**
 * Changes and marks in one order, the newest first. A mark that is older than every change that is known is left out
 * while older ones may follow: where it belongs is not known yet.
 */
export function withMarks(items: readonly ConfigTimelineItem[], marks: readonly Mark[], isAll: boolean): TimelineRow[] {
  const oldestMs = items.length === 0 ? Number.POSITIVE_INFINITY : Date.parse(items.at(-1)!.at);
  const shown = marks.filter(({ at }) => isAll || Date.parse(at) >= oldestMs);
  const rows: (TimelineRow & { ms: number })[] = [
    ...shown.map((mark) => ({ kind: 'mark' as const, mark, ms: Date.parse(mark.at) })),
    ...items.map((item) => {
      const ms = Date.parse(item.at);
      const later = shown.map(({ at }) => Date.parse(at) - ms).filter((after) => after >= 0);
      return { kind: 'item' as const, item, beforeMs: later.length === 0 ? null : Math.min(...later), ms };
    }),
  ];
  // At one and the same time the change was first: it can be the cause.
  return rows.toSorted((a, b) => b.ms - a.ms || (a.kind === 'mark' ? -1 : 1)).map(({ ms: _ms, ...row }) => row);
}
