import { describe, expect, test } from 'vitest';
import { NO_PLACES, type Places, rightsOf } from '../rights/index.ts';
import { type MemberFacts, refusalOfGrant, refusalOfRemoval, refusalOfRole } from './membership.ts';

const person = (userId: string, role: string, more: Partial<MemberFacts> = {}): MemberFacts => ({
  userId,
  role,
  rights: rightsOf(role, null),
  limitedTo: null,
  removed: false,
  ...more,
});
const granted = (role: string, limitedTo: Places | null = null) => ({ role, rights: rightsOf(role, null), limitedTo });
const north: Places = { ...NO_PLACES, customerIds: ['north'] };
const none = new Set<string>();

const ada = person('ada', 'owner');
const eve = person('eve', 'owner');
const max = person('max', 'administrator');
const tom = person('tom', 'technician');

describe('a role', () => {
  test.for([
    ['an owner changes a technician', ada, tom, 2, granted('read-only'), null],
    ['an owner makes an owner', ada, tom, 1, granted('owner'), null],
    ['an owner demotes another', ada, eve, 2, granted('read-only'), null],
    ['nobody changes their own', ada, ada, 2, granted('read-only'), 'own-membership'],
    ['not even to the same', ada, ada, 1, granted('owner'), 'own-membership'],
    ['the last owner stays one', ada, eve, 1, granted('technician'), 'last-owner'],
    ['the last owner stays one everywhere', ada, eve, 1, granted('owner', north), 'last-owner'],
    ['the last owner may be given the role they have', ada, eve, 1, granted('owner'), null],
    ['an administrator makes no owner', max, tom, 2, granted('owner'), 'beyond-own-rights'],
    ['an administrator changes no owner', max, ada, 2, granted('read-only'), 'beyond-own-rights'],
    ['an administrator changes others', max, tom, 1, granted('administrator'), null],
    [
      'a technician makes no administrator',
      tom,
      person('pat', 'read-only'),
      1,
      granted('administrator'),
      'beyond-own-rights',
    ],
    ['a person whose role is gone can be given one', max, person('pat', 'gone'), 1, granted('technician'), null],
  ] as const)('%s', ([, actor, member, owners, wanted, refusal]) =>
    expect(refusalOfRole({ actor, member, owners, ownSiteIds: none }, wanted)).toBe(refusal),
  );
});

describe('removing', () => {
  test.for([
    ['an owner removes a technician', ada, tom, 1, null],
    ['nobody removes themselves', tom, tom, 1, 'own-membership'],
    ['the last owner stays', ada, eve, 1, 'last-owner'],
    ['one of two owners goes', ada, eve, 2, null],
    ['an owner who left counts no more', ada, person('eve', 'owner', { removed: true }), 1, null],
    ['an administrator removes no owner', max, ada, 2, 'beyond-own-rights'],
  ] as const)('%s', ([, actor, member, owners, refusal]) =>
    expect(refusalOfRemoval({ actor, member, owners, ownSiteIds: none })).toBe(refusal),
  );
});

describe('places', () => {
  const limited = person('max', 'administrator', { limitedTo: north });
  test.for([
    ['an administrator of some places gives them', north, none, null],
    ['not the whole operator', null, none, 'beyond-own-rights'],
    ['not another customer', { ...NO_PLACES, customerIds: ['south'] }, none, 'beyond-own-rights'],
    ['a site of their customer', { ...NO_PLACES, siteIds: ['leeds'] }, new Set(['leeds']), null],
    ['not another site', { ...NO_PLACES, siteIds: ['leeds'] }, none, 'beyond-own-rights'],
  ] as const)('%s', ([, places, ownSiteIds, refusal]) =>
    expect(refusalOfGrant(limited, granted('technician', places), ownSiteIds)).toBe(refusal),
  );

  test('who has no role any more gives nothing', () => {
    expect(refusalOfGrant(person('x', 'gone'), granted('read-only'), none)).toBe('beyond-own-rights');
  });
});
