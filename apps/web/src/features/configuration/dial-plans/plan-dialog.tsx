'use client';

import { ConfigEditInput, DialPlanText } from '@loopstart/contracts';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { z } from 'zod';
import { useSubmit } from '../../../lib/forms/use-submit.ts';
import { t } from '../../../messages/dial-plans.ts';
import { t as configuration } from '../../../messages/configuration.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { CheckField } from '../../../ui/check-field.tsx';
import { TextField } from '../../../ui/field.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { useEdit } from '../draft/use-edit.ts';
import { movedUp, newPlan, newRule, type PlanDraft, planDraftOf, planInputOf } from './plan-draft.ts';
import type { PlanRow } from './plan-rows.ts';
import { RuleFields } from './rule-fields.tsx';

const PlanForm = z.object({ name: ConfigEditInput.shape.name, plan: DialPlanText });

/** Edits a dial plan in the draft, or begins a new one. */
export function PlanDialog({ row, onClose }: { row: PlanRow | null; onClose: () => void }) {
  const { edit } = useEdit();
  const known = row === null ? null : planDraftOf(row);
  const [plan, setPlan] = useState<PlanDraft>(() => known ?? { ...newPlan(), name: row?.name ?? '' });
  const change = (part: Partial<PlanDraft>) => setPlan((old) => ({ ...old, ...part }));
  const form = useSubmit(PlanForm, async ({ name, plan: value }) => {
    const place = { layer: 'operator' } as const;
    const sees = row?.edit?.id ?? row?.entry?.id ?? null;
    const item = { place, kind: 'dial-plan', name, deviceClass: null, isSealed: false } as const;
    await edit([{ ...item, action: 'set', value, sees }], configuration('newDraftName'));
    onClose();
  });
  const { errors } = form;
  return (
    <FormDialog
      wide
      title={row === null ? t('addTitle') : t('editTitle', { name: row.name })}
      description={t('patternHelp')}
      yes={configuration('addToDraft')}
      form={form}
      values={{ name: plan.name, plan: planInputOf(plan) }}
      onClose={onClose}
    >
      {row !== null && known === null && <Banner tone="major" title={t('unreadableTitle')} />}
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={t('name')}
          name="name"
          value={plan.name}
          readOnly={row !== null}
          error={errors['name']}
          onChange={(event) => change({ name: event.target.value })}
        />
        <TextField
          label={t('outsideLineDigit')}
          name="plan.outsideLineDigit"
          optional
          maxLength={1}
          value={plan.outsideLineDigit}
          error={errors['plan.outsideLineDigit']}
          onChange={(event) => change({ outsideLineDigit: event.target.value })}
        />
        <TextField
          label={t('interDigit')}
          name="plan.interDigitTimeoutMs"
          inputMode="numeric"
          value={plan.interDigitTimeoutMs}
          error={errors['plan.interDigitTimeoutMs']}
          onChange={(event) => change({ interDigitTimeoutMs: event.target.value })}
        />
        <TextField
          label={t('shortTimer')}
          name="plan.shortTimeoutMs"
          inputMode="numeric"
          value={plan.shortTimeoutMs}
          error={errors['plan.shortTimeoutMs']}
          onChange={(event) => change({ shortTimeoutMs: event.target.value })}
        />
      </div>
      <CheckField
        checked={plan.sendsByHash}
        onChange={(sendsByHash) => change({ sendsByHash })}
        label={t('hashSends')}
      />
      <ol className="flex flex-col gap-4">
        {plan.rules.map((rule, at) => (
          <RuleFields
            key={at}
            at={at}
            rule={rule}
            errors={errors}
            isOnly={plan.rules.length === 1}
            onChange={(part) => change({ rules: plan.rules.with(at, { ...rule, ...part }) })}
            onMoveUp={() => change({ rules: movedUp(plan.rules, at) })}
            onRemove={() => change({ rules: plan.rules.toSpliced(at, 1) })}
          />
        ))}
      </ol>
      <div>
        <Button
          size="sm"
          icon={<Plus aria-hidden="true" className="size-4" />}
          onClick={() => change({ rules: [...plan.rules, newRule()] })}
        >
          {t('addRule')}
        </Button>
      </div>
    </FormDialog>
  );
}
