'use client';

import { ChevronDown } from 'lucide-react';
import { t } from '../../messages/events.ts';

/** Where an event came from, and what exactly was received, for those who want to see it. */
export function EventDetail({ source, detail }: { source: string; detail: Record<string, string> }) {
  const entries = Object.entries(detail);
  if (entries.length === 0) return <span className="text-sm whitespace-nowrap text-ink-2">{source}</span>;
  return (
    <details className="group min-w-0 text-sm">
      <summary className="inline-flex min-h-6 list-none items-center gap-1 rounded-sm whitespace-nowrap text-ink-2 hover:text-ink [&::-webkit-details-marker]:hidden">
        {source}
        <ChevronDown aria-hidden="true" className="size-3.5 transition-transform group-open:rotate-180" />
        <span className="sr-only">{t('receivedMessage')}</span>
      </summary>
      <ReceivedMessage detail={detail} />
    </details>
  );
}

/** What exactly was received: objects or fields, with their values. */
export function ReceivedMessage({ detail }: { detail: Record<string, string> }) {
  return (
    <dl className="mt-1 max-w-96 rounded-md bg-sunken px-2.5 py-2 text-left text-xs">
      {Object.entries(detail).map(([name, value]) => (
        <div key={name} className="mb-1 last:mb-0">
          <dt className="wrap-anywhere text-ink-3">{name}</dt>
          <dd className="wrap-anywhere font-mono text-ink">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
