import { expect, test } from 'vitest';
import { authorize } from './digest.ts';

const request = { method: 'GET', uri: '/dir/index.html' };
const NONCE = '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v';
const rfc7616 = `realm="http-auth@example.org", qop="auth, auth-int", nonce="${NONCE}", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`;
const login = { user: 'Mufasa', password: 'Circle of Life' };
const options = { basic: true, cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ' };

test.for<[string, string, string]>([
  ['RFC 7616 with MD5', `Digest ${rfc7616}, algorithm=MD5`, '8ca523f5e9506fed4657c9700eebdbec'],
  [
    'RFC 7616 with SHA-256, which is preferred',
    `Digest ${rfc7616}, algorithm=MD5, Digest ${rfc7616}, algorithm=SHA-256`,
    '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1',
  ],
])('%s', ([, header, response]) => {
  expect(authorize(header, login, request, options)).toContain(`response="${response}"`);
});

test('RFC 2617, without qop, has no counter', () => {
  const header = 'Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"';
  const answer = authorize(header, { user: 'Mufasa', password: 'CircleOfLife' }, request, options);
  expect(answer).toContain('response="1949323746fe6a43ef61f9606e7febea"');
  expect(answer).not.toMatch(/nc=|cnonce=|qop=/);
});

test.for<[string, string, boolean, string | null]>([
  ['basic where it is allowed', 'Basic realm="unit"', true, 'Basic TXVmYXNhOkNpcmNsZSBvZiBMaWZl'],
  ['no basic over SIP', 'Basic realm="unit"', false, null],
  ['an algorithm that is not known', 'Digest realm="a", nonce="b", algorithm=SHA-512-256', false, null],
  ['integrity of the body alone', 'Digest realm="a", nonce="b", qop="auth-int"', true, null],
  ['nothing', '', true, null],
])('%s', ([, header, basic, expected]) => {
  expect(authorize(header, login, request, { basic })).toBe(expected);
});
