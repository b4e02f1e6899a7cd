import { expect, test } from 'vitest';
import { SnmpFaceSettings } from './settings.ts';

const user = { user: 'noc', authPassphrase: 'auth-passphrase', privPassphrase: 'priv-passphrase' };

test('a user of SNMPv3 has SHA-256 and AES where nothing else is said', () => {
  expect(SnmpFaceSettings.parse({ allow: ['192.0.2.0/24'], users: [user] })).toMatchObject({
    port: 161,
    enterprise: 32_473,
    communities: [],
    users: [{ authProtocol: 'sha256', privProtocol: 'aes128' }],
  });
});

test.for([
  ['nobody who may ask', { allow: ['192.0.2.1'] }, 'users'],
  ['no address', { allow: [], users: [user] }, 'allow'],
  ['a network that is none', { allow: ['192.0.2.0/33'], users: [user] }, 'allow.0'],
  ['a name as a network', { allow: ['noc.example.com'], users: [user] }, 'allow.0'],
  ['MD5', { allow: ['192.0.2.1'], users: [{ ...user, authProtocol: 'md5' }] }, 'users.0.authProtocol'],
  ['DES', { allow: ['192.0.2.1'], users: [{ ...user, privProtocol: 'des' }] }, 'users.0.privProtocol'],
  [
    'a short passphrase',
    { allow: ['192.0.2.1'], users: [{ ...user, authPassphrase: 'short' }] },
    'users.0.authPassphrase',
  ],
  ['a well-known community', { allow: ['192.0.2.1'], communities: ['public'] }, 'communities.0'],
] as const)('%s is refused by name', ([, settings, path]) => {
  const parsed = SnmpFaceSettings.safeParse(settings);
  expect(parsed.error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
});
