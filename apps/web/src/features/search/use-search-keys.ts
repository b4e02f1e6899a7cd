'use client';

import { useEffect } from 'react';
import { isCovered, isTyping } from '../../lib/keyboard.ts';
import { usePreferences } from '../../lib/preferences/preferences.tsx';

/** `/` goes to the search of the list on the page, else to the search of everything; Ctrl or ⌘ K always to the latter. */
export function useSearchKeys(openGlobal: () => void): void {
  const { shortcuts } = usePreferences();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) {
        event.preventDefault();
        openGlobal();
        return;
      }
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || shortcuts === 'off') return;
      if (isTyping(event.target) || isCovered()) return;
      event.preventDefault();
      const list = document.querySelector<HTMLInputElement>('[data-list-search]');
      if (list === null) openGlobal();
      else list.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [openGlobal, shortcuts]);
}
