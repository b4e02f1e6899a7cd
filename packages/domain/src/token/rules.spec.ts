import { describe, expect, test } from 'vitest';
import { type PermissionName, ROLE_TABLE, roleAllows } from '../rights/index.ts';
import { isForTokens, placesOfToken, rightsNotToGive, rightsOfToken, tokenEnd, tokenState } from './rules.ts';

const NOW = 1_764_500_000_000;
const DAY_MS = 86_400_000;
const viewer = (permission: PermissionName) => roleAllows('read-only', permission);
const admin = (permission: PermissionName) => roleAllows('administrator', permission);

describe('the rights of a token', () => {
  test('are what it was given, as far as its owner has them now', () => {
    const granted = ['customers.write', 'gateways.read', 'gateways.retire'];
    expect(rightsOfToken(granted, admin)).toEqual(['customers.write', 'gateways.read', 'gateways.retire']);
    expect(rightsOfToken(granted, viewer)).toEqual(['gateways.read']);
    expect(rightsOfToken(granted, () => false)).toEqual([]);
  });

  test('a right of no table, and one for people alone, is none', () => {
    expect(rightsOfToken(['toString', 'gateways.explode', 'tokens.write', 'ports.read'], admin)).toEqual([
      'ports.read',
    ]);
  });

  test('a token of an administrator makes no tokens', () => {
    const rights = rightsOfToken(ROLE_TABLE.administrator.may, admin);
    expect(rights).not.toContain('tokens.write');
    expect(rights.length).toBe(ROLE_TABLE.administrator.may.filter(isForTokens).length);
  });

  test('nobody gives what they lack', () => {
    expect(rightsNotToGive(['gateways.read', 'gateways.retire'], viewer)).toEqual(['gateways.retire']);
    expect(rightsNotToGive(['gateways.read', 'gateways.retire'], admin)).toEqual([]);
    expect(rightsNotToGive(['tokens.write'], admin)).toEqual(['tokens.write']);
  });
});

describe('the places of a token', () => {
  const none = { customerIds: [], siteIds: [], tags: [] };
  const own = { customerIds: ['c1', 'c2'], siteIds: ['s1', 's2', 's3'], tags: ['north', 'south'] };
  test.for([
    ['neither is limited', null, null, null],
    ['the owner works everywhere', null, own, own],
    ['the token works wherever its owner does', own, null, own],
    ['both are the same', own, own, own],
    [
      'a customer of the owner stands for their sites',
      { ...none, customerIds: ['c3'] },
      own,
      { ...none, siteIds: ['s3'] },
    ],
    [
      'a tag of the owner does not show which sites have it',
      { ...none, tags: ['north'] },
      own,
      { ...none, tags: ['north'] },
    ],
    ['nothing is shared', { ...none, siteIds: ['s9'] }, own, none],
    ['the owner lost everything', none, own, none],
  ] as const)('%s', ([, owner, given, expected]) =>
    expect(placesOfToken(owner, given, { s3: 'c3' })).toEqual(expected),
  );
});

test('a token ends after its days, or never', () => {
  expect(tokenEnd(90, NOW)).toBe(NOW + 90 * DAY_MS);
  expect(tokenEnd(null, NOW)).toBeNull();
});

test.for([
  ['active', { revokedAt: null, expiresAt: null, ownerRemovedAt: null }],
  ['active', { revokedAt: null, expiresAt: NOW + 1, ownerRemovedAt: null }],
  ['expired', { revokedAt: null, expiresAt: NOW, ownerRemovedAt: null }],
  ['expired', { revokedAt: null, expiresAt: NOW - 1, ownerRemovedAt: NOW - 5 }],
  ['revoked', { revokedAt: NOW - 1, expiresAt: NOW - 2, ownerRemovedAt: NOW - 5 }],
  ['unowned', { revokedAt: null, expiresAt: NOW + 1, ownerRemovedAt: NOW - 5 }],
] as const)('%s: %j', ([state, token]) => expect(tokenState(token, NOW)).toBe(state));
