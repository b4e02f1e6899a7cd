import { describe, expect, test } from 'vitest';
import { contentSecurityPolicy, isHttps } from './headers.ts';

describe('the content security policy', () => {
  test('lets nothing inline run without the nonce of the request', () => {
    const policy = contentSecurityPolicy('abc', false);
    expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic'");
    expect(policy).toContain("style-src 'self' 'nonce-abc'");
    expect(policy).not.toContain('unsafe');
  });

  test('names no other origin', () => {
    expect(contentSecurityPolicy('abc', false)).not.toMatch(/https?:|\*/);
  });

  test('allows eval in development alone', () => {
    expect(contentSecurityPolicy('abc', true)).toContain("'unsafe-eval'");
  });
});

test.for([
  ['http:', null, false],
  ['https:', null, true],
  ['http:', 'https', true],
  ['http:', 'https, http', true],
  ['https:', 'http', false],
] as const)('a browser at %s, by a proxy that says %j, is kept on https: %j', ([protocol, forwarded, kept]) => {
  expect(isHttps(protocol, forwarded)).toBe(kept);
});
