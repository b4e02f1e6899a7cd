import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../core/clock.ts';
import { FakeClock } from '../../testing/fake-clock.ts';
import { quietLog } from '../../testing/quiet-log.ts';
import { FileServer, type Lease } from './file-server.ts';

const lease: Lease = {
  ip: '127.0.0.1',
  path: '/gs/cfg000b82000001.xml',
  type: 'text/xml',
  text: '<a>é</a>',
  userAgentHas: '000b82000001',
};
const AGENT = 'Grandstream Model HW HT802 V1.0A SW 1.0.53.3 DevId 00:0B:82:00:00:01';
let clock: FakeClock;
let server: FileServer;
beforeEach(async () => {
  clock = new FakeClock();
  server = new FileServer(clock, quietLog);
  await server.open(0, '127.0.0.1');
});
afterEach(() => server.close());

const get = (path: string, headers: Record<string, string> = { 'user-agent': AGENT }, method = 'GET') =>
  fetch(`http://127.0.0.1:${server.port}${path}`, { headers, method });

test('a file is served to its gateway once, whole, and is gone', async () => {
  const asked: Promise<Response>[] = [];
  const end = await server.offer(lease, () => asked[asked.push(get(lease.path)) - 1]!, 60_000);
  const answer = await asked[0]!;
  expect([end, answer.status, await answer.text()]).toEqual(['whole', 200, lease.text]);
  expect(answer.headers.get('content-length')).toBe('9');
  expect(answer.headers.get('last-modified')).toBe(new Date(clock.now()).toUTCString());
  expect(answer.headers.get('date')).not.toBeNull();
  expect((await get(lease.path)).status).toBe(404);
});

test('nobody else gets it: another name, another path, another address, another method', async () => {
  const statuses: number[] = [];
  const trigger = async () => {
    for (const answer of [
      await get(lease.path, { 'user-agent': 'curl' }),
      await get('/gs/cfg.xml'),
      await get(`${lease.path}?x`),
      await get(lease.path, { 'user-agent': AGENT }, 'POST'),
    ])
      statuses.push(answer.status);
    await get(lease.path);
  };
  expect(await server.offer(lease, trigger, 60_000)).toBe('whole');
  expect(statuses).toEqual([404, 404, 404, 404]);
  expect(server.refused).toBe(4);
  const elsewhere = server.offer({ ...lease, ip: '192.0.2.7' }, async () => (await get(lease.path)).status, 60_000);
  await expect.poll(() => server.refused).toBe(5);
  await clock.advance(60_000);
  expect(await elsewhere).toBe('never');
});

test('a conditional request for what is offered gets 304, and the offer stays', async () => {
  const seen: number[] = [];
  const trigger = async () => {
    const headers = { 'user-agent': AGENT };
    const head = await get(lease.path, headers, 'HEAD');
    const modified = head.headers.get('last-modified') ?? '';
    seen.push((await get(lease.path, { ...headers, 'if-modified-since': modified })).status);
    seen.push((await get(lease.path, { ...headers, 'if-none-match': head.headers.get('etag') ?? '' })).status);
    seen.push((await get(lease.path, { ...headers, 'if-none-match': '"other"' })).status);
  };
  expect(await server.offer(lease, trigger, 60_000)).toBe('whole');
  expect(seen.slice(0, 2)).toEqual([304, 304]);
});

test('a trigger that fails ends the offer', async () => {
  const refuses = server.offer(lease, () => Promise.reject(new Error('no answer')), 60_000);
  await expect(refuses).rejects.toThrow('no answer');
  expect((await get(lease.path)).status).toBe(404);
});

test.for([
  ['127.0.0.1', true],
  ['192.0.2.200', false],
] as const)('%s with its port is this agent: %s', async ([host, expected]) => {
  expect(server.isHere(`${host}:${server.port}`)).toBe(expected);
  expect(server.isHere(`${host}:1`)).toBe(false);
  expect(new FileServer(systemClock, quietLog).isHere(`${host}:80`)).toBe(false);
});
