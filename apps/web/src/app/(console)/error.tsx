'use client';

import { useEffect } from 'react';
import { Section } from '../../ui/section.tsx';
import { Failure } from '../../ui/state-panel.tsx';

/** What a page shows when the console itself failed. The frame around it still works. */
export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  useEffect(() => console.error(error), [error]);
  return (
    <>
      <h1 className="text-xl font-semibold tracking-tight">This page could not be shown</h1>
      <Section title="What happened" flush>
        <Failure error={error} retry={reset} />
        {error.digest !== undefined && (
          <p className="pb-6 text-center text-xs text-ink-3">
            Error <code className="font-mono">{error.digest}</code>
          </p>
        )}
      </Section>
    </>
  );
}
