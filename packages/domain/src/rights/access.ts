import type { PermissionName } from './permissions.ts';
import type { Rights } from './rights.ts';
import { ROLE_TABLE, type RoleRow } from './roles.ts';

/** What a request must have: nothing, a session of any role, or a permission. */
export type Access = 'public' | 'signed-in' | PermissionName;

export type RoleTable = Readonly<Record<string, RoleRow>>;

/** Whether these rights give access. It is asked on every request, so it is one look-up in a set. */
export const allows = (rights: Pick<Rights, 'may'>, access: Access): boolean =>
  access === 'public' || access === 'signed-in' || rights.may.has(access);

/** Whether a role of the table has access. A role that is not in the table has no permission. */
export function roleAllows(role: string, access: Access, table: RoleTable = ROLE_TABLE): boolean {
  if (access === 'public' || access === 'signed-in') return true;
  return Object.hasOwn(table, role) && (table[role]?.may.includes(access) ?? false);
}

/** The roles that have a permission, in the order of the table. */
export const rolesWith = (permission: PermissionName, table: RoleTable = ROLE_TABLE): string[] =>
  Object.keys(table).filter((role) => roleAllows(role, permission, table));
