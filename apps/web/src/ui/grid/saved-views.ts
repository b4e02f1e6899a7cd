'use client';

import { useSyncExternalStore } from 'react';
import { z } from 'zod';

/** Filters, order and columns of a list under a name: the query of its address. */
export interface SavedView {
  name: string;
  search: string;
}

const Views = z.array(z.object({ name: z.string().max(80), search: z.string().max(8000) })).max(50);
const KEY = (list: string) => `loopstart-views-${list}`;
const CHANGED = 'loopstart:views';
const NONE: readonly SavedView[] = [];
const cache = new Map<string, { text: string | null; views: readonly SavedView[] }>();

function read(list: string): readonly SavedView[] {
  const text = window.localStorage.getItem(KEY(list));
  const held = cache.get(list);
  if (held !== undefined && held.text === text) return held.views;
  const views = parseViews(text);
  cache.set(list, { text, views });
  return views;
}

/** What is stored, or nothing where it is not understood. */
export function parseViews(text: string | null): readonly SavedView[] {
  try {
    return text === null ? NONE : Views.parse(JSON.parse(text));
  } catch {
    return NONE;
  }
}

/** Adds a view, in place of one of the same name. */
export const withView = (views: readonly SavedView[], view: SavedView): SavedView[] =>
  [...views.filter(({ name }) => name !== view.name), view].sort((a, b) => a.name.localeCompare(b.name));

/** The saved views of a list, in this browser. */
export function useSavedViews(list: string) {
  const views = useSyncExternalStore(
    (changed) => {
      const events = ['storage', CHANGED];
      for (const event of events) window.addEventListener(event, changed);
      return () => events.forEach((event) => window.removeEventListener(event, changed));
    },
    () => read(list),
    () => NONE,
  );
  const write = (next: readonly SavedView[]) => {
    window.localStorage.setItem(KEY(list), JSON.stringify(next));
    window.dispatchEvent(new Event(CHANGED));
  };
  return {
    views,
    save: (view: SavedView) => write(withView(views, view)),
    remove: (name: string) => write(views.filter((view) => view.name !== name)),
  };
}
