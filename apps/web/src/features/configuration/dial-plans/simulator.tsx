'use client';

import { DialPlanText } from '@loopstart/contracts';
import { evaluatePlan, type PlanDialling, readDialPlan } from '@loopstart/domain';
import { useState } from 'react';
import { t } from '../../../messages/dial-plans.ts';
import { ChoiceField, TextField } from '../../../ui/field.tsx';
import { Section } from '../../../ui/section.tsx';
import { SeverityLabel } from '../../../ui/severity-label.tsx';
import type { PlanRow } from './plan-rows.ts';

/** Type what is dialled, and see which rule takes it, after how long, and what is sent. */
export function Simulator({ rows }: { rows: readonly PlanRow[] }) {
  const [name, setName] = useState(rows[0]?.name ?? '');
  const [dialled, setDialled] = useState('');
  const row = rows.find((one) => one.name === name) ?? rows[0];
  const parsed = DialPlanText.safeParse(row?.value);
  const read = parsed.success ? readDialPlan(parsed.data) : null;
  const result =
    read?.ok === true && dialled !== ''
      ? evaluatePlan({ ...read.plan, emergencyNumbers: [] }, { blocked: [] }, dialled)
      : null;
  return (
    <Section title={t('simulator')} note={t('simulatorNote')}>
      <div className="grid gap-3 sm:grid-cols-2">
        <ChoiceField
          label={t('plan')}
          name="plan"
          value={row?.name ?? ''}
          onChange={(event) => setName(event.target.value)}
        >
          {rows.map((one) => (
            <option key={one.name} value={one.name}>
              {one.name}
            </option>
          ))}
        </ChoiceField>
        <TextField
          label={t('dialled')}
          name="dialled"
          inputMode="tel"
          maxLength={40}
          value={dialled}
          hint={t('dialledHint')}
          onChange={(event) => setDialled(event.target.value.replaceAll(/[^0-9*#]/g, ''))}
        />
      </div>
      <output className="mt-3 block" aria-live="polite">
        {result === null ? <p className="text-sm text-ink-3">{t('typeSomething')}</p> : <Result result={result} />}
      </output>
    </Section>
  );
}

function Result({ result }: { result: PlanDialling }) {
  const { outcome, number, rule, refusal, afterMs, keysUsed } = result;
  if (outcome === 'sent')
    return (
      <SeverityLabel severity="ok">
        {t('sent', { number: number ?? '', rule: rule?.label ?? '', keys: keysUsed, afterMs })}
      </SeverityLabel>
    );
  if (outcome === 'barred')
    return <SeverityLabel severity="major">{t('barred', { rule: rule?.label ?? '', afterMs })}</SeverityLabel>;
  return <SeverityLabel severity="minor">{t.group('refusals')[refusal ?? 'no-rule']}</SeverityLabel>;
}
