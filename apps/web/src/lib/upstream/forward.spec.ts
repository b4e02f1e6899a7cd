import { once } from 'node:events';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Problem } from '@loopstart/contracts';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { forward } from './forward.ts';

const open: http.Server[] = [];

async function listen(handler: http.RequestListener): Promise<string> {
  const server = http.createServer(handler).listen(0, '127.0.0.1');
  open.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const consoleBefore = (api: string) =>
  listen((request, response) => forward(request, response, new URL(request.url ?? '/', api)));

afterEach(async () => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

describe('the console between browser and API', () => {
  test('a body, a status and cookies go through as they are', async () => {
    const api = await listen(async (request, response) => {
      const body = (await request.toArray()).join('');
      response.writeHead(201, { 'set-cookie': ['a=1', 'b=2'], 'content-type': 'application/json' });
      response.end(JSON.stringify({ method: request.method, url: request.url, body }));
    });
    const answer = await fetch(`${await consoleBefore(api)}/api/v1/x?q=1`, { method: 'POST', body: 'hello' });
    expect(answer.status).toBe(201);
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await answer.json()).toEqual({ method: 'POST', url: '/api/v1/x?q=1', body: 'hello' });
  });

  test('an event arrives before the next one is written', async () => {
    let write: (text: string) => void = () => undefined;
    const api = await listen((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      write = (text) => void response.write(text);
      write('data: 1\n\n');
    });
    const answer = await fetch(`${await consoleBefore(api)}/api/v1/live`);
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader.read()).value).toBe('data: 1\n\n');
    write('data: 2\n\n');
    expect((await reader.read()).value).toBe('data: 2\n\n');
    await reader.cancel();
  });

  test('when the browser goes away, the request to the API ends', async () => {
    const ended = Promise.withResolvers<void>();
    const api = await listen((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(': hello\n\n');
      response.on('close', () => ended.resolve());
    });
    const leave = new AbortController();
    await fetch(`${await consoleBefore(api)}/api/v1/live`, { signal: leave.signal });
    leave.abort();
    await ended.promise;
  });

  test('no API is a problem that can be read', async () => {
    const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const answer = await fetch(`${await consoleBefore('http://127.0.0.1:1')}/api/v1/session`, {
      headers: { 'x-request-id': 'r-7' },
    });
    expect(answer.status).toBe(503);
    expect(Problem.parse(await answer.json())).toMatchObject({ code: 'not-ready', requestId: 'r-7' });
    expect(quiet).toHaveBeenCalledOnce();
    quiet.mockRestore();
  });

  test('an API that dies in the middle of an answer does not leave the browser waiting', async () => {
    const api = await listen((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half');
      setImmediate(() => response.destroy());
    });
    const answer = await fetch(`${await consoleBefore(api)}/api/v1/overview`);
    await expect(answer.text()).rejects.toThrow();
  });
});
