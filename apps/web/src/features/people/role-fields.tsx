'use client';

import type { PlacesOf } from '@loopstart/contracts';
import { ROLE_TABLE, type Role, ROLES } from '@loopstart/domain';
import { t } from '../../messages/people.ts';
import { ChoiceField } from '../../ui/field.tsx';
import { SubjectsField } from '../matching/index.ts';
import { useUser } from '../session/index.ts';

export interface RoleDraft {
  role: string;
  limitedTo: PlacesOf | null;
}

/** A role with whom it is for, and the customers to which it is limited. Sites and tags of a limit are kept as they are. */
export function RoleFields(props: {
  value: RoleDraft;
  onChange: (value: RoleDraft) => void;
  errors: Readonly<Record<string, string | undefined>>;
}) {
  const { value, onChange, errors } = props;
  const { permissions } = useUser();
  const known = ROLES.includes(value.role as Role);
  const offered = ROLES.filter((role) => role !== 'owner' || permissions.includes('owners.appoint'));
  const places = value.limitedTo ?? { customerIds: [], siteIds: [], tags: [] };
  const setCustomers = (customerIds: string[]) => {
    const none = customerIds.length + places.siteIds.length + places.tags.length === 0;
    onChange({ ...value, limitedTo: none ? null : { ...places, customerIds } });
  };
  return (
    <>
      <ChoiceField
        label={t('role')}
        name="role"
        value={value.role}
        error={errors['role']}
        hint={known ? ROLE_TABLE[value.role as Role].about : undefined}
        onChange={(event) =>
          onChange({ role: event.target.value, limitedTo: event.target.value === 'owner' ? null : value.limitedTo })
        }
      >
        {!known && <option value={value.role}>{value.role}</option>}
        {offered.map((role) => (
          <option key={role} value={role}>
            {ROLE_TABLE[role].title}
          </option>
        ))}
      </ChoiceField>
      {value.role !== 'owner' && (
        <SubjectsField
          kind="customer"
          legend={t('onlyCustomers')}
          name="limitedTo"
          none={t('wholeOperator')}
          value={places.customerIds}
          onChange={setCustomers}
          error={errors['limitedTo'] ?? errors['limitedTo.customerIds']}
        />
      )}
    </>
  );
}
