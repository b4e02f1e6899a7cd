/** Headers that belong to one connection and must not travel on (RFC 9110 section 7.6.1). */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** The headers to send upstream: those of the browser, less what belongs to its connection. */
export function requestHeaders(from: Headers): Headers {
  const headers = new Headers(from);
  for (const name of [...HOP_BY_HOP, 'expect', 'content-length', 'accept-encoding']) headers.delete(name);
  const host = from.get('host');
  if (host !== null && !headers.has('x-forwarded-host')) headers.set('x-forwarded-host', host);
  headers.delete('host');
  return headers;
}

/**
 * The headers to send back. The body arrives decoded, so its encoding and length are dropped. An event
 * stream is marked so that nobody on the way, our own gzip included, holds it back to compress it.
 */
export function responseHeaders(from: Headers): Headers {
  const headers = new Headers(from);
  for (const name of [...HOP_BY_HOP, 'content-encoding', 'content-length']) headers.delete(name);
  if (headers.get('content-type')?.startsWith('text/event-stream')) {
    headers.set('cache-control', 'no-cache, no-transform');
    headers.set('x-accel-buffering', 'no');
  }
  return headers;
}
