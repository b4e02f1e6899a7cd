import { describe, expect, test } from 'vitest';
import { requestHeaders, responseHeaders } from './headers.ts';

describe('headers on their way to the API', () => {
  const hop = { peer: '192.0.2.7', key: 'the key' };

  test('cookie and csrf mark travel; connection headers do not', () => {
    expect(
      requestHeaders(
        {
          cookie: 's=1',
          'x-loopstart-csrf': '1',
          host: 'console.example',
          connection: 'keep-alive',
          'transfer-encoding': 'chunked',
          expect: '100-continue',
        },
        hop,
      ),
    ).toEqual({
      cookie: 's=1',
      'x-loopstart-csrf': '1',
      'x-forwarded-for': '192.0.2.7',
      'x-forwarded-host': 'console.example',
      'x-loopstart-console': 'the key',
    });
  });

  test('who asked us is added to what a browser or a proxy claims, never replaced by it', () => {
    expect(requestHeaders({ 'x-forwarded-for': '9.9.9.9, 8.8.8.8' }, hop)['x-forwarded-for']).toBe(
      '9.9.9.9, 8.8.8.8, 192.0.2.7',
    );
  });

  test('a browser cannot pass for the console', () => {
    const forged = { 'x-loopstart-console': 'forged' };
    expect(requestHeaders(forged, hop)['x-loopstart-console']).toBe('the key');
    expect(requestHeaders(forged, { peer: '192.0.2.7', key: undefined })).not.toHaveProperty('x-loopstart-console');
  });

  test('a host that a proxy before us named is kept', () => {
    expect(requestHeaders({ host: 'inner', 'x-forwarded-host': 'outer' }, hop)).toMatchObject({
      'x-forwarded-host': 'outer',
    });
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
