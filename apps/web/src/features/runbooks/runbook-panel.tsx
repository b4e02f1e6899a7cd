'use client';

import type { RunbookRun } from '@loopstart/contracts';
import { type LineDeviceClass, LIFE_SAFETY, type Symptom, SYMPTOMS } from '@loopstart/domain';
import { Stethoscope } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { cx } from '../../ui/cx.ts';
import { Moment } from '../../ui/moment.tsx';
import { Section } from '../../ui/section.tsx';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { Failure, FailureNote } from '../../ui/state-panel.tsx';
import { useRefusal } from '../session/index.ts';
import { RunResult } from './run-result.tsx';
import { type Line, useRuns, useStartRun } from './use-run.ts';
import { SYMPTOM_WORDS } from './words.ts';
import { t } from '../../messages/runbooks.ts';

/** One click gathers the evidence for what somebody complains about, and proposes the next step. */
export function RunbookPanel(props: Line & { device: LineDeviceClass; siteZone: string | null }) {
  const [symptom, setSymptom] = useState<Symptom>('no-dial-tone');
  const [confirmed, setConfirmed] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const refusal = useRefusal('runbooks.start');
  const runs = useRuns(props);
  const { start, pending, failure } = useStartRun(props);
  const lifeSafety = LIFE_SAFETY.has(props.device);
  const items = runs.data?.items ?? [];
  const shown = items.find(({ id }) => id === chosen) ?? items[0];

  const run = async () => {
    const started = await start(symptom, lifeSafety && confirmed);
    if (started !== null) setChosen(started.id);
  };
  return (
    <Section title={t('diagnoseAComplaint')} note={t('collectsKnownFactsTests')}>
      <div className="flex flex-col gap-4">
        <SymptomChoice value={symptom} onChange={setSymptom} />
        {lifeSafety && <CheckField checked={confirmed} onChange={setConfirmed} label={t('somebodySiteAgreesLine')} />}
        <div>
          <Button
            look="primary"
            pending={pending}
            disabledReason={refusal}
            onClick={() => void run()}
            icon={<Stethoscope aria-hidden="true" className="size-4" />}
          >
            {pending ? t('diagnosing') : t('diagnose')}
          </Button>
        </div>
        {failure !== null && <FailureNote told={failure} />}
        {runs.data === undefined ? (
          runs.error === null ? (
            <Loading what={t('earlierRuns')}>
              <Bone className="h-16 rounded-md" />
            </Loading>
          ) : (
            <Failure error={runs.error} retry={runs.refetch} />
          )
        ) : shown === undefined ? (
          <p className="text-sm text-ink-3">{t('noDiagnosesLineYet')}</p>
        ) : (
          <>
            <EarlierRuns runs={items} shown={shown.id} onChoose={setChosen} siteZone={props.siteZone} />
            <RunResult key={shown.id} run={shown} siteZone={props.siteZone} />
          </>
        )}
      </div>
    </Section>
  );
}

function SymptomChoice({ value, onChange }: { value: Symptom; onChange: (symptom: Symptom) => void }) {
  const name = useId();
  return (
    <fieldset className="grid gap-2 sm:grid-cols-2">
      <legend className="sr-only">{t('complaint')}</legend>
      {SYMPTOMS.map((symptom) => (
        <label
          key={symptom}
          className={cx(
            'grid cursor-pointer grid-cols-[auto_1fr] items-start gap-x-2.5 rounded-md border p-3 has-focus-visible:outline-2 has-focus-visible:outline-accent',
            symptom === value ? 'border-accent bg-accent-soft' : 'border-line hover:bg-hover',
          )}
        >
          <input
            type="radio"
            name={name}
            checked={symptom === value}
            onChange={() => onChange(symptom)}
            className="mt-0.5 size-4 shrink-0 accent-accent"
          />
          <span className="font-medium">{SYMPTOM_WORDS[symptom].label}</span>
          <span className="col-start-2 text-sm text-ink-2">{SYMPTOM_WORDS[symptom].said}</span>
        </label>
      ))}
    </fieldset>
  );
}

function EarlierRuns(props: {
  runs: RunbookRun[];
  shown: string;
  onChoose: (id: string) => void;
  siteZone: string | null;
}) {
  return (
    <ul aria-label={t('runsNewestFirst')} className="flex flex-wrap gap-1.5 border-t border-line pt-3">
      {props.runs.map((run) => (
        <li key={run.id}>
          <button
            type="button"
            aria-pressed={run.id === props.shown}
            onClick={() => props.onChoose(run.id)}
            className={cx(
              'rounded-md border px-2 py-1 text-sm',
              run.id === props.shown
                ? 'border-accent bg-accent-soft font-medium'
                : 'border-line text-ink-2 hover:bg-hover',
            )}
          >
            {SYMPTOM_WORDS[run.symptom].label}, <Moment at={run.startedAt} siteZone={props.siteZone} />
          </button>
        </li>
      ))}
    </ul>
  );
}
