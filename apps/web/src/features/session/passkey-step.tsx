'use client';

import { endpoints } from '@loopstart/contracts';
import type { ReactNode } from 'react';
import { call } from '../../lib/api/browser.ts';
import { showPasskey, useHasPasskeys, usePasskey } from '../../lib/passkeys/use-passkey.ts';
import { t } from '../../messages/session.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';

/** The second step of signing in by a passkey; `children` are the other ways. */
export function PasskeyStep({ next, children }: { next: string; children: ReactNode }) {
  const has = useHasPasskeys();
  const { pending, failure, start } = usePasskey(async () => {
    const credential = await showPasskey(await call(endpoints.beginPasskeyStep));
    const body = endpoints.takeSecondStep.body.parse({ step: 'passkey', credential });
    await call(endpoints.takeSecondStep, { body });
    // A full load: nothing of an earlier session may stay in memory.
    window.location.assign(next);
    await new Promise(() => undefined);
  });
  return (
    <div className="flex flex-col gap-4">
      <p className="text-sm text-ink-2">{has === false ? t('noPasskeysHere') : t('passkeyStepAbout')}</p>
      {failure !== null && <FailureNote told={failure} />}
      {has !== false && (
        <Button look="primary" wide pending={pending} onClick={() => void start()}>
          {pending ? t('signingIn') : t('usePasskey')}
        </Button>
      )}
      {children}
    </div>
  );
}
