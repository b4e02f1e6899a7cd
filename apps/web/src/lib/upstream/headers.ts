import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

/** The header in which the console proves to the API that it is ours. */
export const CONSOLE_KEY_HEADER = 'x-loopstart-console';

/** Headers that belong to one connection and must not travel on (RFC 9110 section 7.6.1). */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

function endToEnd(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).filter(([name, value]) => value !== undefined && !HOP_BY_HOP.has(name)),
  );
}

/**
 * The headers to send upstream: those of the browser, less what belongs to its connection. Who asked us is added to
 * X-Forwarded-For, whatever stands there already: the API believes each entry only as far as who wrote it, and ours by
 * the key.
 */
export function requestHeaders(
  from: IncomingHttpHeaders,
  hop: { peer: string | undefined; key: string | undefined },
): OutgoingHttpHeaders {
  const {
    host,
    expect: _expect,
    [CONSOLE_KEY_HEADER]: _forged,
    'x-forwarded-for': before,
    ...headers
  } = endToEnd(from);
  const forwarded = [before, hop.peer].filter((part) => part !== undefined && part !== '').join(', ');
  return {
    ...(host === undefined ? {} : { 'x-forwarded-host': host }),
    ...headers,
    ...(forwarded === '' ? {} : { 'x-forwarded-for': forwarded }),
    ...(hop.key === undefined || hop.key === '' ? {} : { [CONSOLE_KEY_HEADER]: hop.key }),
  };
}

/**
 * The headers to send back. An event stream is marked so that nobody on the way, our own gzip included,
 * holds it back to compress it.
 */
export function responseHeaders(from: IncomingHttpHeaders): OutgoingHttpHeaders {
  const headers = endToEnd(from);
  if (!from['content-type']?.startsWith('text/event-stream')) return headers;
  return { ...headers, 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' };
}
