'use client';

import { Dialog } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { useSearchKeys } from './use-search-keys.ts';

/** What is behind the button is loaded when it is first needed. */
const Palette = dynamic(() => import('./palette.tsx').then((module) => module.Palette), {
  loading: () => <p className="p-4 text-ink-3">Loading the search…</p>,
});

/** Finds anything by its name or number, from anywhere. */
export function GlobalSearch() {
  const [open, setOpen] = useState(false);
  useSearchKeys(() => setOpen(true));
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger className="flex h-9 min-w-9 items-center gap-2 rounded-md text-ink-2 hover:bg-hover hover:text-ink max-sm:justify-center sm:w-64 sm:border sm:border-line sm:bg-canvas sm:px-2.5 sm:text-ink-3">
        <Search aria-hidden="true" className="size-4 max-sm:size-5" strokeWidth={1.75} />
        <span className="max-sm:sr-only">Search everything</span>
        <kbd className="ml-auto rounded-sm border border-line bg-surface px-1.5 font-sans text-xs text-ink-3 max-sm:hidden">
          Ctrl K
        </kbd>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-backdrop transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup className="fixed inset-x-2 top-2 z-40 mx-auto flex max-h-[80dvh] max-w-xl flex-col overflow-hidden rounded-lg border border-line bg-raised shadow-raised outline-none transition duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0 sm:top-16">
          <Dialog.Title className="sr-only">Search everything</Dialog.Title>
          <Palette onChosen={() => setOpen(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
