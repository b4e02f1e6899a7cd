import { describe, expect, test } from 'vitest';
import { requestHeaders, responseHeaders } from './headers.ts';

describe('headers on their way to the API', () => {
  test('cookie, csrf mark and client address travel; connection headers do not', () => {
    expect(
      requestHeaders({
        cookie: 's=1',
        'x-loopstart-csrf': '1',
        'x-forwarded-for': '192.0.2.7',
        host: 'console.example',
        connection: 'keep-alive',
        'transfer-encoding': 'chunked',
        expect: '100-continue',
      }),
    ).toEqual({
      cookie: 's=1',
      'x-loopstart-csrf': '1',
      'x-forwarded-for': '192.0.2.7',
      'x-forwarded-host': 'console.example',
    });
  });

  test('a host that a proxy before us named is kept', () => {
    expect(requestHeaders({ host: 'inner', 'x-forwarded-host': 'outer' })).toEqual({ 'x-forwarded-host': 'outer' });
  });
});

describe('headers on their way back', () => {
  test('each cookie stays a cookie of its own', () => {
    expect(responseHeaders({ 'set-cookie': ['a=1; HttpOnly', 'b=2; HttpOnly'], connection: 'close' })).toEqual({
      'set-cookie': ['a=1; HttpOnly', 'b=2; HttpOnly'],
    });
  });

  test('an event stream is never transformed', () => {
    const headers = responseHeaders({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
    });
    expect(headers['cache-control']).toContain('no-transform');
  });

  test('other answers keep their caching', () => {
    const headers = { 'content-type': 'application/json', 'cache-control': 'no-store', etag: 'x' };
    expect(responseHeaders(headers)).toEqual(headers);
  });
});
