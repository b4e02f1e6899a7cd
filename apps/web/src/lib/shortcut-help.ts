import { t } from '../messages/shell.ts';
import { t as common } from '../messages/common.ts';

/** Which keys do what, by where they work. */
export interface ShortcutGroup {
  title: string;
  keys: readonly (readonly [key: string, what: string])[];
}

export const EVERYWHERE: ShortcutGroup = {
  title: t('everywhere'),
  keys: [
    [common('ctrlK'), t('searchEverything')],
    ['/', t('searchListPageOtherwise')],
    ['?', t('showListKeys')],
  ],
};

const OPEN = 'loopstart:shortcuts';

/** Opens the list of keys, from wherever. */
export function showShortcuts(): void {
  document.dispatchEvent(new Event(OPEN));
}

/** Calls back when the list of keys is wanted; returns how to stop. */
export function onShowShortcuts(show: () => void): () => void {
  document.addEventListener(OPEN, show);
  return () => document.removeEventListener(OPEN, show);
}

/** Whether a key press asks for the list of keys. `?` is typed with Shift on most keyboards. */
export function asksForHelp(key: { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean }): boolean {
  return key.key === '?' && !key.ctrlKey && !key.metaKey && !key.altKey;
}
