import { expect, test } from 'vitest';
import { addressTexts } from './channel-settings.ts';
import { KEPT_BYTES, redact } from './redact.ts';

test.for<[string, string, string[], string]>([
  ['a secret of ours', 'key s3cr3t-key was wrong', ['s3cr3t-key'], 'key ••• was wrong'],
  ['the longer of two secrets', 'abcdefgh', ['abcd', 'abcdefgh'], '•••'],
  ['a member of JSON', '{"password":"hunter2","a":1}', [], '{"password":•••,"a":1}'],
  ['a member of JSON with a quote', '{"api_key": "a\\"b"}', [], '{"api_key": •••}'],
  ['a parameter', 'https://x/?access_token=abc123&y=2', [], 'https://x/?access_token=•••&y=2'],
  ['a bearer token', 'got Bearer abc.def-123', [], 'got Bearer •••'],
  ['a header', 'Authorization: Basic dXNlcjpwYXNzd29yZA==', [], 'Authorization: •••'],
  ['a signing secret', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw is old', [], '••• is old'],
  ['what cannot be stored', 'a\u0000b\u001b[31mc\nd', [], 'ab[31mc\nd'],
  ['a member of JSON whose end is missing', '{"token":"abc def', [], '{"token":•••'],
  ['nothing else', 'It failed: column 7 is missing.', ['xyz'], 'It failed: column 7 is missing.'],
])('strikes out %s', ([, text, secrets, expected]) => {
  expect(redact(text, secrets)).toBe(expected);
});

test('keeps the first KB, never half a character', () => {
  const kept = redact('é'.repeat(2_000));
  expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(KEPT_BYTES);
  expect(kept).toBe('é'.repeat(kept.length));
  expect(redact(`a${'€'.repeat(1_000)}`)).toMatch(/^a€+$/);
});

test.for([
  ['a path that is echoed', 'Cannot POST /services/T0000/B0000/tokentokentokentoken'],
  ['an address with escaped slashes', '{"url":"https:\\/\\/chat.example\\/services\\/T0000\\/tokentokentokentoken"}'],
  ['a parameter that is echoed', 'signature k3y-of-the-flow is unknown'],
] as const)('an address is a secret in its parts: %s', ([, answer]) => {
  const address = 'https://chat.example/services/T0000/B0000/tokentokentokentoken?sig=k3y-of-the-flow';
  expect(redact(answer, addressTexts(address))).not.toMatch(/tokentoken|k3y-of-the-flow/);
});

test('an answer that is one long word is searched in time', () => {
  // With a quadratic search this takes hours.
  expect(redact('a'.repeat(4_000_000))).toBe('a'.repeat(KEPT_BYTES));
});
