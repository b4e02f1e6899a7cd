'use client';

import type { CauseOfTrouble } from '@loopstart/contracts';
import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { behindWords, lifeSafetyNames, lineHref, lineName } from '../../lib/words/behind.ts';
import { placeLine } from '../../lib/words/incident.ts';
import { LINE_DEVICE_WORDS, SEVERITY_WORDS } from '../../lib/words/port.ts';
import { LineDeviceIcon } from '../../ui/line-device-icon.tsx';
import { Moment, Since } from '../../ui/moment.tsx';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { IncidentState } from '../alerts/index.ts';
import { t } from '../../messages/overview.ts';

/** One row a cause, most urgent first, with the lines that it takes along folded into it. */
export function CauseList({ causes }: { causes: readonly CauseOfTrouble[] }) {
  return (
    <ol>
      {causes.map((cause) => (
        <li key={cause.incident.id} className="border-t border-line px-4 py-2.5 first:border-t-0">
          <Cause cause={cause} />
        </li>
      ))}
    </ol>
  );
}

function Cause({ cause }: { cause: CauseOfTrouble }) {
  const { incident } = cause;
  const grave = lifeSafetyNames(cause);
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 sm:grid-cols-[auto_minmax(0,1fr)_auto]">
      <SeverityMark severity={incident.severity} className="mt-0.5 size-4.5" />
      <div className="min-w-0">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="sr-only">{SEVERITY_WORDS[incident.severity]}: </span>
          <Link
            href={`/incidents/${incident.id}`}
            className="font-semibold underline-offset-2 hover:underline wrap-anywhere"
          >
            {incident.title}
          </Link>
          <span className="text-ink-2 wrap-anywhere">{placeLine(incident.place)}</span>
        </p>
        {grave !== '' && (
          <p className="text-sm font-medium text-ink wrap-anywhere">
            <LineDeviceIcon
              device={cause.first[0]!.lineDeviceClass}
              className="mr-1 inline-block size-3.5 align-[-0.125em] text-ink-3"
            />
            {grave}
          </p>
        )}
        <IncidentState incident={incident} brief />
        {cause.lines > 0 && !isOneLine(cause) && <Lines cause={cause} />}
      </div>
      <p className="text-sm text-ink-2 max-sm:col-start-2 sm:text-right">
        <span className="font-medium text-ink">{t.rich('for', { since: <Since at={incident.since} /> })}</span>
        <span className="sm:block">
          <span className="sm:hidden">, </span>
          {t.rich('since', { moment: <Moment at={incident.since} siteZone={incident.place.site?.timeZone ?? null} /> })}
        </span>
      </p>
    </div>
  );
}

/** The place of the incident names the line already. */
function isOneLine({ lines, incident }: CauseOfTrouble): boolean {
  return lines === 1 && incident.place.port !== null;
}

function Lines({ cause }: { cause: CauseOfTrouble }) {
  const { first, lines, incident } = cause;
  return (
    <details className="group">
      <summary className="inline-flex min-h-7 cursor-pointer list-none items-center gap-1 rounded-sm text-sm text-ink-2 hover:text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden="true" className="size-4 transition-transform group-open:rotate-90" />
        {behindWords(cause)}
      </summary>
      <ul className="mb-1 ml-5 grid gap-x-6 text-sm sm:grid-cols-2">
        {first.map((line) => (
          <li key={`${line.gatewayId}/${line.position}`} className="flex min-w-0 items-center gap-1.5">
            <LineDeviceIcon device={line.lineDeviceClass} className="size-3.5 shrink-0 text-ink-3" />
            <span className="sr-only">{LINE_DEVICE_WORDS[line.lineDeviceClass]}: </span>
            <Link
              href={lineHref(line)}
              className="inline-flex min-h-6 min-w-0 items-center underline-offset-2 wrap-anywhere hover:underline"
            >
              {lineName(line)}
            </Link>
            <span className="min-w-0 truncate text-ink-3">{line.gatewayName}</span>
          </li>
        ))}
      </ul>
      {lines > first.length && (
        <p className="ml-5 text-sm">
          <Link
            href={`/incidents/${incident.id}`}
            className="inline-flex min-h-6 items-center underline underline-offset-2"
          >
            {t('allLinePageIncident', { lines })}
          </Link>
        </p>
      )}
    </details>
  );
}
