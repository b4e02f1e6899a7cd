import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

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

/** The headers to send upstream: those of the browser, less what belongs to its connection. */
export function requestHeaders(from: IncomingHttpHeaders): OutgoingHttpHeaders {
  const { host, expect: _expect, ...headers } = endToEnd(from);
  return host === undefined ? headers : { 'x-forwarded-host': host, ...headers };
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
