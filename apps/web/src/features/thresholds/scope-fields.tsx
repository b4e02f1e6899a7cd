'use client';

import { THRESHOLD_SCOPES } from '@loopstart/contracts';
import { LINE_DEVICE_CLASSES } from '@loopstart/domain';
import type { FieldErrors } from '../../lib/forms/issues.ts';
import { LINE_DEVICE_WORDS } from '../../lib/words/port.ts';
import { ChoiceField, TextField } from '../../ui/field.tsx';
import { SubjectField } from '../matching/index.ts';
import type { ThresholdDraft } from './threshold-form.ts';
import { type Scope, SCOPE_WORDS } from './threshold-words.ts';
import { t } from '../../messages/thresholds.ts';
import { t as common } from '../../messages/common.ts';

/** Where a setting holds. */
export function ThresholdScopeFields(props: {
  draft: ThresholdDraft;
  onChange: (part: Partial<ThresholdDraft>) => void;
  errors: FieldErrors;
}) {
  const { draft, onChange, errors } = props;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <ChoiceField
        label={t('scope')}
        name="scope"
        value={draft.scope}
        onChange={(event) => onChange({ scope: event.target.value as Scope, scopeId: '', position: '' })}
        error={errors.scope}
      >
        {THRESHOLD_SCOPES.map((scope) => (
          <option key={scope} value={scope}>
            {SCOPE_WORDS[scope]}
          </option>
        ))}
      </ChoiceField>
      {draft.scope === 'line-device-class' && (
        <ChoiceField
          label={t('which')}
          name="scopeId"
          value={draft.scopeId}
          onChange={(event) => onChange({ scopeId: event.target.value })}
          error={errors.scopeId}
        >
          <option value="">{common('chooseOne')}</option>
          {LINE_DEVICE_CLASSES.map((device) => (
            <option key={device} value={device}>
              {LINE_DEVICE_WORDS[device]}
            </option>
          ))}
        </ChoiceField>
      )}
      {draft.scope !== 'operator' && draft.scope !== 'line-device-class' && (
        <SubjectField
          kind={SUBJECTS[draft.scope]}
          // Another kind is another search.
          key={draft.scope}
          legend={draft.scope === 'port' ? t('gateway') : t('which')}
          name="scopeId"
          value={draft.scopeId}
          onChange={(scopeId) => onChange({ scopeId })}
          error={errors.scopeId}
        />
      )}
      {draft.scope === 'port' && (
        <TextField
          label={t('port')}
          name="position"
          inputMode="numeric"
          value={draft.position}
          onChange={(event) => onChange({ position: event.target.value })}
          error={errors.position}
        />
      )}
    </div>
  );
}

const SUBJECTS = { customer: 'customer', site: 'site', port: 'gateway' } as const;
