'use client';

import type { RunbookRun } from '@loopstart/contracts';
import { CircleMinus, CirclePlus, LoaderCircle, MapPin, MonitorSmartphone, TriangleAlert } from 'lucide-react';
import { Absent } from '../../ui/absent.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Ago } from '../../ui/moment.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useRun } from './use-run.ts';
import { evidenceLabel, evidenceReason, evidenceValue, lineTestWords, sourceWords, ticketText } from './words.ts';
import { t } from '../../messages/runbooks.ts';

/** What came of one run: the next step, the likely causes, and all that was looked at. */
export function RunResult({ run: first, siteZone }: { run: RunbookRun; siteZone: string | null }) {
  const { data: run } = useRun(first);
  return (
    <div className="flex flex-col gap-4" aria-live="polite">
      {run.state === 'gathering' || run.next === null ? (
        <p className="flex items-center gap-2 text-ink-2">
          <LoaderCircle aria-hidden="true" className="size-4 motion-safe:animate-spin" />
          {t('checkDoneLineTest', { count: run.evidence.length })}
        </p>
      ) : (
        <>
          <NextStep run={run} next={run.next} />
          <Causes run={run} />
        </>
      )}
      <Looked run={run} siteZone={siteZone} />
      {run.state === 'done' && (
        <div>
          <CopyButton text={ticketText(run)} what={t('textTicket')} />
        </div>
      )}
    </div>
  );
}

function NextStep({ run, next }: { run: RunbookRun; next: NonNullable<RunbookRun['next']> }) {
  const Icon = next.who === 'remote' ? MonitorSmartphone : MapPin;
  return (
    <div className="rounded-md border border-line bg-sunken p-3">
      <p className="flex flex-wrap items-center gap-2 text-sm text-ink-2">
        <Icon aria-hidden="true" className="size-4" />
        {next.who === 'remote' ? t('nextFromHere') : t('nextOnSite')}
        {next.disturbs && (
          <Tag tone="minor">
            <TriangleAlert aria-hidden="true" className="size-3" />
            {t('interruptsTheLine')}
          </Tag>
        )}
      </p>
      <p className="mt-1 text-lg font-medium">{next.text}</p>
      <p className="mt-1 text-sm text-ink-2">{t('whatItShows', { proves: next.proves })}</p>
      {next.disturbs && run.lifeSafety && (
        <p className="mt-2 text-sm font-medium text-critical">{t('lifeBuildingDependsLine')}</p>
      )}
      {run.busy && <p className="mt-2 text-sm">{t('lineUseUseUnknown')}</p>}
    </div>
  );
}

function Causes({ run }: { run: RunbookRun }) {
  if (run.hypotheses.length === 0) return <p className="text-ink-2">{t('noEvidencePointsCause')}</p>;
  return (
    <ol className="flex flex-col gap-3">
      {run.hypotheses.map((cause, index) => (
        <li key={cause.id}>
          <p className="font-medium">
            <span className="text-ink-3">{index + 1}.</span> {cause.title}
          </p>
          <ul className="mt-1 flex flex-col gap-0.5 text-sm text-ink-2">
            {cause.for.map(({ key, text }) => (
              <li key={key} className="flex items-start gap-1.5">
                <CirclePlus aria-label={t('for')} className="mt-0.5 size-3.5 shrink-0 text-ok" />
                {text}
              </li>
            ))}
            {cause.against.map(({ key, text }) => (
              <li key={key} className="flex items-start gap-1.5">
                <CircleMinus aria-label={t('against')} className="mt-0.5 size-3.5 shrink-0 text-ink-3" />
                {text}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

function Looked({ run, siteZone }: { run: RunbookRun; siteZone: string | null }) {
  const tested = lineTestWords(run.lineTest);
  return (
    <details>
      <summary className="cursor-pointer text-sm font-medium">
        {t('allChecks', { count: run.evidence.length, missing: run.missing.length })}
      </summary>
      {tested !== null && <p className="mt-2 text-sm text-ink-2">{tested}</p>}
      <table className="mt-2 w-full text-sm">
        <caption className="sr-only">{t('evidenceAgeSource')}</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">{t('check')}</th>
            <th scope="col">{t('value')}</th>
            <th scope="col">{t('ageAndSource')}</th>
          </tr>
        </thead>
        <tbody>
          {run.evidence.map((item) => {
            const value = evidenceValue(item);
            return (
              <tr key={item.key} className="border-t border-line align-top">
                <th scope="row" className="py-1 pr-3 text-left font-normal text-ink-2">
                  {evidenceLabel(item.key)}
                </th>
                <td className="py-1 pr-3">{value ?? <Absent why={evidenceReason(item)} spelled />}</td>
                <td className="py-1 text-right text-ink-3">
                  {item.at !== null && value !== null && (
                    <>
                      <Ago at={item.at} siteZone={siteZone} />,{' '}
                    </>
                  )}
                  {sourceWords(item.source)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </details>
  );
}
