'use client';

import { endpoints } from '@loopstart/contracts';
import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { makeBrowserClient } from '../../lib/api/client.ts';
import { t } from '../../messages/factors.ts';
import { Button } from '../../ui/button.tsx';
import { AppDialog } from './app-dialog.tsx';
import { PasskeyDialog } from './passkey-dialog.tsx';
import { ProofDialog } from './proof-dialog.tsx';

/** What somebody sees who has to add a second factor before anything else. */
export function EnrolFirst({ operator }: { operator: string }) {
  const [client] = useState(() => makeBrowserClient(() => window.location.assign('/sign-in')));
  const [open, setOpen] = useState<'app' | 'passkey' | null>(null);
  const close = () => {
    setOpen(null);
    // A full load: with the factor everything opens, without it this page comes again.
    window.location.reload();
  };
  const leave = () => window.location.assign('/sign-in');
  return (
    <QueryClientProvider client={client}>
      <ProofDialog />
      <p className="mb-4 text-ink-2">{t('enrolAbout', { operator })}</p>
      <div className="flex flex-col gap-2">
        <Button look="primary" wide onClick={() => setOpen('passkey')}>
          {t('addPasskey')}
        </Button>
        <Button wide onClick={() => setOpen('app')}>
          {t('addApp')}
        </Button>
        <Button wide onClick={() => void call(endpoints.signOut).then(leave, leave)}>
          {t('signOut')}
        </Button>
      </div>
      {open === 'passkey' && <PasskeyDialog close={close} />}
      {open === 'app' && <AppDialog close={close} />}
    </QueryClientProvider>
  );
}
