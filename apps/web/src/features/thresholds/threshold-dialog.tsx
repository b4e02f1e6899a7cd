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
      toast(`The thresholds of “${condition.title}” were set.`, 'They hold from the next reading on.');
    },
    (input) => checkThreshold(input, condition.parameters),
  );
  const { errors } = form;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Thresholds of “${condition.title}”`}
      description={setting === null ? condition.means : settingWhere(setting)}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form={id} pending={form.pending}>
            Set
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
        <CheckField checked={draft.off} onChange={(off) => change({ off })} label="Do not watch for it here" />
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
              hint={`Default ${valueWords(parameter.default, unit)}; from ${valueWords(min, unit)} to ${valueWords(max, unit)}. Empty: as the wider scope says.`}
            />
          ))}
        <AreaField
          label="Why this value"
          name="reason"
          rows={2}
          maxLength={500}
          value={draft.reason}
          onChange={(event) => change({ reason: event.target.value })}
          error={errors.reason}
          hint="Shown wherever the value decides something."
        />
        {form.failure !== null && <FailureNote told={form.failure} />}
      </form>
    </Dialog>
  );
}
