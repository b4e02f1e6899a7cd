import type { IncomingMessage } from 'node:http';
import { TOKEN_IN_TEXT } from '@loopstart/domain';
import { ProblemError } from '../http/problem-error.ts';

/**
 * The bearer token of a request (RFC 6750, section 2.1); null where it shows none. Throws `invalid-input` for a token in the
 * URL, which logs and histories keep, and for a session beside a token: which of the two acts would be a guess.
 */
export function bearerOf(request: Pick<IncomingMessage, 'headers' | 'url'>, hasSession: boolean): string | null {
  const url = request.url ?? '';
  if (/[?&]access_token=/iu.test(url) || url.search(TOKEN_IN_TEXT) !== -1)
    throw new ProblemError('invalid-input', {
      detail:
        'A token in a URL is kept by logs and histories. Revoke it, and send the next one as Authorization: Bearer.',
      fields: [{ path: 'query.access_token', expected: 'no token in the URL' }],
    });
  const token = /^bearer +(\S+) *$/iu.exec(request.headers.authorization ?? '')?.[1] ?? null;
  if (token !== null && hasSession)
    throw new ProblemError('invalid-input', {
      detail: 'The request shows a session and a token. Send one of them.',
      fields: [{ path: 'header.authorization', expected: 'no token beside the cookie of a session' }],
    });
  return token;
}

/** Where a program finds out how to get a token (RFC 9728), for the WWW-Authenticate header. */
export function challenge(publicUrl: string, error?: { code: string; description: string; scope?: string }): string {
  const parts = [
    'Bearer realm="Loopstart"',
    `resource_metadata="${publicUrl.replace(/\/+$/, '')}/.well-known/oauth-protected-resource"`,
  ];
  if (error !== undefined) {
    parts.push(`error="${error.code}"`, `error_description="${error.description.replaceAll(/["\\]/gu, "'")}"`);
    if (error.scope !== undefined) parts.push(`scope="${error.scope}"`);
  }
  return parts.join(', ');
}
