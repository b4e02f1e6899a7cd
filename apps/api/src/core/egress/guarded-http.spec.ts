import 'reflect-metadata';
import { createServer, type Server } from 'node:net';
import { createServer as createTlsServer } from 'node:https';
import { networkInterfaces } from 'node:os';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { domainToASCII } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { DnsServer } from '../../../test/outbound/dns-server.ts';
import { HOSTILE_NAMES, HOSTILE_URLS } from '../../../test/outbound/hostile-urls.ts';
import { selfSigned } from '../../../test/outbound/self-signed.ts';
import { Sink } from '../../../test/outbound/sink.ts';
import { parseAllow } from './address-rules.ts';
import { ANSWER_BYTES_MAX, GuardedHttp } from './guarded-http.ts';
import { makeResolve } from './resolve.ts';
import { BlockedError } from './target.ts';

/** Listens on every address of this machine; a connection to it proves a gap in the guard. */
let canary: Server;
let canaryPort: number;
let reached = 0;
let dns: DnsServer;
let sink: Sink;

beforeAll(async () => {
  canary = createServer((socket) => {
    reached += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => canary.listen(0, resolve));
  canaryPort = (canary.address() as { port: number }).port;
  dns = await DnsServer.start();
  sink = await Sink.start();
});
afterAll(async () => {
  dns.stop();
  await sink.stop();
  await new Promise((resolve) => canary.close(resolve));
});
afterEach(() => {
  reached = 0;
  sink.received.length = 0;
  sink.connections = 0;
});

/** As in production, but with the port of the canary allowed: the port rules must not be what blocks. */
function guard(options: { allow?: string; deadlineMs?: number } = {}): GuardedHttp {
  const rules = { allow: parseAllow(options.allow ?? ''), ports: [443, 8443, canaryPort] };
  const resolve = makeResolve({ viaSystem: (host) => rules.allow.hosts.has(host), servers: [dns.address] });
  return new GuardedHttp(rules, resolve, options.deadlineMs ?? 3_000);
}
const post = (http: GuardedHttp, url: string) => http.send({ method: 'POST', url, headers: {}, body: '{}' });
const withPort = (url: string) => url.replaceAll('PORT', String(canaryPort));

test('the corpus is as large as promised', () => {
  expect(HOSTILE_URLS.length + HOSTILE_NAMES.length).toBeGreaterThanOrEqual(160);
  expect(new Set(HOSTILE_URLS.map(([, url]) => url)).size).toBe(HOSTILE_URLS.length);
});

test('the canary is reached without the guard', async () => {
  await expect(post(guard({ allow: '127.0.0.1' }), `https://127.0.0.1:${canaryPort}/`)).rejects.toThrow();
  expect(reached).toBe(1);
});

describe('a hostile URL reaches nothing', () => {
  test.for(HOSTILE_URLS.map(([why, url]) => ({ why, url })))('$why: $url', async ({ url }) => {
    await expect(post(guard(), withPort(url))).rejects.toBeInstanceOf(BlockedError);
    expect(reached).toBe(0);
  });

  const own = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .map(({ address, family }) => (family === 'IPv6' ? `[${address.split('%')[0]}]` : address));
  test.for(own)('an address of this machine: %s', async (address) => {
    await expect(post(guard(), `https://${address}:${canaryPort}/`)).rejects.toBeInstanceOf(BlockedError);
    expect(reached).toBe(0);
  });
});

describe('a hostile name reaches nothing: its address is', () => {
  test.for(HOSTILE_NAMES.map(([why, name, answers]) => ({ why, name, answers })))('$why', async ({ name, answers }) => {
    dns.answer = (asked, lookUp) =>
      asked === domainToASCII(name).replace(/\.$/, '') ? (answers[Math.min(lookUp, answers.length - 1)] ?? []) : [];
    await expect(post(guard(), `https://${name}:${canaryPort}/`)).rejects.toBeInstanceOf(BlockedError);
    expect(reached).toBe(0);
  });

  test('public when it is checked and loopback when it is used', async () => {
    dns.answer = (_, lookUp) => (lookUp === 0 ? ['93.184.216.34'] : ['127.0.0.1']);
    // It connects to the checked address, where nothing answers on the canary's port.
    await expect(post(guard({ deadlineMs: 300 }), `https://flip.attacker.com:${canaryPort}/`)).rejects.toThrow();
    expect(reached).toBe(0);
    expect([dns.asked.get('flip.attacker.com/1'), dns.asked.get('flip.attacker.com/28')]).toEqual([1, 1]);
  });
});

describe('redirects', () => {
  test.for([301, 302, 303, 307, 308])('%i is an answer, not followed', async (status) => {
    for (const location of [
      `http://127.0.0.1:${canaryPort}/`,
      'http://169.254.169.254/latest/meta-data/',
      '//localhost/',
    ]) {
      sink.answer = () => ({ status, headers: { location } });
      expect(await post(guard({ allow: '127.0.0.1' }), sink.url())).toMatchObject({ status });
    }
    expect(reached).toBe(0);
    expect(sink.connections).toBe(3);
  });
});

describe('the list of the installation', () => {
  test.for([
    ['127.0.0.1', true],
    ['127.0.0.0/8', true],
    ['10.0.0.0/8', false],
    ['::1', false],
    ['localhost', false],
  ] as const)('%s allows an address of it: %s', async ([allow, through]) => {
    sink.answer = () => ({ status: 200 });
    const sent = post(guard({ allow }), sink.url());
    if (through) await expect(sent).resolves.toMatchObject({ status: 200 });
    else await expect(sent).rejects.toBeInstanceOf(BlockedError);
    expect(sink.connections).toBe(through ? 1 : 0);
  });

  test('a host by name, whatever its address', async () => {
    sink.answer = () => ({ status: 200 });
    const url = `http://localhost:${sink.port}/`;
    await expect(post(guard({ allow: 'localhost' }), url)).resolves.toMatchObject({ status: 200 });
    expect(sink.received[0]!.headers.host).toBe(`localhost:${sink.port}`);
  });

  test('a name of the internet whose addresses are all inside an allowed network', async () => {
    dns.answer = () => ['127.0.0.1'];
    await expect(post(guard({ allow: '127.0.0.0/8' }), `http://desk.example.com:${sink.port}/`)).resolves.toMatchObject(
      { status: 200 },
    );
    dns.answer = () => ['127.0.0.1', '10.0.0.1'];
    await expect(post(guard({ allow: '127.0.0.0/8' }), `http://desk.example.com:${sink.port}/`)).rejects.toBeInstanceOf(
      BlockedError,
    );
  });

  test('the additional destinations can be read', () => {
    const allow = parseAllow('Desk.corp, 127.0.0.1, 10.1.0.0/16, fd00::/8');
    expect(new GuardedHttp({ allow, ports: [443] }, () => Promise.resolve([])).alsoAllowed).toEqual([
      'desk.corp',
      '127.0.0.1',
      '10.1.0.0/16',
      'fd00::/8',
    ]);
  });

  test.for(['10.0.0.0/99', 'http://x', 'a b', '1.2.3.4/'])('%s is an invalid entry', (entry) => {
    expect(() => parseAllow(entry)).toThrow(entry);
  });
});

describe('https', () => {
  test.for([
    ['an untrusted certificate is refused', 'localhost', false, 'SELF_SIGNED'],
    ['one of another host is refused', 'other.example.com', true, 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['a certificate that is trusted and of this host is taken', 'localhost', true, null],
  ] as const)('%s', async ([, commonName, trusted, code]) => {
    const { certificate, key } = await selfSigned(commonName);
    const server = createTlsServer({ cert: certificate, key }, (_request, response) => response.end('ok'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const before = getCACertificates('default');
    if (trusted) setDefaultCACertificates([...before, certificate]);
    const sent = post(
      guard({ allow: 'localhost' }),
      `https://localhost:${(server.address() as { port: number }).port}/`,
    );
    if (code === null) await expect(sent).resolves.toMatchObject({ status: 200, body: 'ok' });
    else await expect(sent).rejects.toMatchObject({ code: expect.stringContaining(code) as string });
    setDefaultCACertificates(before);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('limits', () => {
  const inside = (deadlineMs?: number) =>
    guard({ allow: '127.0.0.1', ...(deadlineMs === undefined ? {} : { deadlineMs }) });

  test('an answer is kept up to 64 KB', async () => {
    sink.answer = () => ({ status: 200, body: 'x'.repeat(500_000) });
    const { body, status } = await post(inside(), sink.url());
    expect([status, body.length]).toEqual([200, ANSWER_BYTES_MAX]);
  });

  test('no answer ends at the deadline', async () => {
    sink.answer = () => 'hang';
    await expect(post(inside(150), sink.url())).rejects.toThrow('There was no answer within 0.15 s.');
  });

  test('a silent name server does not extend it', async () => {
    const silent = new GuardedHttp({ allow: parseAllow(''), ports: [443] }, () => new Promise(() => undefined), 100);
    await expect(post(silent, 'https://slow.example.com/')).rejects.toThrow('within 0.1 s');
  });

  test('a connection that is closed is an error', async () => {
    sink.answer = () => 'hang-up';
    await expect(post(inside(), sink.url())).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  test('proxies of the environment are not used', async () => {
    const proxy = `http://127.0.0.1:${canaryPort}`;
    const before = { ...process.env };
    Object.assign(process.env, {
      HTTP_PROXY: proxy,
      HTTPS_PROXY: proxy,
      http_proxy: proxy,
      ALL_PROXY: proxy,
      NODE_USE_ENV_PROXY: '1',
    });
    sink.answer = () => ({ status: 200 });
    await expect(post(inside(), sink.url())).resolves.toMatchObject({ status: 200 });
    process.env = before;
    expect(reached).toBe(0);
  });
});
