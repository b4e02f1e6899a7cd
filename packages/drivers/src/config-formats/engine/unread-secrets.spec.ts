import { expect, test } from 'vitest';
import type { ConfigSetting, SecretForm } from '../format.ts';
import { unreadSecrets } from './unread-secrets.ts';

test.for<[string, string | null, SecretForm, boolean]>([
  ['a hidden secret', null, 'masked', true],
  ['an empty one', '', 'plain', true],
  ['stars', '****', 'plain', true],
  ['a readable one', 'a', 'plain', false],
  ['what the unit made of it', '$1$gQ==', 'opaque', false],
  ['no secret', '', 'none', false],
])('%s is lost by loading the file again: %j', ([, value, secret, lost]) => {
  const setting: ConfigSetting = { key: 'a', label: 'a', value, line: 1, secret };
  expect(unreadSecrets(new Map([['a', setting]]), new Set())).toEqual(lost ? ['a'] : []);
});

test('knows secrets by keys that do not say so', () => {
  const setting: ConfigSetting = { key: 'P34', label: 'P34', value: '', line: 1, secret: 'none' };
  expect(unreadSecrets(new Map([['P34', setting]]), new Set(['P34']))).toEqual(['P34']);
});
