import type { CustomFetch } from 'openid-client';
import type { GuardedHttp } from '../../core/egress/guarded-http.ts';

/** Statuses whose answers have no body (Fetch standard). */
const WITHOUT_BODY = new Set([204, 205, 304]);

/** The fetch of the library over guarded egress: no private addresses, no redirects, short answers. */
export function guardedFetch(http: GuardedHttp): CustomFetch {
  return async (url, { method, headers, body }) => {
    if (method !== 'GET' && method !== 'POST') throw new TypeError(`not a request of a sign-in: ${method}`);
    const form: Record<string, string> =
      body instanceof URLSearchParams ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
    const answer = await http.send({
      method,
      url,
      headers: { ...form, ...headers },
      ...(body === undefined || body === null ? {} : { body: textOf(body) }),
    });
    const fields = Object.entries(answer.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, [value].flat().join(', ')] as [string, string]],
    );
    const { status } = answer;
    return new Response(WITHOUT_BODY.has(status) ? null : answer.body, { status, headers: fields });
  };
}

function textOf(body: unknown): string {
  if (typeof body === 'string') return body;
  if (body instanceof URLSearchParams) return body.toString();
  throw new TypeError('not the body of a sign-in');
}
