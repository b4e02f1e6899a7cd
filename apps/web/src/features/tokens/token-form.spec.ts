import { NewToken } from '@loopstart/contracts';
import { ROLE_TABLE } from '@loopstart/domain';
import { expect, test } from 'vitest';
import { bodyOf, EMPTY_DRAFT, readsToGive, rightsToGive, rolesToGive } from './token-form.ts';

const owner = ROLE_TABLE.owner.may;

test('a person gives rights that they have and a token can have', () => {
  expect(rightsToGive(owner)).not.toContain('tokens.write');
  expect(rightsToGive(['sites.read', 'tokens.write'])).toEqual(['sites.read']);
  expect(readsToGive(['sites.read', 'sites.write', 'tokens.read'])).toEqual(['sites.read']);
  expect(rolesToGive(ROLE_TABLE.technician.may)).toEqual(expect.arrayContaining(['technician', 'read-only']));
  expect(rolesToGive(ROLE_TABLE.technician.may)).not.toContain('administrator');
});

test('reading alone is what the form begins with', () => {
  const body = NewToken.parse(bodyOf({ ...EMPTY_DRAFT, name: 'Report' }, owner));
  expect(body).toMatchObject({ kind: 'token', name: 'Report', limitedTo: null, addresses: [], expiresInDays: 90 });
  expect(body.rights).toEqual({ permissions: readsToGive(owner) });
});

test('addresses are read from lines, and places from what is chosen', () => {
  const body = bodyOf(
    {
      ...EMPTY_DRAFT,
      name: 'Robot',
      rights: 'role',
      role: 'technician',
      isLimited: true,
      siteIds: ['3f9c1c1e-6a3f-4d8e-9d0a-0f1e2d3c4b5a'],
      addresses: ' 203.0.113.0/24\n2001:db8::1, 198.51.100.7 ',
      expiresInDays: null,
    },
    owner,
  );
  expect(NewToken.parse(body)).toMatchObject({
    rights: { role: 'technician' },
    limitedTo: { siteIds: ['3f9c1c1e-6a3f-4d8e-9d0a-0f1e2d3c4b5a'] },
    addresses: ['203.0.113.0/24', '2001:db8::1', '198.51.100.7'],
    expiresInDays: null,
  });
});
