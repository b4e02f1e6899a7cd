'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useEffectEvent, useState } from 'react';
import { isCovered, isTyping } from '../../lib/keyboard.ts';
import { usePreferences } from '../../lib/preferences/preferences.tsx';
import { asksForHelp, EVERYWHERE, onShowShortcuts, type ShortcutGroup } from '../../lib/shortcut-help.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { GRID_SHORTCUTS, hasGrid } from '../../ui/grid/use-grid-keys.ts';
import { INBOX_SHORTCUTS } from '../incidents/index.ts';
import { t } from '../../messages/shell.ts';

/** Which keys do what here, and whether they are on. `?` opens it on every page. */
export function ShortcutsDialog() {
  const { shortcuts, set } = usePreferences();
  const [open, setOpen] = useState(false);
  const pathname = usePathname();
  const inInbox = pathname === '/incidents';
  const on = shortcuts === 'on';
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!on || event.defaultPrevented || !asksForHelp(event) || isTyping(event.target) || isCovered()) return;
    event.preventDefault();
    setOpen(true);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listener);
    const stop = onShowShortcuts(() => setOpen(true));
    return () => {
      document.removeEventListener('keydown', listener);
      stop();
    };
  }, []);
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title={t('keyboardShortcuts')}
      description={on ? t('singleKeysWorkNo') : t('singleKeyShortcutsOff')}
      footer={<Button onClick={() => set('shortcuts', on ? 'off' : 'on')}>{on ? t('turnOff') : t('turnOn')}</Button>}
    >
      <div className="flex flex-col gap-4">
        <Group group={EVERYWHERE} />
        {inInbox && <Group group={INBOX_SHORTCUTS} />}
        {open && hasGrid() && <Group group={GRID_SHORTCUTS} />}
      </div>
    </Dialog>
  );
}

function Group({ group }: { group: ShortcutGroup }) {
  return (
    <section>
      <h3 className="mb-2 text-sm font-medium text-ink-2">{group.title}</h3>
      <dl className="grid grid-cols-[4.5rem_minmax(0,1fr)] items-center gap-x-4 gap-y-2">
        {group.keys.map(([key, what]) => (
          <div key={key} className="contents">
            <dt>
              <kbd className="inline-block min-w-7 rounded-sm border border-edge bg-sunken px-1.5 py-0.5 text-center font-mono text-sm">
                {key}
              </kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
