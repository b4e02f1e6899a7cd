'use client';

import { usePreferences } from '../../../lib/preferences/preferences.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { KEYS } from './keys.ts';

/** Which keys do what, and whether they are on. */
export function KeysDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { shortcuts, set } = usePreferences();
  const on = shortcuts === 'on';
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Keys of the inbox"
      description={on ? 'They work while no text field has the focus.' : 'Single-key shortcuts are switched off.'}
      footer={
        <Button onClick={() => set('shortcuts', on ? 'off' : 'on')}>{on ? 'Switch them off' : 'Switch them on'}</Button>
      }
    >
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-4 gap-y-2">
        {KEYS.map(([key, what]) => (
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
    </Dialog>
  );
}
