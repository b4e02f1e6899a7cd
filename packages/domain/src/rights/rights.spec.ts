import { describe, expect, test } from 'vitest';
import { allows, isRole, type RoleTable, rolesWith } from './access.ts';
import { type PermissionName, PERMISSIONS } from './permissions.ts';
import { ROLE_TABLE, ROLES } from './roles.ts';

const all = Object.keys(PERMISSIONS) as PermissionName[];

describe('the table of rights', () => {
  test.for(all)('%s is granted to some role, and named by a thing and an operation', (permission) => {
    expect(rolesWith(permission)).not.toEqual([]);
    expect(permission).toMatch(/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/u);
  });

  test.for(ROLES)('%s has no permission twice', (role) => {
    expect(new Set(ROLE_TABLE[role].may).size).toBe(ROLE_TABLE[role].may.length);
  });

  test('a viewer only reads; an administrator may do everything', () => {
    expect(ROLE_TABLE.viewer.may.filter((permission) => !permission.endsWith('.read'))).toEqual([]);
    expect(new Set(ROLE_TABLE.admin.may)).toEqual(new Set(all));
  });

  test('the audit trail is for administrators alone', () => expect(rolesWith('audit.read')).toEqual(['admin']));

  test.for(['toString', '__proto__', 'owner', ''])('%j is no role and has no permission', (role) => {
    expect(isRole(role)).toBe(false);
    expect(all.filter((permission) => allows(role, permission))).toEqual([]);
  });

  test('the own session of a user and signing in need no permission', () => {
    expect([allows('viewer', 'signed-in'), allows('viewer', 'public')]).toEqual([true, true]);
  });
});

test('a new role is one row', () => {
  const table: RoleTable = {
    ...ROLE_TABLE,
    billing: { title: 'Billing', extent: 'whole-operator', may: ['customers.read', 'ports.read'] },
  };
  expect(all.filter((permission) => allows('billing', permission, table))).toEqual(['customers.read', 'ports.read']);
  expect(rolesWith('customers.read', table)).toEqual(['viewer', 'technician', 'admin', 'billing']);
  expect(rolesWith('customers.write', table)).toEqual(['technician', 'admin']);
});
