'use client';

import type { WrongThing } from '@loopstart/contracts';
import { LINE_DEVICE_WORDS, SEVERITY_WORDS } from '../../lib/words/port.ts';
import Link from 'next/link';
import { LineDeviceIcon } from '../../ui/line-device-icon.tsx';
import { Moment, Since } from '../../ui/moment.tsx';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { whatIsWrong, whichThing, wrongHref } from './wrong-words.ts';
import { t } from '../../messages/overview.ts';

/** What is wrong, worst first: which line, what about it, where, and since when. */
export function WrongList({ things }: { things: readonly WrongThing[] }) {
  return (
    <ol>
      {things.map((thing) => (
        <li
          key={`${thing.gatewayId} ${thing.position} ${thing.reason}`}
          className="relative grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 border-t border-line px-4 py-2.5 first:border-t-0 hover:bg-hover/60 sm:grid-cols-[auto_minmax(0,1fr)_auto]"
        >
          <SeverityMark severity={thing.severity} className="mt-0.5 size-4.5" />
          <div className="min-w-0">
            <p className="flex flex-wrap items-baseline gap-x-2">
              <span className="sr-only">{SEVERITY_WORDS[thing.severity]}: </span>
              <Link href={wrongHref(thing)} className="font-semibold after:absolute after:inset-0 hover:underline">
                {whichThing(thing)}
              </Link>
              <span className="text-ink">{whatIsWrong(thing)}</span>
            </p>
            <p className="flex flex-wrap items-center gap-x-1.5 text-sm text-ink-2">
              {thing.lineDeviceClass !== null && (
                <span className="inline-flex items-center gap-1">
                  <LineDeviceIcon device={thing.lineDeviceClass} className="size-3.5 text-ink-3" />
                  {LINE_DEVICE_WORDS[thing.lineDeviceClass]}
                  <span aria-hidden="true">·</span>
                </span>
              )}
              {thing.position !== null && (
                <span>
                  {t('portOf', { position: thing.position, gatewayName: thing.gatewayName })}
                  <span aria-hidden="true" className="max-sm:hidden">
                    {' '}
                    ·
                  </span>
                </span>
              )}
              <span className="max-sm:basis-full">
                {thing.siteName}, {thing.customerName}
              </span>
            </p>
          </div>
          <p className="text-sm text-ink-2 max-sm:col-start-2 sm:text-right">
            {thing.since === null ? (
              t('sinceBeforeMonitoringBegan')
            ) : (
              <>
                <span className="font-medium text-ink">{t.rich('for', { since: <Since at={thing.since} /> })}</span>
                <span className="sm:block">
                  <span className="sm:hidden">, </span>
                  {t.rich('since', { moment: <Moment at={thing.since} siteZone={thing.timeZone} /> })}
                </span>
              </>
            )}
          </p>
        </li>
      ))}
    </ol>
  );
}
