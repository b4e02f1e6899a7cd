'use client';

import type { FieldErrors } from '../../lib/forms/issues.ts';
import { ChoiceField } from '../../ui/field.tsx';
import { SubjectField } from '../matching/index.ts';
import { t } from '../../messages/maintenance.ts';

export type Scope = 'operator' | 'customer' | 'site' | 'gateway';

const SCOPES: Record<Scope, string> = t.group('scopes');

/** What something is about: first how wide, then which. */
export function ScopeFields<S extends Scope>(props: {
  scopes: readonly S[];
  scope: S;
  scopeId: string;
  /** The path of the id in its schema. */
  name: string;
  errors: FieldErrors;
  onChange: (part: { scope?: S; scopeId: string }) => void;
}) {
  const { scope, scopeId, onChange } = props;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <ChoiceField
        label={t('scope')}
        name="scope"
        value={scope}
        onChange={(event) => onChange({ scope: event.target.value as S, scopeId: '' })}
      >
        {props.scopes.map((one) => (
          <option key={one} value={one}>
            {SCOPES[one]}
          </option>
        ))}
      </ChoiceField>
      {scope !== 'operator' && (
        <SubjectField
          kind={scope}
          // Another kind is another search.
          key={scope}
          legend={t('which')}
          name={props.name}
          value={scopeId}
          onChange={(next) => onChange({ scopeId: next })}
          error={props.errors[props.name]}
        />
      )}
    </div>
  );
}
