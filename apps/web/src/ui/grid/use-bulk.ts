'use client';

import { type ReactNode, useState } from 'react';
import { t } from '../../messages/grid.ts';
import { useToast } from '../toast.tsx';
import type { Selection } from './use-selection.ts';

interface Offer {
  id: string;
  label: string;
  /** Why it cannot be done, for example by this role. */
  refusal?: string | null;
}

/** Something that is done to each of several rows, by the same call as to one: with its rights, checks and audit. */
export interface EachAction<T> extends Offer {
  /** What is to be chosen before; `value` is handed to `run`. */
  field?: (value: string, onChange: (value: string) => void) => ReactNode;
  initial?: string | (() => string);
  /** What is missing in what was chosen. */
  lacks?: (value: string) => string | null;
  run: (row: T, value: string) => Promise<unknown>;
}

/** Rows that are meant: those that were ticked, or all that a list is asked for. */
export type Meant<T> = { rows: readonly T[] } | { asked: Record<string, unknown> };

/** Something that one call does to all of them, so that a single key is enough; only all that match is asked back. */
export interface WholeAction<T> extends Offer {
  /** The key that does it: to what is selected, else to the row that has the focus. */
  key?: string;
  /** Does it, and says what came of it. Resolves to whether it was done. */
  whole: (meant: Meant<T>) => Promise<boolean>;
  confirm: (count: number) => { title: string; text: string; run: string; cancel: string };
}

export type BulkAction<T> = EachAction<T> | WholeAction<T>;

/** What is being done to rows of a list, or asked back before. */
export function useBulk<T>(selection: Selection<T>, asked: Record<string, unknown>, done: () => void) {
  const toast = useToast();
  const [open, setOpen] = useState<BulkAction<T> | null>(null);
  const [pending, setPending] = useState<string | null>(null);
  const finish = async (action: WholeAction<T>, meant: Meant<T>) => {
    setPending(action.id);
    const went = await action.whole(meant);
    setPending(null);
    setOpen(null);
    if (!went) return;
    selection.clear();
    done();
  };
  /** By button, or by key on a row. */
  const start = (action: BulkAction<T>, focused?: T) => {
    if (action.refusal != null) return toast(t('notPossible'), action.refusal);
    if (pending !== null) return;
    if (selection.size === 0) {
      if ('whole' in action && focused !== undefined) void finish(action, { rows: [focused] });
    } else if ('run' in action || selection.matching) setOpen(action);
    else void finish(action, { rows: selection.rows });
  };
  return {
    open,
    pending,
    start,
    close: () => setOpen(null),
    confirm: (action: WholeAction<T>) => finish(action, { asked }),
  };
}
export type Bulk<T> = ReturnType<typeof useBulk<T>>;
