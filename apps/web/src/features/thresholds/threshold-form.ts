import type { ConditionView, ThresholdInput } from '@loopstart/contracts';
import type { z } from 'zod';
import type { FieldErrors } from '../../lib/forms/issues.ts';
import { numberOf } from '../../lib/forms/wait.ts';
import { type Scope, type Setting, valueWords } from './threshold-words.ts';
import { t } from '../../messages/thresholds.ts';
import { t as common } from '../../messages/common.ts';

/** A setting as it is edited: an empty value leaves what the wider scope says. */
export interface ThresholdDraft {
  kind: ConditionView['kind'];
  scope: Scope;
  /** Of a customer, site or line device class; of a port, its gateway. */
  scopeId: string;
  position: string;
  values: Record<string, string>;
  off: boolean;
  reason: string;
}

export function newThreshold(kind: ConditionView['kind']): ThresholdDraft {
  return { kind, scope: 'operator', scopeId: '', position: '', values: {}, off: false, reason: '' };
}

export function thresholdDraftOf(setting: Setting): ThresholdDraft {
  const [gatewayId = '', position = ''] = setting.scope === 'port' ? setting.scopeId.split('/') : [setting.scopeId];
  return {
    kind: setting.kind,
    scope: setting.scope,
    scopeId: gatewayId,
    position,
    values: Object.fromEntries(Object.entries(setting.parameters).map(([name, value]) => [name, String(value)])),
    off: setting.off,
    reason: setting.reason,
  };
}

/** What is sent for a draft; it still has to pass the contract's schema. */
export function thresholdInputOf(draft: ThresholdDraft): z.input<typeof ThresholdInput> {
  const { kind, scope, off, reason } = draft;
  return {
    kind,
    scope,
    scopeId: scope === 'operator' ? '' : scope === 'port' ? `${draft.scopeId}/${draft.position.trim()}` : draft.scopeId,
    parameters: Object.fromEntries(
      Object.entries(draft.values)
        .filter(([, value]) => value.trim() !== '')
        .map(([name, value]) => [name, numberOf(value)]),
    ),
    off,
    reason,
  };
}

/** What the schema alone does not see: bounds of the condition, a place that is not chosen, a setting that sets nothing. */
export function checkThreshold(
  input: z.output<typeof ThresholdInput>,
  parameters: ConditionView['parameters'],
): FieldErrors {
  const errors: FieldErrors = {};
  if (input.scope === 'port') {
    const [gatewayId, position = ''] = input.scopeId.split('/');
    if (gatewayId === '') errors['scopeId'] = common('chooseOneSentence');
    if (!/^[1-9]\d{0,3}$/.test(position)) errors['position'] = t('enterNumberPort');
  } else if (input.scope !== 'operator' && input.scopeId === '') {
    errors['scopeId'] = common('chooseOneSentence');
  }
  for (const { name, min, max, unit } of parameters) {
    const value = input.parameters[name];
    if (value !== undefined && (value < min || value > max))
      errors[`parameters.${name}`] = t('range', { min: valueWords(min, unit), max: valueWords(max, unit) });
  }
  const [first] = parameters;
  if (!input.off && Object.keys(input.parameters).length === 0 && first !== undefined)
    errors[`parameters.${first.name}`] = t('setLeastOneValue');
  return errors;
}
