'use client';

import { endpoints } from '@loopstart/contracts';
import { call } from '../../lib/api/browser.ts';
import { showPasskey, useHasPasskeys, usePasskey } from '../../lib/passkeys/use-passkey.ts';
import { t } from '../../messages/session.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';

/** Signing in by a passkey alone: no address, no password. */
export function PasskeySignIn({ next }: { next: string }) {
  const has = useHasPasskeys();
  const { pending, failure, start } = usePasskey(async () => {
    const credential = await showPasskey(await call(endpoints.beginPasskeySignIn));
    await call(endpoints.signInByPasskey, { body: endpoints.signInByPasskey.body.parse({ credential }) });
    // A full load: nothing of an earlier session may stay in memory.
    window.location.assign(next);
    await new Promise(() => undefined);
  });
  if (has === false) return <p className="text-sm text-ink-3">{t('noPasskeysHere')}</p>;
  return (
    <>
      {failure !== null && <FailureNote told={failure} />}
      <Button wide pending={pending} onClick={() => void start()}>
        {t('signInByPasskey')}
      </Button>
    </>
  );
}
