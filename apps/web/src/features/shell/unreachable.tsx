'use client';

import { useEffect } from 'react';
import { Button } from '../../ui/button.tsx';
import { LogoMark } from '../../ui/logo.tsx';
import { t } from '../../messages/shell.ts';

const RETRY_MS = 5000;

/** Instead of the console when its API does not answer. Looks again by itself. */
export function Unreachable() {
  useEffect(() => {
    const timer = setInterval(async () => {
      const answer = await fetch('/api/v1/session', { cache: 'no-store' }).catch(() => null);
      if (answer !== null && answer.status < 500) window.location.reload();
    }, RETRY_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <main className="grid min-h-dvh place-items-center px-6">
      <div className="flex max-w-sm flex-col items-center gap-3 text-center" role="alert">
        <LogoMark className="size-10" />
        <h1 className="text-lg font-semibold">{t('serviceStartingCannotReached')}</h1>
        <p className="text-sm text-ink-2">{t('gatewaysKeepWorkingAgents')}</p>
        <Button onClick={() => window.location.reload()}>{t('tryAgainNow')}</Button>
      </div>
    </main>
  );
}
