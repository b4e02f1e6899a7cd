'use client';

import { useEffect, useEffectEvent } from 'react';
import { isCovered, isTyping } from '../../lib/keyboard.ts';
import { usePreferences } from '../../lib/preferences/preferences.tsx';
import type { ShortcutGroup } from '../../lib/shortcut-help.ts';
import { t } from '../../messages/grid.ts';

export type GridCommand = 'next' | 'previous' | 'panel' | 'select';

const COMMANDS: ReadonlyMap<string, GridCommand> = new Map([
  ['j', 'next'],
  ['k', 'previous'],
  ['o', 'panel'],
  ['x', 'select'],
]);

/** For the list of keys that `?` opens. */
export const GRID_SHORTCUTS: ShortcutGroup = {
  title: t('keysTitle'),
  keys: [
    ['J', t('keyNext')],
    ['K', t('keyPrevious')],
    ['Enter', t('keyOpen')],
    ['O', t('keyPanel')],
    ['X', t('keySelect')],
  ],
};

/** Whether the page has a grid, so that its keys do something. */
export const hasGrid = (): boolean => document.querySelector('[data-grid]') !== null;

/** Single keys of a list, on the row that has the focus; `key` is null where none has. */
export function useGridKeys(run: (command: GridCommand, key: string | null) => void): void {
  const { shortcuts } = usePreferences();
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (shortcuts === 'off' || event.defaultPrevented || isTyping(event.target) || isCovered()) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const command = COMMANDS.get(event.key);
    if (command === undefined) return;
    event.preventDefault();
    run(command, document.activeElement?.closest<HTMLElement>('[data-key]')?.dataset.key ?? null);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}
