'use client';

import type { AffectedLine, Incident } from '@loopstart/contracts';
import { isLifeSafety } from '@loopstart/domain';
import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { behindWords, lineHref, lineName } from '../../../lib/words/behind.ts';
import { LINE_DEVICE_WORDS } from '../../../lib/words/port.ts';
import { LineDeviceIcon } from '../../../ui/line-device-icon.tsx';
import { Section } from '../../../ui/section.tsx';
import { t } from '../../../messages/incidents.ts';
import { t as common } from '../../../messages/common.ts';

/** Which lines an incident takes along: those on which a life depends by name, all others by gateway. */
export function BehindSection({ incident }: { incident: Incident }) {
  const { behind } = incident;
  // One line alone is what the page is about already.
  if (behind.lines === 0 || (behind.lines === 1 && incident.place.port !== null)) return null;
  const grave = behind.first.filter((line) => isLifeSafety(line.lineDeviceClass));
  const others = behind.first.filter((line) => !isLifeSafety(line.lineDeviceClass));
  return (
    <Section title={t('affectedLines')} note={behindWords(behind)}>
      <div className="flex flex-col gap-4">
        {grave.length > 0 && (
          <div>
            <h3 className="text-sm font-medium">{t('lifeSafetyLines')}</h3>
            <Lines lines={grave} />
          </div>
        )}
        <div>
          <h3 className="text-sm font-medium">{common('gateways')}</h3>
          <ul className="divide-y divide-line">
            {behind.gateways.map((gateway) => (
              <li key={gateway.id} className="flex flex-wrap items-baseline justify-between gap-x-4 py-1.5 text-sm">
                <span className="min-w-0 wrap-anywhere">
                  <Link
                    href={`/gateways/${gateway.id}`}
                    className="inline-flex min-h-6 items-center font-medium underline-offset-2 hover:underline"
                  >
                    {gateway.name}
                  </Link>
                  <span className="text-ink-3">, {gateway.siteName}</span>
                </span>
                <span className="text-ink-2">{behindWords({ ...gateway, first: [] })}</span>
              </li>
            ))}
          </ul>
        </div>
        {others.length > 0 && (
          <details className="group">
            <summary className="flex min-h-8 cursor-pointer list-none items-center gap-1 text-sm text-ink-2 hover:text-ink [&::-webkit-details-marker]:hidden">
              <ChevronRight aria-hidden="true" className="size-4 transition-transform group-open:rotate-90" />
              {t('otherLine', { lines: behind.lines - behind.lifeSafetyLines })}
            </summary>
            <Lines lines={others} />
            {behind.first.length < behind.lines && (
              <p className="mt-2 text-sm text-ink-3">
                {t('listedPagesGatewaysList', { count: behind.first.length, lines: behind.lines })}
              </p>
            )}
          </details>
        )}
      </div>
    </Section>
  );
}

function Lines({ lines }: { lines: readonly AffectedLine[] }) {
  return (
    <ul className="divide-y divide-line">
      {lines.map((line) => (
        <li
          key={`${line.gatewayId}/${line.position}`}
          className="flex flex-wrap items-baseline justify-between gap-x-4 py-1.5 text-sm"
        >
          <span className="inline-flex min-w-0 items-center gap-1.5">
            <LineDeviceIcon device={line.lineDeviceClass} className="size-4 shrink-0 text-ink-3" />
            <Link
              href={lineHref(line)}
              className="inline-flex min-h-6 items-center font-medium underline-offset-2 wrap-anywhere hover:underline"
            >
              {lineName(line)}
            </Link>
            <span className="text-ink-2">
              {LINE_DEVICE_WORDS[line.lineDeviceClass].toLowerCase()}
              {line.number !== null && `, ${line.number}`}
            </span>
          </span>
          <span className="text-ink-3 wrap-anywhere">
            {t('port', { gatewayName: line.gatewayName, position: line.position })}
          </span>
        </li>
      ))}
    </ul>
  );
}
