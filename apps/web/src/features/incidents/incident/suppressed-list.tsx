'use client';

import type { Alert } from '@loopstart/contracts';
import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { portLabel } from '../../../lib/words/incident.ts';
import { SEVERITY_WORDS } from '../../../lib/words/port.ts';
import { SeverityLabel } from '../../../ui/severity-label.tsx';
import { portSummary, type SuppressedGroup, suppressedGroups } from './suppressed-groups.ts';
import { t } from '../../../messages/incidents.ts';

/** What an incident explains, by gateway; a gateway's ports are counted, and listed on demand. */
export function SuppressedList({ alerts }: { alerts: readonly Alert[] }) {
  return (
    <ul className="flex flex-col">
      {suppressedGroups(alerts).map((group) => (
        <li key={group.key} className="border-t border-line py-1.5 first:border-t-0">
          <Group group={group} />
        </li>
      ))}
    </ul>
  );
}

function Group({ group }: { group: SuppressedGroup }) {
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3">
        {group.href === null ? (
          <span className="font-medium">{group.name}</span>
        ) : (
          <Link
            href={group.href}
            className="inline-flex min-h-6 items-center font-medium underline-offset-2 wrap-anywhere hover:underline"
          >
            {group.name}
          </Link>
        )}
        {group.own.map((alert) => (
          <span key={alert.id} className="text-sm">
            <AlertWords alert={alert} />
          </span>
        ))}
      </div>
      {group.ports.length > 0 && (
        <details className="group/ports text-sm">
          <summary className="inline-flex min-h-6 list-none flex-wrap items-center gap-x-1.5 rounded-sm text-ink-2 hover:text-ink [&::-webkit-details-marker]:hidden">
            <ChevronRight
              aria-hidden="true"
              className="size-3.5 shrink-0 transition-transform group-open/ports:rotate-90"
            />
            {portSummary(group.ports)
              .map(({ title, n }) => `${n} × ${title}`)
              .join(', ')}
          </summary>
          <ul className="mt-1 mb-1 ml-5 grid gap-x-6 gap-y-0.5 sm:grid-cols-2">
            {group.ports.map((alert) => (
              <li key={alert.id} className="flex min-w-0 flex-wrap items-center justify-between gap-x-2">
                {alert.place.port !== null && alert.place.gateway !== null && (
                  <Link
                    href={`/gateways/${alert.place.gateway.id}/ports/${alert.place.port.position}`}
                    className="inline-flex min-h-6 items-center wrap-anywhere underline-offset-2 hover:underline"
                  >
                    {portLabel(alert.place.port)}
                  </Link>
                )}
                <AlertWords alert={alert} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function AlertWords({ alert }: { alert: Alert }) {
  return (
    <SeverityLabel severity={alert.stale ? 'unknown' : alert.severity}>
      <span className="sr-only">{SEVERITY_WORDS[alert.severity]}: </span>
      {alert.title}
      {alert.stale && t('staleSuffix')}
    </SeverityLabel>
  );
}
