'use client';

import type { Token } from '@loopstart/contracts';
import { useSyncExternalStore } from 'react';
import { t } from '../../messages/tokens.ts';
import { KeyBox } from '../../ui/key-box.tsx';

const nothing = () => () => undefined;

/** The secret, this once, and a command that tries it. */
export function MadeView({ token, secret }: { token: Token; secret: string }) {
  const origin = useSyncExternalStore(
    nothing,
    () => window.location.origin,
    () => '',
  );
  const command =
    token.kind === 'token'
      ? `curl -H 'Authorization: Bearer ${secret}' ${origin}/api/v1/overview`
      : `curl -u ${token.id}:${secret} -d grant_type=client_credentials ${origin}/oauth/token`;
  return (
    <div className="flex flex-col gap-3">
      {token.kind === 'oauth-client' && <KeyBox label={t('clientId')} text={token.id} />}
      <KeyBox label={t('secret')} text={secret} />
      <p className="text-sm text-ink-2">
        {t.rich('shownOnce', { strong: <strong className="font-semibold text-ink" /> })}
      </p>
      <KeyBox label={t('tryIt')} text={command} />
    </div>
  );
}
