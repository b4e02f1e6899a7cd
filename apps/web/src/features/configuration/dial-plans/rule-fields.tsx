'use client';

import { DIAL_CLASSES, DIAL_TIMERS, parsePattern } from '@loopstart/domain';
import { ArrowUp, Trash2 } from 'lucide-react';
import type { FieldErrors } from '../../../lib/forms/issues.ts';
import { t } from '../../../messages/dial-plans.ts';
import { IconButton } from '../../../ui/button.tsx';
import { ChoiceField, TextField } from '../../../ui/field.tsx';
import type { RuleDraft } from './plan-draft.ts';

/** What is wrong with a pattern while it is typed; undefined where it can be read or is empty. */
function patternError(pattern: string): string | undefined {
  if (pattern.trim() === '') return undefined;
  const parsed = parsePattern(pattern.trim());
  return parsed.ok
    ? undefined
    : t('patternError', { position: parsed.error.position, expected: parsed.error.expected });
}

/** One rule of a plan. Its pattern is read as it is typed. */
export function RuleFields(props: {
  at: number;
  rule: RuleDraft;
  errors: FieldErrors;
  isOnly: boolean;
  onChange: (part: Partial<RuleDraft>) => void;
  onMoveUp: () => void;
  onRemove: () => void;
}) {
  const { at, rule, errors, isOnly, onChange, onMoveUp, onRemove } = props;
  const name = (field: keyof RuleDraft) => `plan.rules.${at}.${field}`;
  return (
    <li>
      <fieldset className="rounded-md border border-line p-3">
        <legend className="px-1 text-sm font-medium">{t('ruleN', { number: at + 1 })}</legend>
        <div className="grid gap-3 sm:grid-cols-3">
          <TextField
            label={t('label')}
            name={name('label')}
            value={rule.label}
            error={errors[name('label')]}
            onChange={(event) => onChange({ label: event.target.value })}
          />
          <TextField
            label={t('pattern')}
            name={name('pattern')}
            value={rule.pattern}
            error={patternError(rule.pattern) ?? errors[name('pattern')]}
            onChange={(event) => onChange({ pattern: event.target.value })}
          />
          <TextField
            label={t('prepend')}
            name={name('prepend')}
            optional
            value={rule.prepend}
            error={errors[name('prepend')]}
            onChange={(event) => onChange({ prepend: event.target.value })}
          />
          <ChoiceField
            label={t('class')}
            name={name('class')}
            value={rule.class}
            onChange={(event) => onChange({ class: event.target.value as RuleDraft['class'] })}
          >
            {DIAL_CLASSES.map((one) => (
              <option key={one} value={one}>
                {t.group('classes')[one]}
              </option>
            ))}
          </ChoiceField>
          <ChoiceField
            label={t('action')}
            name={name('action')}
            value={rule.action}
            onChange={(event) => onChange({ action: event.target.value as RuleDraft['action'] })}
          >
            <option value="send">{t('actionSend')}</option>
            <option value="bar">{t('actionBar')}</option>
          </ChoiceField>
          <ChoiceField
            label={t('timer')}
            name={name('timer')}
            value={rule.timer}
            onChange={(event) => onChange({ timer: event.target.value as RuleDraft['timer'] })}
          >
            {DIAL_TIMERS.map((one) => (
              <option key={one} value={one}>
                {t.group('timers')[one]}
              </option>
            ))}
          </ChoiceField>
        </div>
        <div className="mt-2 flex justify-end gap-1">
          {at > 0 && (
            <IconButton
              size="sm"
              label={t('moveUp', { number: at + 1 })}
              icon={<ArrowUp aria-hidden="true" className="size-4" />}
              onClick={onMoveUp}
            />
          )}
          {!isOnly && (
            <IconButton
              size="sm"
              label={t('removeRule', { number: at + 1 })}
              icon={<Trash2 aria-hidden="true" className="size-4" />}
              onClick={onRemove}
            />
          )}
        </div>
      </fieldset>
    </li>
  );
}
