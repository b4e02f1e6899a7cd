import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AccessFacts, decideAccess } from './access.ts';

const technician = { kind: 'role', role: { role: 'technician', limitedTo: null }, group: 'engineers' } as const;
const noMatch = { kind: 'refused', reason: 'no-matching-group' } as const;
const unknown = { kind: 'refused', reason: 'groups-missing' } as const;
const unmapped = { kind: 'unmapped', newcomer: null } as const;
const here = { removed: false, endedHere: false };
const ended = { removed: true, endedHere: true };
const byHand = { removed: true, endedHere: false };
const facts = (more: Partial<AccessFacts>): AccessFacts => ({
  active: true,
  member: here,
  mapped: technician,
  leftGroup: false,
  ...more,
});

describe('what becomes of a person of a directory', () => {
  test.for([
    ['a member keeps their place', {}, { kind: 'keep' }],
    ['also while nothing is known of groups', { mapped: unknown }, { kind: 'keep' }],
    ['also while roles are given here', { mapped: unmapped }, { kind: 'keep' }],
    ['also in no group yet', { mapped: noMatch }, { kind: 'keep' }],
    [
      'who left the last group goes',
      { mapped: noMatch, leftGroup: true },
      { kind: 'end', reason: 'no-matching-group' },
    ],
    ['who left a group and is in another stays', { leftGroup: true }, { kind: 'keep' }],
    ['who is not active goes', { active: false }, { kind: 'end', reason: 'inactive' }],
    ['and is gone', { active: false, member: ended }, { kind: 'stay' }],
    ['active again comes back', { member: ended }, { kind: 'restore' }],
    ['but not without a group', { member: ended, mapped: noMatch }, { kind: 'wait', reason: 'no-matching-group' }],
    ['nor whom a colleague removed', { member: byHand }, { kind: 'removed-by-hand' }],
    ['a newcomer is admitted', { member: null }, { kind: 'admit', role: technician.role }],
    ['with no role of rules', { member: null, mapped: unmapped }, { kind: 'admit', role: null }],
    ['not before groups are known', { member: null, mapped: unknown }, { kind: 'wait', reason: 'groups-missing' }],
    ['not when inactive', { member: null, active: false }, { kind: 'stay' }],
  ] as const)('%s', ([, more, outcome]) => expect(decideAccess(facts(more))).toEqual(outcome));

  test('a membership ends by what the directory says alone, and by-hand removals are never undone', () => {
    const member = fc.record({ removed: fc.boolean(), endedHere: fc.boolean() });
    const mapped = fc.constantFrom(technician, noMatch, unknown, unmapped);
    fc.assert(
      fc.property(fc.boolean(), member, mapped, fc.boolean(), (active, of, rules, leftGroup) => {
        const { kind } = decideAccess({ active, member: of, mapped: rules, leftGroup });
        if (kind === 'end') expect(!active || leftGroup).toBe(true);
        if (kind === 'restore') expect(of).toEqual({ removed: true, endedHere: true });
      }),
    );
  });
});
