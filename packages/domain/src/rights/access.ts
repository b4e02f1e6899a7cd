import type { PermissionName } from './permissions.ts';
import { isProviderRight, type ProviderRight } from './provider.ts';
import type { Rights } from './rights.ts';
import { ROLE_TABLE, type RoleRow } from './roles.ts';

/** What a request must have: nothing, a session of any role, a permission, or a right of who runs the installation. */
export type Access = 'public' | 'signed-in' | PermissionName | ProviderRight;

export type RoleTable = Readonly<Record<string, RoleRow>>;

/** Whether these rights give access. It is asked on every request, so it is one look-up in a set. */
export function allows(rights: Pick<Rights, 'may' | 'provider'>, access: Access): boolean {
  if (access === 'public' || access === 'signed-in') return true;
  return isProviderRight(access) ? rights.provider === true : rights.may.has(access);
}

/** Whether a role of the table has access. A role that is not in the table has no permission. */
export function roleAllows(role: string, access: Access, table: RoleTable = ROLE_TABLE): boolean {
  if (access === 'public' || access === 'signed-in') return true;
  // No role of an operator has them.
  if (isProviderRight(access)) return false;
  return Object.hasOwn(table, role) && (table[role]?.may.includes(access) ?? false);
}

/** The roles that have a permission, in the order of the table. */
export const rolesWith = (permission: PermissionName, table: RoleTable = ROLE_TABLE): string[] =>
  Object.keys(table).filter((role) => roleAllows(role, permission, table));
