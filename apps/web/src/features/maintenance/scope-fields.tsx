'use client';

import { useQuery } from '@tanstack/react-query';
import type { FieldErrors } from '../../lib/forms/issues.ts';
import { ChoiceField } from '../../ui/field.tsx';
import { customerNamesQuery, gatewayNamesQuery, siteNamesQuery } from '../matching/index.ts';

export type Scope = 'operator' | 'customer' | 'site' | 'gateway';

const SCOPES: Record<Scope, string> = {
  operator: 'All customers',
  customer: 'A customer',
  site: 'A site',
  gateway: 'A gateway',
};

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
  const options = useOptions(scope);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <ChoiceField
        label="About"
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
        <ChoiceField
          label="Which"
          name={props.name}
          value={scopeId}
          onChange={(event) => onChange({ scopeId: event.target.value })}
          error={props.errors[props.name]}
        >
          <option value="">{options === undefined ? 'Loading…' : 'Choose one'}</option>
          {options?.map(([id, word]) => (
            <option key={id} value={id}>
              {word}
            </option>
          ))}
        </ChoiceField>
      )}
    </div>
  );
}

function useOptions(scope: Scope): (readonly [id: string, word: string])[] | undefined {
  const customers = useQuery({ ...customerNamesQuery(), enabled: scope === 'customer' }).data;
  const sites = useQuery({ ...siteNamesQuery(), enabled: scope === 'site' }).data;
  const gateways = useQuery({ ...gatewayNamesQuery(), enabled: scope === 'gateway' }).data;
  switch (scope) {
    case 'operator':
      return [];
    case 'customer':
      return customers?.items.map((one) => [one.id, one.name] as const);
    case 'site':
      return sites?.items.map((one) => [one.id, `${one.name} (${one.customer.name})`] as const);
    case 'gateway':
      return gateways?.items.map((one) => [one.id, `${one.name} (${one.site.name})`] as const);
  }
}
