'use client';

import type { RunbookRun } from '@loopstart/contracts';
import { CircleMinus, CirclePlus, LoaderCircle, MapPin, MonitorSmartphone, TriangleAlert } from 'lucide-react';
import { Absent } from '../../ui/absent.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Ago } from '../../ui/moment.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useRun } from './use-run.ts';
import { evidenceLabel, evidenceReason, evidenceValue, lineTestWords, sourceWords, ticketText } from './words.ts';

/** What came of one run: the next step, the likely causes, and all that was looked at. */
export function RunResult({ run: first, siteZone }: { run: RunbookRun; siteZone: string | null }) {
  const { data: run } = useRun(first);
  return (
    <div className="flex flex-col gap-4" aria-live="polite">
      {run.state === 'gathering' || run.next === null ? (
        <p className="flex items-center gap-2 text-ink-2">
          <LoaderCircle aria-hidden="true" className="size-4 motion-safe:animate-spin" />
          {run.evidence.length} things looked at; the line test is running, which takes some seconds.
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
          <CopyButton text={ticketText(run)} what="text for a ticket" />
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
        {next.who === 'remote' ? 'Next, from here' : 'Next, on site'}
        {next.disturbs && (
          <Tag tone="minor">
            <TriangleAlert aria-hidden="true" className="size-3" />
            interrupts the line
          </Tag>
        )}
      </p>
      <p className="mt-1 text-lg font-medium">{next.text}</p>
      <p className="mt-1 text-sm text-ink-2">It shows: {next.proves}</p>
      {next.disturbs && run.lifeSafety && (
        <p className="mt-2 text-sm font-medium text-critical">
          A life or a building depends on this line: whoever is on site must agree before it is interrupted.
        </p>
      )}
      {run.busy && (
        <p className="mt-2 text-sm">
          The line is in use, or nobody can tell that it is not. Steps that interrupt it have to wait.
        </p>
      )}
    </div>
  );
}

function Causes({ run }: { run: RunbookRun }) {
  if (run.hypotheses.length === 0) return <p className="text-ink-2">Nothing that is known speaks for a cause.</p>;
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
                <CirclePlus aria-label="For it:" className="mt-0.5 size-3.5 shrink-0 text-ok" />
                {text}
              </li>
            ))}
            {cause.against.map(({ key, text }) => (
              <li key={key} className="flex items-start gap-1.5">
                <CircleMinus aria-label="Against it:" className="mt-0.5 size-3.5 shrink-0 text-ink-3" />
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
        What was looked at ({run.evidence.length}
        {run.missing.length > 0 && `, ${run.missing.length} would help and nobody knows`})
      </summary>
      {tested !== null && <p className="mt-2 text-sm text-ink-2">{tested}</p>}
      <table className="mt-2 w-full text-sm">
        <caption className="sr-only">Evidence, with its age and source</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">What</th>
            <th scope="col">Value</th>
            <th scope="col">Age and source</th>
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
