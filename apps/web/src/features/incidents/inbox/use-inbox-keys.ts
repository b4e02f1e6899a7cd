'use client';

import { useEffect, useEffectEvent } from 'react';
import { isCovered, isTyping } from '../../../lib/keyboard.ts';
import { usePreferences } from '../../../lib/preferences/preferences.tsx';
import { type InboxCommand, inboxCommand, moved } from './keys.ts';

/**
 * Single keys of the inbox. J and K move the focus from one incident's link to the next, so Enter, screen
 * readers and the look of the focus need nothing of their own.
 */
export function useInboxKeys(run: (command: Exclude<InboxCommand, 'next' | 'previous'>, id: string | null) => void) {
  const { shortcuts } = usePreferences();
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (shortcuts === 'off' || event.defaultPrevented || isTyping(event.target) || isCovered()) return;
    const command = inboxCommand(event);
    if (command === null) return;
    event.preventDefault();
    const links = [...document.querySelectorAll<HTMLElement>('[data-incident]')];
    const index = links.findIndex((link) => link.closest('tr')?.contains(document.activeElement));
    if (command === 'next' || command === 'previous') {
      const target = links[moved(index, links.length, command)];
      target?.focus({ preventScroll: true });
      target?.closest('tr')?.scrollIntoView({ block: 'nearest' });
      return;
    }
    run(command, links[index]?.dataset.incident ?? null);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}
