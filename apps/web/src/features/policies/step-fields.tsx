'use client';

import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import type { FieldErrors } from '../../lib/forms/issues.ts';
import { IconButton } from '../../ui/button.tsx';
import type { Names } from '../matching/index.ts';
import type { StepDraft } from './policy-form.ts';
import { TargetsField } from './targets-field.tsx';
import { WaitField } from '../../ui/wait-field.tsx';
import { t } from '../../messages/policies.ts';

/** One step of a policy: how long to wait, and whom to tell then. */
export function StepFields(props: {
  step: StepDraft;
  index: number;
  names: Names;
  errors: FieldErrors;
  onChange: (part: Partial<StepDraft>) => void;
  onRemove: (() => void) | null;
  onMove: ((by: -1 | 1) => void) | null;
  isLast: boolean;
}) {
  const { step, index, errors, onChange, onRemove, onMove } = props;
  const path = `steps.${index}`;
  return (
    <li className="rounded-md border border-line">
      <div className="flex items-center gap-1 border-b border-line py-1 pr-1 pl-3">
        <h3 className="mr-auto font-medium">{t('stepN', { index: index + 1 })}</h3>
        {onMove !== null && index > 0 && (
          <IconButton
            label={t('moveStepUp', { index: index + 1 })}
            icon={<ArrowUp aria-hidden="true" className="size-4" />}
            onClick={() => onMove(-1)}
          />
        )}
        {onMove !== null && !props.isLast && (
          <IconButton
            label={t('moveStepDown', { index: index + 1 })}
            icon={<ArrowDown aria-hidden="true" className="size-4" />}
            onClick={() => onMove(1)}
          />
        )}
        {onRemove !== null && (
          <IconButton
            label={t('removeStep', { index: index + 1 })}
            icon={<Trash2 aria-hidden="true" className="size-4" />}
            onClick={onRemove}
          />
        )}
      </div>
      <div className="grid gap-4 px-3 py-3 sm:grid-cols-[13rem_minmax(0,1fr)]">
        <WaitField
          label={index === 0 ? t('waitAfterBeginning') : t('waitAfterPreviousStep')}
          name={`${path}.waitMinutes`}
          wait={step.wait}
          unit={step.unit}
          onChange={onChange}
          error={errors[`${path}.waitMinutes`]}
        />
        <TargetsField
          name={`${path}.targets`}
          value={step.targets}
          onChange={(targets) => onChange({ targets })}
          names={props.names}
          error={errors[`${path}.targets`] === undefined ? undefined : t('chooseRecipients')}
        />
      </div>
    </li>
  );
}
