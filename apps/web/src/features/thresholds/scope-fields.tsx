'use client';

import { THRESHOLD_SCOPES } from '@loopstart/contracts';
import { LINE_DEVICE_CLASSES } from '@loopstart/domain';
import { useQuery } from '@tanstack/react-query';
import type { FieldErrors } from '../../lib/forms/issues.ts';
import { LINE_DEVICE_WORDS } from '../../lib/words/port.ts';
import { ChoiceField, TextField } from '../../ui/field.tsx';
import { customerNamesQuery, gatewayNamesQuery, siteNamesQuery } from '../matching/index.ts';
import type { ThresholdDraft } from './threshold-form.ts';
import { type Scope, SCOPE_WORDS } from './threshold-words.ts';

/** Where a setting holds. */
export function ThresholdScopeFields(props: {
  draft: ThresholdDraft;
  onChange: (part: Partial<ThresholdDraft>) => void;
  errors: FieldErrors;
}) {
  const { draft, onChange, errors } = props;
  const options = useOptions(draft.scope);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <ChoiceField
        label="Where"
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
      {draft.scope !== 'operator' && (
        <ChoiceField
          label={draft.scope === 'port' ? 'Gateway' : 'Which'}
          name="scopeId"
          value={draft.scopeId}
          onChange={(event) => onChange({ scopeId: event.target.value })}
          error={errors.scopeId}
        >
          <option value="">{options === undefined ? 'Loading…' : 'Choose one'}</option>
          {options?.map(([id, word]) => (
            <option key={id} value={id}>
              {word}
            </option>
          ))}
        </ChoiceField>
      )}
      {draft.scope === 'port' && (
        <TextField
          label="Port"
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

const DEVICES = LINE_DEVICE_CLASSES.map((device) => [device, LINE_DEVICE_WORDS[device]] as const);

function useOptions(scope: Scope): readonly (readonly [id: string, word: string])[] | undefined {
  const customers = useQuery({ ...customerNamesQuery(), enabled: scope === 'customer' }).data;
  const sites = useQuery({ ...siteNamesQuery(), enabled: scope === 'site' }).data;
  const gateways = useQuery({ ...gatewayNamesQuery(), enabled: scope === 'port' }).data;
  switch (scope) {
    case 'operator':
      return [];
    case 'customer':
      return customers?.items.map((one) => [one.id, one.name] as const);
    case 'site':
      return sites?.items.map((one) => [one.id, `${one.name} (${one.customer.name})`] as const);
    case 'line-device-class':
      return DEVICES;
    case 'port':
      return gateways?.items.map((one) => [one.id, `${one.name} (${one.site.name})`] as const);
  }
}
