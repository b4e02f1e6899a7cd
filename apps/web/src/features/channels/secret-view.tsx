'use client';

import type { Channel } from '@loopstart/contracts';
import { KeyBox } from '../../ui/key-box.tsx';
import { t } from '../../messages/channels.ts';

/** What a receiver needs to check signatures: the secret, shown this once, or the public key. */
export function SecretView({ answer }: { answer: { channel: Channel; signingSecret: string | null } }) {
  const publicKey = answer.channel.keys.findLast((key) => key.publicKey !== null)?.publicKey ?? null;
  if (answer.signingSecret !== null) {
    return (
      <div className="flex flex-col gap-3">
        <KeyBox label={t('signingSecret')} text={answer.signingSecret} />
        <p className="text-sm text-ink-2">
          {t.rich('shownOnlyNowStore', {
            strong: <strong className="font-semibold text-ink" />,
            code: <code className="font-mono" />,
          })}
        </p>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-3">
      {publicKey !== null && <KeyBox label={t('publicKey')} text={publicKey} />}
      <p className="text-sm text-ink-2">{t('messagesSignedEd25519V1a')}</p>
    </div>
  );
}
