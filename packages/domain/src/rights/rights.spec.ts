import { describe, expect, test } from 'vitest';
import { allows, roleAllows, type RoleTable, rolesWith } from './access.ts';
import { type PermissionName, PERMISSIONS } from './permissions.ts';
import { WHOLE_OPERATOR_ONLY } from './places.ts';
import { exceeds, limitedRights, narrowed, rightsOf } from './rights.ts';
import { isRole, ROLE_TABLE, ROLES } from './roles.ts';

const all = Object.keys(PERMISSIONS) as PermissionName[];
const of = (role: string) => rightsOf(role, null)!;

describe('the table of rights', () => {
  test.for(all)('%s is granted to some role, and named by a thing and an operation', (permission) => {
    expect(rolesWith(permission)).not.toEqual([]);
    expect(permission).toMatch(/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/u);
  });

  test.for(ROLES)('%s has no permission twice', (role) => {
    expect(new Set(ROLE_TABLE[role].may).size).toBe(ROLE_TABLE[role].may.length);
  });

  test.for(['read-only', 'billing'] as const)('%s only reads, and touches no line', (role) => {
    expect(ROLE_TABLE[role].may.filter((permission) => !permission.endsWith('.read'))).toEqual([]);
    expect(ROLE_TABLE[role].maxLinesAtOnce).toBe(0);
  });

  test('an owner may do everything, an administrator everything but appoint owners, export and delete', () => {
    expect(new Set(ROLE_TABLE.owner.may)).toEqual(new Set(all));
    expect(exceeds(of('administrator'), of('owner'))).toEqual(['operator.export', 'operator.delete', 'owners.appoint']);
    expect(exceeds(of('owner'), of('administrator'))).toEqual([]);
  });

  test.for(['audit.read', 'roles.write', 'channel-addresses.read', 'sites.tag'] as const)(
    '%s is for owners and administrators alone',
    (permission) => expect(rolesWith(permission)).toEqual(['owner', 'administrator']),
  );

  test('a customer manager and billing see no people, policies, channels or secrets of the organisation', () => {
    const organisation =
      /^(people|roles|policies|schedules|channels|channel-addresses|deliveries|heartbeat|audit|agent-targets)\./;
    expect(
      [...ROLE_TABLE['customer-manager'].may, ...ROLE_TABLE.billing.may].filter((name) => organisation.test(name)),
    ).toEqual([]);
  });

  test.for(['toString', '__proto__', 'admin', 'viewer', ''])('%j is no role and has no permission', (role) => {
    expect(isRole(role)).toBe(false);
    expect(rightsOf(role, null)).toBe(null);
    expect(all.filter((permission) => roleAllows(role, permission))).toEqual([]);
  });

  test('the own session of a user and signing in need no permission', () => {
    const none = { may: new Set<PermissionName>() };
    expect([allows(none, 'signed-in'), allows(none, 'public')]).toEqual([true, true]);
    expect(all.filter((permission) => allows(none, permission))).toEqual([]);
  });
});

test('a new role is one row', () => {
  const row = {
    title: 'Auditor',
    about: 'Reads.',
    may: ['ports.read'],
    maxLinesAtOnce: 0,
    limitedOnly: false,
  } as const;
  const table: RoleTable = { ...ROLE_TABLE, auditor: row };
  expect(all.filter((permission) => roleAllows('auditor', permission, table))).toEqual(['ports.read']);
  expect(rolesWith('ports.read', table)).toEqual([...rolesWith('ports.read'), 'auditor']);
  expect(rolesWith('customers.write', table)).toEqual(rolesWith('customers.write'));
});

describe("a role of the operator's own", () => {
  const own = {
    title: 'Night shift',
    permissions: ['ports.read', 'incidents.acknowledge', 'no.longer'],
    maxLinesAtOnce: 5,
  };

  test('has the permissions of its list that this version knows', () => {
    const rights = rightsOf('7b0c', own)!;
    expect([...rights.may]).toEqual(['ports.read', 'incidents.acknowledge']);
    expect(all.filter((permission) => allows(rights, permission))).toEqual(['ports.read', 'incidents.acknowledge']);
  });

  test('never replaces a role of the table', () => expect(rightsOf('owner', own)).toBe(of('owner')));
});

test.for([
  ['read-only', 'technician', false],
  ['technician', 'read-only', true],
  ['technician', 'administrator', false],
  ['administrator', 'customer-manager', true],
  ['customer-manager', 'read-only', false],
] as const)('who is %s may make another %s: %s', ([own, other, may]) =>
  expect(exceeds(of(own), of(other)).length === 0).toBe(may),
);

test('more lines at once than the own role has is more', () => {
  const may = new Set<PermissionName>();
  const over = (own: number | null, other: number | null) =>
    exceeds({ may, maxLinesAtOnce: own }, { may, maxLinesAtOnce: other }).length > 0;
  expect([over(5, 5), over(5, 6), over(5, null), over(null, null), over(null, 9)]).toEqual([
    false,
    true,
    true,
    false,
    false,
  ]);
});

test('who is limited to places decides nothing for the whole operator, and keeps the rest', () => {
  const limited = limitedRights(of('owner'));
  expect([...of('owner').may].filter((one) => !limited.may.has(one))).toEqual(
    [...of('owner').may].filter((one) => WHOLE_OPERATOR_ONLY.has(one)),
  );
  expect(allows(limited, 'audit.read')).toBe(false);
  expect(allows(limited, 'gateways.retire')).toBe(true);
});

test('a token never has a right that its person lacks', () => {
  const token = narrowed(of('technician'), ['ports.read', 'audit.read', 'nothing.known']);
  expect([...token.may]).toEqual(['ports.read']);
});
