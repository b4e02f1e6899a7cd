'use client';

import type { PlacesOf } from '@loopstart/contracts';
import { OWNER, ROLE_TABLE, ROLES } from '@loopstart/domain';
import { useQuery } from '../../lib/api/use-query.ts';
import { t } from '../../messages/people.ts';
import { ChoiceField } from '../../ui/field.tsx';
import { beyond, rolesQuery } from '../roles/index.ts';
import { useRefusal, useUser } from '../session/index.ts';
import { PlaceFields } from './place-fields.tsx';

export interface RoleDraft {
  role: string;
  limitedTo: PlacesOf | null;
}

/** A role with whom it is for, and the customers, sites and tags to which it is limited. */
export function RoleFields(props: {
  value: RoleDraft;
  onChange: (value: RoleDraft) => void;
  errors: Readonly<Record<string, string | undefined>>;
  /** The title of the role that the person has now, which may not be among those offered. */
  title?: string | null;
}) {
  const { value, onChange, errors } = props;
  const offered = useOffered();
  const chosen = offered.find(({ id }) => id === value.role);
  return (
    <>
      <ChoiceField
        label={t('role')}
        name="role"
        value={value.role}
        error={errors['role']}
        hint={chosen?.about ?? undefined}
        onChange={(event) =>
          onChange({ role: event.target.value, limitedTo: event.target.value === OWNER ? null : value.limitedTo })
        }
      >
        {chosen === undefined && <option value={value.role}>{props.title ?? value.role}</option>}
        {offered.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </ChoiceField>
      {value.role !== OWNER && (
        <PlaceFields
          name="limitedTo"
          value={value.limitedTo}
          onChange={(limitedTo) => onChange({ ...value, limitedTo })}
          errors={errors}
        />
      )}
    </>
  );
}

/** Roles that the person may give: built-in ones, and those of the operator with no right that they lack. */
function useOffered(): { id: string; title: string; about: string | null }[] {
  const user = useUser();
  const mayRead = useRefusal('roles.read') === null;
  const own = useQuery({ ...rolesQuery(), enabled: mayRead }).data?.items.filter((role) => role.own) ?? [];
  return [
    ...ROLES.filter((role) => role !== OWNER || user.permissions.includes('owners.appoint')).map((role) => ({
      id: role,
      title: ROLE_TABLE[role].title,
      about: ROLE_TABLE[role].about,
    })),
    ...own.filter((role) => beyond(role, user) === null).map(({ id, title, about }) => ({ id, title, about })),
  ];
}
