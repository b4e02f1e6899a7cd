'use client';

import { useEffect } from 'react';
import { Section } from '../../ui/section.tsx';
import { Failure } from '../../ui/state-panel.tsx';
import { t } from '../../messages/shell.ts';

/** What a page shows when the console itself failed. The frame around it still works. */
export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  useEffect(() => console.error(error), [error]);
  return (
    <>
      <h1 className="text-xl font-semibold tracking-tight">{t('pageNotShown')}</h1>
      <Section title={t('whatHappened')} flush>
        <Failure error={error} retry={reset} />
        {error.digest !== undefined && (
          <p className="pb-6 text-center text-xs text-ink-3">
            {t.rich('error', { digest: error.digest, code: <code className="font-mono" /> })}
          </p>
        )}
      </Section>
    </>
  );
}
