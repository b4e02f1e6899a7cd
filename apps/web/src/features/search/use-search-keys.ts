'use client';

import { useEffect } from 'react';
import { isCovered, isTyping } from '../../lib/keyboard.ts';
import { usePreferences } from '../../lib/preferences/preferences.tsx';

/**
 * `/` goes to the search of the list on the page, else to the search of everything; Ctrl or ⌘ K always to the latter.
 * Letters that arrive before its field has the focus go to `typeAhead`, which returns false where nothing is opening.
 */
export function useSearchKeys(openGlobal: () => void, typeAhead: (letter: string) => boolean): void {
  const { shortcuts } = usePreferences();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) {
        event.preventDefault();
        openGlobal();
        return;
      }
      const isLetter = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (isLetter && !isTyping(event.target) && typeAhead(event.key)) return event.preventDefault();
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || shortcuts === 'off') return;
      if (isTyping(event.target) || isCovered()) return;
      event.preventDefault();
      const list = document.querySelector<HTMLInputElement>('[data-list-search]');
      if (list === null) openGlobal();
      else list.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [openGlobal, typeAhead, shortcuts]);
}
