'use client';

import type { ConfigDraft } from '@loopstart/contracts';
import { useSyncExternalStore } from 'react';
import { useQuery } from '../../../lib/api/use-query.ts';
import { openDraftsQuery } from '../queries.ts';

const KEY = 'loopstart.config-draft';
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
const chosenNow = () => window.sessionStorage.getItem(KEY);
const chosenOnServer = () => null;

/** Makes a draft the one that this tab edits. */
export function chooseDraft(draftId: string): void {
  window.sessionStorage.setItem(KEY, draftId);
  for (const listener of listeners) listener();
}

/** The open drafts, and the one that this tab edits: the chosen one, else the newest. Null while there is none. */
export function useDraft() {
  const drafts = useQuery(openDraftsQuery());
  const chosen = useSyncExternalStore(subscribe, chosenNow, chosenOnServer);
  const open: readonly ConfigDraft[] = drafts.data?.items ?? [];
  return {
    drafts: open,
    draft: open.find(({ id }) => id === chosen) ?? open[0] ?? null,
    isKnown: drafts.data !== undefined,
  };
}
