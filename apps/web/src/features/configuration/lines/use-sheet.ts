'use client';

import { type ConfigLine, LINE_FIELDS } from '@loopstart/contracts';
import { useEffect, useState } from 'react';
import {
  type CellChange,
  cellKey,
  cellOf,
  changeOf,
  changeProblem,
  type Changes,
  removal,
  type Spot,
  withBlock,
  withChange,
} from './sheet.ts';

const NONE: Changes = new Map();
/** Steps that can be taken back. */
const STEPS_MAX = 100;

/** What was typed into a sheet and is not saved, with what is wrong in it. */
export function useSheet(lines: readonly ConfigLine[]) {
  const [steps, setSteps] = useState<readonly Changes[]>([NONE]);
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map());
  const changes = steps.at(-1)!;
  useWarning(changes.size > 0);
  const push = (next: Changes) => {
    if (next === changes) return;
    setSteps((old) => [...old.slice(-STEPS_MAX), next]);
    setRefused(new Map());
  };
  const problems = new Map(refused);
  for (const line of lines)
    for (const field of LINE_FIELDS) {
      const change = changes.get(cellKey(line, field));
      const problem = change === undefined ? null : changeProblem(field, change);
      if (problem !== null) problems.set(cellKey(line, field), problem);
    }
  const put = ({ row, column }: Spot, change: (cell: ConfigLine['cells'][number]) => CellChange | null) => {
    const line = lines[row];
    if (line === undefined) return;
    const cell = cellOf(line, column);
    push(withChange(changes, cellKey(line, cell.field), change(cell)));
  };
  return {
    changes,
    problems,
    type: (at: Spot, text: string) => put(at, (cell) => changeOf(cell, text)),
    remove: (at: Spot) => put(at, removal),
    /** How many cells were pasted, and how many were beyond the sheet. */
    paste: (at: Spot, block: readonly (readonly string[])[]) => {
      const { changes: next, ...counts } = withBlock(changes, lines, at, block);
      push(next);
      return counts;
    },
    undo: () => setSteps((old) => (old.length > 1 ? old.slice(0, -1) : old)),
    /** What the API found wrong, by the keys of cells. */
    refuse: (found: ReadonlyMap<string, string>) => setRefused(found),
    clear: () => {
      setSteps([NONE]);
      setRefused(new Map());
    },
  };
}

export type Sheet = ReturnType<typeof useSheet>;

/** Asks before a page with what is not saved is left. */
function useWarning(isDirty: boolean): void {
  useEffect(() => {
    if (!isDirty) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isDirty]);
}
