import { describe, expect, test } from 'vitest';
import { requestHeaders, responseHeaders } from './headers.ts';

describe('headers on their way to the API', () => {
  test('cookie, csrf mark and client address travel; connection headers do not', () => {
    const headers = requestHeaders(
      new Headers({
        cookie: 's=1',
        'x-loopstart-csrf': '1',
        'x-forwarded-for': '192.0.2.7',
        host: 'console.example',
        connection: 'keep-alive',
        'transfer-encoding': 'chunked',
        'accept-encoding': 'gzip',
      }),
    );
    expect(Object.fromEntries(headers)).toEqual({
      cookie: 's=1',
      'x-loopstart-csrf': '1',
      'x-forwarded-for': '192.0.2.7',
      'x-forwarded-host': 'console.example',
    });
  });
});

describe('headers on their way back', () => {
  test('each cookie stays a cookie of its own', () => {
    const upstream = new Headers();
    upstream.append('set-cookie', 'a=1; HttpOnly');
    upstream.append('set-cookie', 'b=2; HttpOnly');
    expect(responseHeaders(upstream).getSetCookie()).toEqual(['a=1; HttpOnly', 'b=2; HttpOnly']);
  });

  test('the encoding of a body that was decoded on the way is dropped', () => {
    const headers = responseHeaders(new Headers({ 'content-encoding': 'gzip', 'content-length': '20', etag: 'x' }));
    expect(Object.fromEntries(headers)).toEqual({ etag: 'x' });
  });

  test('an event stream is never transformed', () => {
    const headers = responseHeaders(new Headers({ 'content-type': 'text/event-stream; charset=utf-8' }));
    expect(headers.get('cache-control')).toContain('no-transform');
  });
});
