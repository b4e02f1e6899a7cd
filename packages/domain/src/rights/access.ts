import type { PermissionName } from './permissions.ts';
import { type Role, ROLE_TABLE, type RoleRow } from './roles.ts';

/** What a request must have: nothing, a session of any role, or a permission. */
export type Access = 'public' | 'signed-in' | PermissionName;

export type RoleTable = Readonly<Record<string, RoleRow>>;

export const isRole = (name: string): name is Role => Object.hasOwn(ROLE_TABLE, name);

/** Whether a role has access. A role that is not in the table has no permission. */
export function allows(role: string, access: Access, table: RoleTable = ROLE_TABLE): boolean {
  if (access === 'public' || access === 'signed-in') return true;
  return Object.hasOwn(table, role) && (table[role]?.may.includes(access) ?? false);
}

/** The roles that have a permission, in the order of the table. */
export const rolesWith = (permission: PermissionName, table: RoleTable = ROLE_TABLE): string[] =>
  Object.keys(table).filter((role) => allows(role, permission, table));
