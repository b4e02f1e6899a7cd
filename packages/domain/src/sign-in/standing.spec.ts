import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasAccepted, hasFactor, secondSteps } from './factors.ts';
import { SIGN_IN_METHODS, type SignInMethod } from './methods.ts';
import {
  ACCEPTABLE,
  DEFAULT_SIGN_IN_POLICY,
  needsProof,
  PROOF_MS,
  refusalOfAccepted,
  type SignInPolicy,
} from './policy.ts';
import { mayGiveUp, type SignInFacts, standingOf } from './standing.ts';

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
    ['an identity provider says two factors', { requiredFor: 'all' }, { methods: ['sso', 'sso-two-factor'] }, 'open'],
    ['an identity provider says nothing', { requiredFor: 'all' }, { methods: ['sso'] }, 'enrol'],
    ['the same for one who has a factor', {}, { ...has, methods: ['sso'] }, 'second-step'],
    [
      'its word does not count',
      { requiredFor: 'all', ssoCounts: false },
      { methods: ['sso', 'sso-two-factor'] },
      'enrol',
    ],
    ['nor for one who has a factor', { ssoCounts: false }, { ...has, methods: ['sso'] }, 'second-step'],
    ['an identity provider and an app', { ssoCounts: false }, { ...has, methods: ['sso', 'totp'] }, 'open'],
    ['nothing was proved', { requiredFor: 'all' }, { methods: [] }, 'enrol'],
  ] as const)('%s: %s', ([, policy, facts, expected]) => expect(standing(policy, facts)).toBe(expected));

  test('required of all, nothing but two factors is open, whatever was proved', () => {
    for (let bits = 0; bits < 2 ** SIGN_IN_METHODS.length; bits += 1) {
      const methods = SIGN_IN_METHODS.filter((_, index) => (bits >> index) & 1);
      for (const factors of ALL_FACTORS) {
        const found = standing({ requiredFor: 'all', ssoCounts: false }, { methods, factors });
        const has = factors.totp || factors.passkey;
        const second: SignInMethod[] = ['totp', 'passkey', ...(has ? (['recovery-code'] as const) : [])];
        const isOpen = methods.some((method) => second.includes(method));
        expect(found, methods.join()).toBe(isOpen ? 'open' : has ? 'second-step' : 'enrol');
      }
    }
  });

  test('is asked for by what there is, a passkey first; recovery codes stand in for either', () => {
    expect(ALL_FACTORS.map((factors) => secondSteps({ accepts: ACCEPTABLE }, factors))).toEqual([
      ['passkey', 'totp', 'recovery-code'],
      ['totp', 'recovery-code'],
      ['passkey', 'recovery-code'],
      [],
    ]);
  });
});

