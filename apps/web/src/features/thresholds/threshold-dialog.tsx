'use client';

import { type ConditionView, endpoints, ThresholdInput } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { Button } from '../../ui/button.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { AreaField, TextField } from '../../ui/field.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import {
  checkThreshold,
  newThreshold,
  type ThresholdDraft,
  thresholdDraftOf,
  thresholdInputOf,
} from './threshold-form.ts';
import { ThresholdScopeFields } from './scope-fields.tsx';
import { type Setting, settingWhere, unitWords, valueWords } from './threshold-words.ts';
import { t } from '../../messages/thresholds.ts';
import { t as common } from '../../messages/common.ts';

/** Sets thresholds of a condition somewhere, with the reason. */
export function ThresholdDialog(props: {
  condition: ConditionView;
  /** Edited; without it a new place is chosen. */
  setting: Setting | null;
  onClose: () => void;
}) {
  const { condition, setting, onClose } = props;
  const id = useId();
  const client = useQueryClient();
  const toast = useToast();
  const [draft, setDraft] = useState<ThresholdDraft>(() =>
    setting === null ? newThreshold(condition.kind) : thresholdDraftOf(setting),
  );
  const change = (part: Partial<ThresholdDraft>) => setDraft((old) => ({ ...old, ...part }));
  const form = useSubmit(
    ThresholdInput,
    async (body) => {
      await call(endpoints.setThreshold, { body });
      await client.invalidateQueries();
      onClose();
      toast(t('thresholdsSet', { title: condition.title }), t('theyApplyNextReading'));
    },
    (input) => checkThreshold(input, condition.parameters),
  );
  const { errors } = form;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('thresholdsOf', { title: condition.title })}
      description={setting === null ? condition.means : settingWhere(setting)}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button look="primary" type="submit" form={id} pending={form.pending}>
            {t('set')}
          </Button>
        </>
      }
    >
      <form
        id={id}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void form.submit(thresholdInputOf(draft));
        }}
      >
        {setting === null && <ThresholdScopeFields draft={draft} onChange={change} errors={errors} />}
        <CheckField checked={draft.off} onChange={(off) => change({ off })} label={t('notMonitorConditionHere')} />
        {!draft.off &&
          condition.parameters.map(({ name, label, unit, min, max, ...parameter }) => (
            <TextField
              key={name}
              label={unit === '' ? label : `${label} (${unitWords(unit)})`}
              name={`parameters.${name}`}
              inputMode="decimal"
              optional
              value={draft.values[name] ?? ''}
              placeholder={String(parameter.default)}
              onChange={(event) => change({ values: { ...draft.values, [name]: event.target.value } })}
              error={errors[`parameters.${name}`]}
              hint={t('rangeHint', {
                fallback: valueWords(parameter.default, unit),
                min: valueWords(min, unit),
                max: valueWords(max, unit),
              })}
            />
          ))}
        <AreaField
          label={t('whyThisValue')}
          name="reason"
          rows={2}
          maxLength={500}
          value={draft.reason}
          onChange={(event) => change({ reason: event.target.value })}
          error={errors.reason}
          hint={t('shownWhereverValueMatters')}
        />
        {form.failure !== null && <FailureNote told={form.failure} />}
      </form>
    </Dialog>
  );
}
