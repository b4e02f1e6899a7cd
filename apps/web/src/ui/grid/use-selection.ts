'use client';

import { useState } from 'react';
import type { GridSelection } from './grid-table.tsx';

export interface Selection<T> extends GridSelection {
  /** Rows that are ticked; of all that match, those that are loaded. */
  rows: readonly T[];
  size: number;
  /** All that match are meant, loaded or not. */
  matching: boolean;
  selectMatching: () => void;
  clear: () => void;
}

interface Held<T> {
  question: string;
  ticked: ReadonlyMap<string, T>;
  matching: boolean;
}

/**
 * What is ticked: single rows, or all that match. It belongs to what was asked for (`question`): with other filters it
 * begins anew, so that nothing out of sight is changed. A row that leaves the list meanwhile stays ticked.
 */
export function useSelection<T>(loaded: readonly T[], keyOf: (row: T) => string, question: string): Selection<T> {
  const none: Held<T> = { question, ticked: new Map(), matching: false };
  const [held, setHeld] = useState(none);
  const now = held.question === question ? held : none;
  const hold = (ticked: ReadonlyMap<string, T>, matching = false) => setHeld({ question, ticked, matching });
  const all = loaded.length > 0 && (now.matching || loaded.every((row) => now.ticked.has(keyOf(row))));
  return {
    rows: now.matching ? loaded : [...now.ticked.values()],
    size: now.matching ? loaded.length : now.ticked.size,
    matching: now.matching,
    all,
    some: now.ticked.size > 0 && !all,
    isSelected: (key) => now.matching || now.ticked.has(key),
    toggle(key, on) {
      const next = new Map(now.matching ? loaded.map((row) => [keyOf(row), row]) : now.ticked);
      const row = loaded.find((one) => keyOf(one) === key);
      if (on && row !== undefined) next.set(key, row);
      else next.delete(key);
      hold(next);
    },
    toggleAll: (on) => hold(new Map(on ? loaded.map((row) => [keyOf(row), row]) : [])),
    selectMatching: () => hold(now.ticked, true),
    clear: () => hold(new Map()),
  };
}
