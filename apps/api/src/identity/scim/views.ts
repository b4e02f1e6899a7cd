import { SCIM_GROUP_SCHEMA, SCIM_USER_SCHEMA } from '@loopstart/contracts';
import { type ScimResource, versioned } from './scim-answer.ts';
import type { DirectoryGroupRow } from './group.repository.ts';
import type { DirectoryUserRow } from './user.repository.ts';

/** Whether somebody may come in: the directory wants it, and no colleague removed them. */
export const isActive = ({ person, memberRemovedAt, endedAt }: DirectoryUserRow): boolean =>
  person.active && (memberRemovedAt === null || memberRemovedAt.getTime() === endedAt?.getTime());

/** A person as SCIM has them (RFC 7643, section 4.1). */
export function toUser(row: DirectoryUserRow, base: string): ScimResource {
  const { userName, externalId, displayName, givenName, familyName, formattedName, emails } = row.person;
  const name = present({ formatted: formattedName, givenName, familyName });
  return versioned({
    schemas: [SCIM_USER_SCHEMA],
    id: row.id,
    ...present({ externalId }),
    userName,
    ...(Object.keys(name).length > 0 && { name }),
    ...present({ displayName }),
    active: isActive(row),
    ...(emails.length > 0 && {
      emails: emails.map(({ value, type, primary }) => ({ value, ...present({ type }), primary })),
    }),
    groups: row.groups.map(({ id, displayName: display }) => ({
      value: id,
      display,
      type: 'direct',
      $ref: `${base}/Groups/${id}`,
    })),
    meta: metaOf('User', row, `${base}/Users/${row.id}`),
  });
}

/** A group as SCIM has it (RFC 7643, section 4.2). */
export function toGroup(row: DirectoryGroupRow, base: string): ScimResource {
  const members = row.members?.map(({ id, name: display }) => ({
    value: id,
    display,
    type: 'User',
    $ref: `${base}/Users/${id}`,
  }));
  return versioned({
    schemas: [SCIM_GROUP_SCHEMA],
    id: row.id,
    ...present({ externalId: row.externalId }),
    displayName: row.displayName,
    ...(members !== undefined && { members }),
    meta: metaOf('Group', row, `${base}/Groups/${row.id}`),
  });
}

/** A group whose members were not read: nothing is known of its version. */
export function toGroupAlone(row: DirectoryGroupRow, base: string): Omit<ScimResource, 'meta'> & { meta: object } {
  const { meta, ...group } = toGroup(row, base);
  const { version: _unknown, ...known } = meta;
  return { ...group, meta: known };
}

const metaOf = (
  resourceType: string,
  { createdAt, updatedAt }: { createdAt: Date; updatedAt: Date },
  location: string,
) => ({
  resourceType,
  created: createdAt.toISOString(),
  lastModified: updatedAt.toISOString(),
  location,
});

/** Without what is null: an attribute without a value is absent (RFC 7643, section 2.5). */
const present = (values: Record<string, string | null>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null));
