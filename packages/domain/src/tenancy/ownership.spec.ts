import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PermissionName, PERMISSIONS } from '../rights/permissions.ts';
import {
  NOT_PUBLISHED_RIGHTS,
  type ObjectAct,
  operatorMay,
  ownershipOf,
  OWNERSHIPS,
  publishedPolicyFaults,
  publishedRoleFaults,
} from './ownership.ts';

describe('what an operator may do', () => {
  const table: [ObjectAct, owned: boolean, shared: boolean, locked: boolean][] = [
    ['read', true, true, true],
    ['apply', true, false, true],
    ['copy', false, true, false],
    ['change', true, false, false],
    ['reorder', true, false, false],
    ['delete', true, false, false],
  ];
  test.for(table)('%s: owned %s, shared %s, locked %s', ([act, ...expected]) => {
    expect(OWNERSHIPS.map((ownership) => operatorMay(ownership, act))).toEqual(expected);
  });
});

describe('where an object came from', () => {
  test.for([
    [
      { locked: false, libraryVersion: null },
      { ownership: 'owned', publishedBy: null, version: null },
    ],
    [
      { locked: false, libraryVersion: 3 },
      { ownership: 'owned', publishedBy: 'provider', version: 3 },
    ],
    [
      { locked: true, libraryVersion: 3 },
      { ownership: 'locked', publishedBy: 'provider', version: 3 },
    ],
  ] as const)('%o', ([stored, shown]) => expect(ownershipOf(stored)).toEqual(shown));
});

describe('a role to be published', () => {
  const names = Object.keys(PERMISSIONS) as PermissionName[];
  test('has a fault for each right over who works there, and no other', () => {
    fc.assert(
      fc.property(fc.subarray(names), (permissions) => {
        const faults = publishedRoleFaults({ permissions }).map(({ path }) => path);
        expect(faults).toEqual(
          permissions.flatMap((name, index) => (NOT_PUBLISHED_RIGHTS.has(name) ? [`permissions.${index}`] : [])),
        );
      }),
    );
  });
  test('nothing that writes people, roles, tokens or sign-in is among the others', () => {
    const others = names.filter((name) => !NOT_PUBLISHED_RIGHTS.has(name));
    const reaching = /^(members|roles|tokens|owners|operator|organisation|sign-in-policy|single-sign-on|audit)\./;
    expect(others.filter((name) => reaching.test(name) && !name.endsWith('.read'))).toEqual([]);
  });
});

describe('a policy to be published', () => {
  const fine = {
    isDefault: false,
    match: {},
    steps: [{ targets: [{ type: 'all-channels' }] }],
    quietHours: null,
    digest: null,
  };
  const target = fc.constantFrom('all-channels', 'channel', 'schedule', 'person').map((type) => ({ type }));
  const targets = fc.array(target, { minLength: 1, maxLength: 4 });
  const severities = fc.subarray(['critical', 'major', 'minor', 'info'], { minLength: 1 });
  const policies = fc.record({
    isDefault: fc.boolean(),
    match: fc.record({ siteIds: fc.array(fc.uuid()), customerIds: fc.array(fc.uuid()) }, { requiredKeys: [] }),
    steps: fc.array(fc.record({ targets }), { minLength: 1, maxLength: 4 }),
    quietHours: fc.option(fc.record({ severities }), { nil: null }),
    digest: fc.option(fc.record({ severities, targets }), { nil: null }),
  });

  test('that names no place and nobody has none', () => expect(publishedPolicyFaults(fine)).toEqual([]));
  test('has no fault only where it is for every operator, and holds nothing critical back', () => {
    fc.assert(
      fc.property(policies, (policy) => {
        const { isDefault, match, steps, quietHours, digest } = policy;
        const all = [...steps, ...(digest === null ? [] : [digest])].flatMap((step) => step.targets);
        const ok =
          !isDefault &&
          match.siteIds === undefined &&
          match.customerIds === undefined &&
          all.every(({ type }) => type === 'all-channels') &&
          quietHours?.severities.includes('critical') !== true &&
          digest?.severities.includes('critical') !== true;
        expect(publishedPolicyFaults(policy).length === 0).toBe(ok);
      }),
    );
  });
});
