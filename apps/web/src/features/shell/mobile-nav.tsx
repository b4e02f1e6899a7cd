'use client';

import { Dialog } from '@base-ui/react/dialog';
import { Menu, X } from 'lucide-react';
import { useState } from 'react';
import { LogoMark } from '../../ui/logo.tsx';
import { NavList } from './nav-list.tsx';
import { ZoneToggle } from './zone-toggle.tsx';
import { t } from '../../messages/shell.ts';

/** The navigation on a phone: a drawer. */
export function MobileNav() {
  const [open, setOpen] = useState(false);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger
        aria-label={t('openTheNavigation')}
        className="grid size-9 place-items-center rounded-md text-ink-2 hover:bg-hover hover:text-ink"
      >
        <Menu aria-hidden="true" className="size-5" />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-backdrop transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup className="fixed inset-y-0 left-0 z-40 flex w-72 max-w-[85vw] flex-col gap-4 overflow-y-auto bg-raised p-3 shadow-raised outline-none transition duration-150 data-ending-style:-translate-x-4 data-ending-style:opacity-0 data-starting-style:-translate-x-4 data-starting-style:opacity-0">
          <div className="flex items-center gap-2">
            <LogoMark className="size-7" />
            <Dialog.Title className="flex-1 font-semibold">{t('loopstart')}</Dialog.Title>
            <Dialog.Close
              aria-label={t('closeTheNavigation')}
              className="grid size-9 place-items-center rounded-md text-ink-2 hover:bg-hover"
            >
              <X aria-hidden="true" className="size-4" />
            </Dialog.Close>
          </div>
          <nav aria-label={t('main')}>
            <NavList onFollow={() => setOpen(false)} />
          </nav>
          <div className="border-t border-line pt-3">
            <ZoneToggle />
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
