import { expect, test } from 'vitest';
import { hashPassword, verifyPassword } from './password.ts';

test('a password matches its own hash alone, each hash with a salt of its own', async () => {
  const [one, two] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
  expect(one).not.toBe(two);
  expect(await verifyPassword('correct horse', one)).toBe(true);
  expect(await verifyPassword('correct horsf', one)).toBe(false);
});

test.for([
  ['no user', null],
  ['an empty hash', ''],
  ['a hash of another kind', '$2b$10$abcdefghijklmnopqrstuv'],
] as const)('%s has no password', async ([, phc]) => {
  expect(await verifyPassword('', phc)).toBe(false);
  expect(await verifyPassword('anything', phc)).toBe(false);
});

test('a hash made at another cost still verifies', async () => {
  const { argon2Sync } = await import('node:crypto');
  const nonce = Buffer.alloc(16, 3);
  const tag = argon2Sync('argon2id', {
    message: Buffer.from('old one'),
    nonce,
    memory: 1024,
    passes: 1,
    parallelism: 1,
    tagLength: 24,
  });
  const phc = `$argon2id$v=19$m=1024,t=1,p=1$${nonce.toString('base64url')}$${tag.toString('base64url')}`;
  expect(await verifyPassword('old one', phc)).toBe(true);
  expect(await verifyPassword('new one', phc)).toBe(false);
});
