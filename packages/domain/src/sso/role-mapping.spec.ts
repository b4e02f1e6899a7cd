import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MemberFacts } from '../people/membership.ts';
import { rightsOf } from '../rights/index.ts';
import { groupsOf, keepsOwner, mapRole, type RoleMapping } from './role-mapping.ts';

const places = { customerIds: ['north'], siteIds: [], tags: [] };
const admins = { group: 'admins', role: 'administrator', limitedTo: null };
const north = { group: 'north', role: 'technician', limitedTo: places };
const reader = { role: 'read-only', limitedTo: null };
const mapping = (more: Partial<RoleMapping> = {}): RoleMapping => ({
  rules: [admins, north],
  otherwise: null,
  ...more,
});
const role = (name: string, group: string | null, limitedTo: typeof places | null = null) => ({
  kind: 'role',
  role: { role: name, limitedTo },
  group,
});
const refused = (reason: string) => ({ kind: 'refused', reason });

describe('groups become a role', () => {
  test.for([
    ['the rule of the one group', mapping(), ['admins'], role('administrator', 'admins')],
    ['with its places', mapping(), ['north'], role('technician', 'north', places)],
    [
      'of several, the first by the order of the rules',
      mapping(),
      ['north', 'admins'],
      role('administrator', 'admins'),
    ],
    [
      'in the other order, the other',
      mapping({ rules: [north, admins] }),
      ['admins', 'north'],
      role('technician', 'north', places),
    ],
    ['groups without a rule do not matter', mapping(), ['all', 'north'], role('technician', 'north', places)],
    ['no rule matches: refused', mapping(), ['all'], refused('no-matching-group')],
    ['no groups: refused', mapping(), [], refused('no-matching-group')],
    ['no rule matches: the default', mapping({ otherwise: reader }), ['all'], role('read-only', null)],
    ['groups are not known: refused', mapping(), null, refused('groups-missing')],
    ['not known is not none: no default', mapping({ otherwise: reader }), null, refused('groups-missing')],
    ['names are exact', mapping(), ['Admins'], refused('no-matching-group')],
    ['without rules nothing is mapped', mapping({ rules: [] }), ['admins'], { kind: 'unmapped', newcomer: null }],
    [
      'a newcomer gets the default',
      mapping({ rules: [], otherwise: reader }),
      null,
      { kind: 'unmapped', newcomer: reader },
    ],
  ] as const)('%s', ([, given, groups, outcome]) => expect(mapRole(given, groups)).toEqual(outcome));

  test('the order in which a provider names groups never matters', () => {
    const name = fc.constantFrom('admins', 'north', 'all', 'other');
    fc.assert(
      fc.property(fc.array(name), (groups) => {
        expect(mapRole(mapping(), groups.toReversed())).toEqual(mapRole(mapping(), groups));
      }),
    );
  });
});

describe('owners', () => {
  const member = (name: string): MemberFacts => ({
    userId: name,
    role: name,
    rights: rightsOf(name, null),
    limitedTo: null,
    removed: false,
  });
  const owner = { role: 'owner', limitedTo: null };
  test.for([
    ['the last one stays', 'owner', 1, true, reader, true],
    ['one of two goes', 'owner', 2, true, reader, false],
    ['by a mapping that no owner wrote, none goes', 'owner', 2, false, reader, true],
    ['who is to be owner needs no protection', 'owner', 1, false, owner, false],
    ['others are mapped', 'technician', 1, false, reader, false],
  ] as const)('%s', ([, name, owners, byOwner, mapped, keeps]) =>
    expect(keepsOwner(member(name), { owners, byOwner }, mapped)).toBe(keeps),
  );
});

test.for([
  ['a list', ['a', 'b'], ['a', 'b']],
  ['one text', 'a', ['a']],
  ['an empty list', [], []],
  ['nothing', undefined, null],
  ['null', null, null],
  ['numbers', [1], null],
  ['an object', { a: 1 }, null],
] as const)('groups of a claim: %s', ([, claim, groups]) => expect(groupsOf(claim)).toEqual(groups));
