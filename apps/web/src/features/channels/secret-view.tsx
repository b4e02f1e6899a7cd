'use client';

import type { Channel } from '@loopstart/contracts';
import { CopyButton } from '../../ui/copy-button.tsx';
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

export function KeyBox({ label, text }: { label: string; text: string }) {
  return (
    <div className="rounded-md border border-line bg-sunken">
      <div className="flex items-center justify-between gap-2 border-b border-line py-1.5 pr-2 pl-3">
        <span className="text-xs text-ink-3">{label}</span>
        <CopyButton text={text} what={label.toLowerCase()} />
      </div>
      <code className="block px-3 py-2.5 font-mono text-sm wrap-anywhere select-all">{text}</code>
    </div>
  );
}
