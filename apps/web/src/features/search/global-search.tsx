'use client';

import { Dialog } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { SearchFrame, SEARCH_INPUT } from './search-frame.tsx';
import { useSearchKeys } from './use-search-keys.ts';
import { t as common } from '../../messages/common.ts';
import { t } from '../../messages/shell.ts';

const load = () => import('./palette.tsx').then((module) => ({ default: module.Palette }));
/** What finds is loaded when the browser has time for it, at the latest when it is asked for. */
const Palette = lazy(load);
/** Until then the page itself is more urgent. */
const IDLE_MS = 2_000;

/** Finds anything by its name or number, from anywhere. */
export function GlobalSearch() {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  // From the key that opens it until its field is there.
  const opening = useRef(false);
  const openByKey = useCallback(() => {
    if (!open) opening.current = true;
    setOpen(true);
  }, [open]);
  const typeAhead = useCallback((letter: string) => {
    if (opening.current) setText((typed) => typed + letter);
    return opening.current;
  }, []);
  useSearchKeys(openByKey, typeAhead);
  useEffect(() => {
    const timer = setTimeout(() => void load().catch(() => undefined), IDLE_MS);
    return () => clearTimeout(timer);
  }, []);
  const change = (next: boolean) => {
    setOpen(next);
    if (!next) {
      setText('');
      opening.current = false;
    }
  };
  return (
    <Dialog.Root open={open} onOpenChange={change}>
      <Dialog.Trigger className="flex h-9 min-w-9 items-center gap-2 rounded-md text-ink-2 hover:bg-hover hover:text-ink max-sm:justify-center sm:w-64 sm:border sm:border-line sm:bg-canvas sm:px-2.5 sm:text-ink-3">
        <Search aria-hidden="true" className="size-4 max-sm:size-5" strokeWidth={1.75} />
        <span className="max-sm:sr-only">{t('searchEverything')}</span>
        <kbd className="ml-auto rounded-sm border border-line bg-surface px-1.5 font-sans text-xs text-ink-3 max-sm:hidden">
          {common('ctrlK')}
        </kbd>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-backdrop transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup
          initialFocus={input}
          onFocus={() => (opening.current = false)}
          className="fixed inset-x-2 top-2 z-40 mx-auto flex max-h-[80dvh] max-w-xl flex-col overflow-hidden rounded-lg border border-line bg-raised shadow-raised outline-none transition duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0 sm:top-16"
        >
          <Dialog.Title className="sr-only">{t('searchEverything')}</Dialog.Title>
          {/* What is typed while it loads is kept. */}
          <Suspense
            fallback={
              <SearchFrame status={t('loadingTheSearch')}>
                <input
                  ref={input}
                  autoFocus
                  value={text}
                  onChange={(event) => setText(event.target.value)}
                  {...SEARCH_INPUT}
                />
              </SearchFrame>
            }
          >
            <Palette text={text} onText={setText} onChosen={() => change(false)} input={input} />
          </Suspense>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
