import { describe, expect, test } from 'vitest';
import { SIGN_IN_METHODS, type SignInMethod } from './methods.ts';
import { DEFAULT_SIGN_IN_POLICY, needsProof, PROOF_MS, type SignInPolicy } from './policy.ts';
import { secondSteps, type SignInFacts, standingOf } from './standing.ts';

const NOW = Date.UTC(2026, 11, 2);
const ALL_FACTORS = [
  { totp: true, passkey: true },
  { totp: true, passkey: false },
  { totp: false, passkey: true },
  { totp: false, passkey: false },
];
const standing = (policy: Partial<SignInPolicy>, facts: Partial<SignInFacts>) =>
  standingOf(
    { ...DEFAULT_SIGN_IN_POLICY, ...policy },
    {
      role: 'technician',
      methods: ['password'],
      factors: { totp: false, passkey: false },
      isWithin: () => true,
      lastUsedAt: NOW,
      ...facts,
    },
    NOW,
  );

describe('a second factor', () => {
  const has = { factors: { totp: true, passkey: false } };
  const hasKey = { factors: { totp: false, passkey: true } };
  const roles = { requiredFor: 'roles', roles: ['owner', 'administrator'] } as const;
  test.for([
    ['required of nobody, and there is none', {}, {}, 'open'],
    ['required of nobody, and there is one', {}, has, 'second-step'],
    ['required of all, and there is none', { requiredFor: 'all' }, {}, 'enrol'],
    ['required of all, and there is one', { requiredFor: 'all' }, has, 'second-step'],
    ['required of nobody, and there is a passkey', {}, hasKey, 'second-step'],
    ['required of all, and there is a passkey', { requiredFor: 'all' }, hasKey, 'second-step'],
    ['a passkey after the password', { requiredFor: 'all' }, { ...hasKey, methods: ['password', 'passkey'] }, 'open'],
    ['a passkey beside an identity provider', { ssoCounts: false }, { ...hasKey, methods: ['sso'] }, 'second-step'],
    ['required of other roles', roles, {}, 'open'],
    ['required of this role', roles, { role: 'owner' }, 'enrol'],
    ['roles are listed, and required of nobody', { ...roles, requiredFor: 'nobody' }, { role: 'owner' }, 'open'],
    ['shown', { requiredFor: 'all' }, { ...has, methods: ['password', 'totp'] }, 'open'],
    ['a recovery code stands in', { requiredFor: 'all' }, { ...has, methods: ['password', 'recovery-code'] }, 'open'],
    ['a passkey is two', { requiredFor: 'all' }, { methods: ['passkey'] }, 'open'],
    ['an identity provider counts', { requiredFor: 'all' }, { methods: ['sso'] }, 'open'],
    ['an identity provider does not count', { requiredFor: 'all', ssoCounts: false }, { methods: ['sso'] }, 'enrol'],
    ['nor for one who has a factor', { ssoCounts: false }, { ...has, methods: ['sso'] }, 'second-step'],
    ['an identity provider and an app', { ssoCounts: false }, { ...has, methods: ['sso', 'totp'] }, 'open'],
    ['nothing was proved', { requiredFor: 'all' }, { methods: [] }, 'enrol'],
  ] as const)('%s: %s', ([, policy, facts, expected]) => expect(standing(policy, facts)).toBe(expected));

  test('required of all, nothing but two factors is open, whatever was proved', () => {
    for (let bits = 0; bits < 2 ** SIGN_IN_METHODS.length; bits += 1) {
      const methods = SIGN_IN_METHODS.filter((_, index) => (bits >> index) & 1);
      const second: SignInMethod[] = ['totp', 'recovery-code', 'passkey'];
      for (const factors of ALL_FACTORS) {
        const found = standing({ requiredFor: 'all', ssoCounts: false }, { methods, factors });
        const isOpen = methods.some((method) => second.includes(method));
        const has = factors.totp || factors.passkey;
        expect(found, methods.join()).toBe(isOpen ? 'open' : has ? 'second-step' : 'enrol');
      }
    }
  });

  test('is asked for by what there is, a passkey first; recovery codes stand in for either', () => {
    expect(ALL_FACTORS.map(secondSteps)).toEqual([
      ['passkey', 'totp', 'recovery-code'],
      ['totp', 'recovery-code'],
      ['passkey', 'recovery-code'],
      [],
    ]);
  });
});

describe('networks', () => {
  const office = { networks: ['192.0.2.0/24'] };
  const isWithin = (networks: readonly string[]) => networks.includes('192.0.2.0/24');
  test.for([
    ['none are named', {}, { isWithin: () => false }, 'open'],
    ['from within', office, { isWithin }, 'open'],
    ['from elsewhere', office, { isWithin: () => false }, 'other-network'],
    ['before any factor', { ...office, requiredFor: 'all' }, { isWithin: () => false }, 'other-network'],
    [
      'those of the role take their place',
      { ...office, roleNetworks: [{ role: 'technician', networks: ['203.0.113.0/24'] }] },
      { isWithin },
      'other-network',
    ],
    [
      'those of another role do not',
      { ...office, roleNetworks: [{ role: 'owner', networks: ['203.0.113.0/24'] }] },
      { isWithin },
      'open',
    ],
    [
      'an empty list of the role is any',
      { ...office, roleNetworks: [{ role: 'technician', networks: [] }] },
      { isWithin: () => false },
      'open',
    ],
  ] as const)('%s: %s', ([, policy, facts, expected]) =>
    expect(standing(policy as Partial<SignInPolicy>, facts)).toBe(expected),
  );
});

describe('time', () => {
  test.for([
    [null, 10 * 86_400_000, 'open'],
    [15, 15 * 60_000 - 1, 'open'],
    [15, 15 * 60_000, 'idle'],
  ] as const)('idle after %s minutes, unused for %i ms: %s', ([idleMinutes, unusedMs, expected]) =>
    expect(standing({ idleMinutes }, { lastUsedAt: NOW - unusedMs })).toBe(expected),
  );

  test('a proof counts for ten minutes', () => {
    expect([NOW - PROOF_MS + 1, NOW - PROOF_MS].map((at) => needsProof(at, NOW))).toEqual([false, true]);
  });
});
