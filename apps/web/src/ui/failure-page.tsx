'use client';

import { PageHeader } from './page-header.tsx';
import { Failure } from './state-panel.tsx';

/** A whole page that could not be read. */
export function FailurePage({ title, error, retry }: { title: string; error: unknown; retry: () => unknown }) {
  return (
    <>
      <PageHeader title={title} />
      <div className="rounded-lg border border-line bg-surface">
        <Failure error={error} retry={retry} />
      </div>
    </>
  );
}
