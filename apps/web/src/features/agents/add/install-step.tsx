'use client';

import type { EnrolmentToken } from '@loopstart/contracts';
import { useNow } from '../../../lib/clock/now.tsx';
import { duration } from '../../../lib/format/time.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { t } from '../../../messages/agents.ts';

const MINUTE_MS = 60_000;

/** The command, ready to be copied, and until when it works. */
export function InstallStep({ token, timeZone }: { token: EnrolmentToken; timeZone: string | null }) {
  const left = Date.parse(token.expiresAt) - useNow(MINUTE_MS);
  if (left <= 0) {
    return <p className="text-sm font-medium text-critical">{t('tokenCommandExpiredStart')}</p>;
  }
  return (
    <>
      <div className="rounded-md border border-line bg-sunken">
        <div className="flex items-center justify-between gap-2 border-b border-line py-1.5 pr-2 pl-3">
          <span className="text-xs text-ink-3">{t('runRootDebianUbuntu')}</span>
          <CopyButton text={token.installCommand} what={t('command')} />
        </div>
        <pre className="px-3 py-2.5 font-mono text-sm wrap-anywhere whitespace-pre-wrap select-all">
          {token.installCommand}
        </pre>
      </div>
      <p className="text-sm text-ink-2">
        {t.rich('worksOnceAnotherShown', {
          duration: duration(Math.floor(left / MINUTE_MS) * MINUTE_MS),
          moment: <Moment at={token.expiresAt} siteZone={timeZone} />,
        })}
      </p>
    </>
  );
}
