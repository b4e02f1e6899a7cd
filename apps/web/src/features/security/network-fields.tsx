'use client';

import { t } from '../../messages/security.ts';
import type { FieldErrors } from '../../lib/forms/issues.ts';
import { AreaField, ChoiceField } from '../../ui/field.tsx';
import { Section } from '../../ui/section.tsx';
import type { PolicyDraft } from './policy-draft.ts';

/** From where people work, and people of one role. */
export function NetworkFields(props: {
  draft: PolicyDraft;
  set: (part: Partial<PolicyDraft>) => void;
  roles: readonly (readonly [string, string])[];
  errors: FieldErrors;
}) {
  const { draft, set, roles, errors } = props;
  const left = roles.filter(([role]) => !draft.roleNetworks.some((one) => one.role === role));
  const titleOf = (role: string) => roles.find(([one]) => one === role)?.[1] ?? role;
  return (
    <Section title={t('networkTitle')}>
      <div className="flex max-w-xl flex-col gap-4">
        <AreaField
          label={t('networks')}
          name="networks"
          hint={t('networksHint')}
          value={draft.networks}
          error={errorOf(errors, 'networks')}
          onChange={(event) => set({ networks: event.target.value })}
        />
        {draft.roleNetworks.map(({ role, networks }, index) => (
          <AreaField
            key={role}
            label={t('ofRole', { role: titleOf(role) })}
            name={`roleNetworks.${index}.networks`}
            hint={t('networksHint')}
            value={networks}
            error={errorOf(errors, `roleNetworks.${index}.networks`)}
            onChange={(event) =>
              set({
                roleNetworks: draft.roleNetworks.map((one) =>
                  one.role === role ? { role, networks: event.target.value } : one,
                ),
              })
            }
          />
        ))}
        {left.length > 0 && (
          <ChoiceField
            label={t('addRole')}
            name="addRole"
            value=""
            onChange={(event) =>
              set({ roleNetworks: [...draft.roleNetworks, { role: event.target.value, networks: '' }] })
            }
          >
            <option value="">{t('chooseRole')}</option>
            {left.map(([role, title]) => (
              <option key={role} value={role}>
                {title}
              </option>
            ))}
          </ChoiceField>
        )}
      </div>
    </Section>
  );
}

/** The first error of a list or of one of its lines. */
const errorOf = (errors: FieldErrors, path: string): string | undefined =>
  Object.entries(errors).find(([name]) => name === path || name.startsWith(`${path}.`))?.[1];
