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

/** Single keys of a list, and those `more` of its actions, on the row that has the focus; `row` is null where none has. */
export function useGridKeys(
  run: (command: GridCommand, row: string | null) => void,
  more: readonly { key: string; run: (row: string | null) => void }[],
): void {
  const { shortcuts } = usePreferences();
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (shortcuts === 'off' || event.defaultPrevented || isTyping(event.target) || isCovered()) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const command = COMMANDS.get(event.key);
    const other = more.find(({ key }) => key === event.key);
    if (command === undefined && other === undefined) return;
    event.preventDefault();
    const row = document.activeElement?.closest<HTMLElement>('[data-key]')?.dataset.key ?? null;
    if (command === undefined) other?.run(row);
    else run(command, row);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}