describe('what an operator accepts', () => {
  const app = { accepts: ['totp'] } as const;
  const key = { accepts: ['passkey'] } as const;
  const hasApp = { totp: true, passkey: false };
  const hasKey = { totp: false, passkey: true };
  const both = { totp: true, passkey: true };
  const all = { requiredFor: 'all' } as const;
  test.for([
    ['an app where passkeys are accepted', key, hasApp, ['password', 'totp'], 'open'],
    ['the same, where a factor is required', { ...key, ...all }, hasApp, ['password', 'totp'], 'enrol'],
    ['nothing yet, of who has one that is not accepted', { ...key, ...all }, hasApp, ['password'], 'second-step'],
    ['the same, where none is required', key, hasApp, ['password'], 'second-step'],
    ['the one that is not accepted, of who has both', { ...key, ...all }, both, ['password', 'totp'], 'second-step'],
    ['the accepted one', { ...key, ...all }, both, ['password', 'passkey'], 'open'],
    ['a recovery code in its place', { ...key, ...all }, both, ['password', 'recovery-code'], 'open'],
    ['a recovery code, having none accepted', { ...key, ...all }, hasApp, ['password', 'recovery-code'], 'enrol'],
    ['both, when the second was just added', { ...key, ...all }, both, ['password', 'totp', 'passkey'], 'open'],
    ['a passkey alone', { ...key, ...all }, hasKey, ['passkey'], 'password-first'],
    ['a passkey alone, though no factor is required', key, hasKey, ['passkey'], 'password-first'],
    [
      'a passkey alone where it is accepted',
      { accepts: ['passkey', 'passkey-alone'], ...all },
      hasKey,
      ['passkey'],
      'open',
    ],
    ['a passkey alone, and then the password', { ...key, ...all }, hasKey, ['passkey', 'password'], 'open'],
    ['a passkey where apps are accepted', { ...app, ...all }, hasKey, ['password', 'passkey'], 'enrol'],
    ['an identity provider that counts', { ...app, ...all }, hasKey, ['sso', 'sso-two-factor'], 'open'],
    ['one that does not', { ...app, ...all, ssoCounts: false }, hasKey, ['sso', 'passkey'], 'enrol'],
  ] as const)('%s', ([, policy, factors, methods, expected]) =>
    expect(standing(policy, { factors, methods })).toBe(expected),
  );

  test('asks for accepted factors alone, and for what there is where none is accepted', () => {
    expect(secondSteps(key, both)).toEqual(['passkey', 'recovery-code']);
    expect(secondSteps(key, hasApp)).toEqual(['totp', 'recovery-code']);
  });

  const METHODS = fc.subarray([...SIGN_IN_METHODS]);
  const POLICIES = fc
    .record({
      requiredFor: fc.constantFrom('nobody', 'all'),
      accepts: fc.subarray([...ACCEPTABLE]),
      ssoCounts: fc.boolean(),
    })
    .filter(({ accepts }) => refusalOfAccepted(accepts) === null);
  const FACTORS = fc.constantFrom(...ALL_FACTORS);

  test('accepting less never opens more', () => {
    fc.assert(
      fc.property(POLICIES, METHODS, FACTORS, (policy, methods, factors) => {
        if (standing(policy, { methods, factors }) !== 'open') return;
        expect(standing({ ...policy, accepts: ACCEPTABLE }, { methods, factors })).toBe('open');
      }),
    );
  });

  test('whoever has a factor passes no password alone, and whoever is asked for a step has one to take', () => {
    fc.assert(
      fc.property(POLICIES, METHODS, FACTORS, (policy, methods, factors) => {
        if (hasFactor(factors)) expect(standing(policy, { methods: ['password'], factors })).toBe('second-step');
        if (standing(policy, { methods, factors }) === 'second-step')
          expect(secondSteps(policy, factors)).not.toEqual([]);
      }),
    );
  });

  test('each step that is asked for leads on', () => {
    fc.assert(
      fc.property(POLICIES, FACTORS, (policy, factors) => {
        for (const step of secondSteps(policy, factors))
          expect(standing(policy, { methods: ['password', step], factors })).toMatch(/^(open|enrol)$/u);
      }),
    );
  });

  test('the last accepted factor is not given up where one is required', () => {
    fc.assert(
      fc.property(POLICIES, METHODS, FACTORS, FACTORS, (policy, methods, before, after) => {
        const may = mayGiveUp({ ...DEFAULT_SIGN_IN_POLICY, ...policy }, { role: 'technician', methods }, before, after);
        const loses = hasAccepted(policy, before) && !hasAccepted(policy, after);
        const stands = methods.includes('sso-two-factor') && policy.ssoCounts;
        expect(may).toBe(!(loses && policy.requiredFor === 'all' && !stands));
      }),
    );
  });

  test.for([
    [[], 'none'],
    [['passkey-alone'], 'alone-without-step'],
    [['totp', 'passkey-alone'], 'alone-without-step'],
    [['totp'], null],
    [['passkey', 'passkey-alone'], null],
  ] as const)('%j can be accepted: %s', ([accepts, expected]) => expect(refusalOfAccepted(accepts)).toBe(expected));
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
