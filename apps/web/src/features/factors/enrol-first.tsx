'use client';

import { endpoints } from '@loopstart/contracts';
import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { makeBrowserClient } from '../../lib/api/client.ts';
import { useQuery } from '../../lib/api/use-query.ts';
import { t } from '../../messages/factors.ts';
import { Button } from '../../ui/button.tsx';
import { AppDialog } from './app-dialog.tsx';
import { PasskeyDialog } from './passkey-dialog.tsx';
import { ProofDialog } from './proof-dialog.tsx';
import { ownFactorsQuery } from './queries.ts';

/** What somebody sees who has to add a second factor before anything else. */
export function EnrolFirst({ operator }: { operator: string }) {
  const [client] = useState(() => makeBrowserClient(() => window.location.assign('/sign-in')));
  const leave = () => window.location.assign('/sign-in');
  return (
    <QueryClientProvider client={client}>
      <ProofDialog />
      <div className="flex flex-col gap-2">
        <Ways operator={operator} />
        <Button wide onClick={() => void call(endpoints.signOut).then(leave, leave)}>
          {t('signOut')}
        </Button>
      </div>
    </QueryClientProvider>
  );
}

/** The kinds that the operator accepts. */
function Ways({ operator }: { operator: string }) {
  const { data } = useQuery(ownFactorsQuery());
  const [open, setOpen] = useState<'app' | 'passkey' | null>(null);
  const close = () => {
    setOpen(null);
    // A full load: with the factor everything opens, without it this page comes again.
    window.location.reload();
  };
  // Unknown is not refused: the API says so where a kind is not accepted.
  const accepts = (kind: 'passkey' | 'totp') => data?.policy.accepts.includes(kind) ?? true;
  const hasOthers = data !== undefined && data.items.length > 0;
  return (
    <>
      <p className="mb-2 text-ink-2">{t(hasOthers ? 'enrolOther' : 'enrolAbout', { operator })}</p>
      {accepts('passkey') && (
        <Button look="primary" wide onClick={() => setOpen('passkey')}>
          {t('addPasskey')}
        </Button>
      )}
      {accepts('totp') && (
        <Button look={accepts('passkey') ? 'plain' : 'primary'} wide onClick={() => setOpen('app')}>
          {t('addApp')}
        </Button>
      )}
      {open === 'passkey' && <PasskeyDialog close={close} />}
      {open === 'app' && <AppDialog close={close} />}
    </>
  );
}
