import { randomUUID } from 'node:crypto';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { EnrolRequest } from '@loopstart/contracts';
import { afterEach, describe, expect, test } from 'vitest';
import { makeTestCa, type TestCa } from '../testing/test-ca.ts';
import { apiOrigin, fingerprint } from './api-origin.ts';
import { certificateMatchesKey, certificateSha256 } from './certificate-key.ts';
import { enrol, type EnrolInput } from './enrol.ts';
import { postJson, type HttpAnswer } from './pinned-request.ts';

const agentId = randomUUID();
const config = { revision: 0, targets: [] };

/** An API that enrols, with one thing changed. */
function api(ca: TestCa, change: (answer: Record<string, unknown>) => Record<string, unknown> = (answer) => answer) {
  return async (_url: URL, body: EnrolRequest): Promise<HttpAnswer> => {
    const certificatePem = await ca.sign(body.csrPem, agentId);
    const answer = {
      agentId,
      siteId: randomUUID(),
      certificatePem,
      caPem: ca.caPem,
      mqttUrl: 'mqtts://x:8883',
      config,
    };
    return { status: 201, body: JSON.stringify(change(answer)) };
  };
}

const input = (post: EnrolInput['post'], caSha256: string | null = null): EnrolInput => ({
  apiUrl: 'https://api.test',
  token: 'token-of-twenty-characters',
  caSha256,
  hostname: 'site host (1)',
  version: '0.1.0',
  post,
});

describe('enrolment', () => {
  test('yields a key and the certificate for it', async () => {
    const ca = await makeTestCa();
    const { identity, config: got } = await enrol(input(api(ca), certificateSha256(ca.caPem)));
    expect(certificateMatchesKey(identity.certificatePem, identity.keyPem)).toBe(true);
    expect(identity).toMatchObject({ agentId, apiUrl: 'https://api.test', mqttUrl: 'mqtts://x:8883' });
    expect(got).toMatchObject({ revision: 0, trapPort: 162 });
  });

  test.for([
    ['a certificate for another key', { certificatePem: 'swap' }, null, /not for the key/],
    ['a CA that is none', { caPem: 'nothing' }, null, /not a certificate/],
    ['another CA than the one expected', {}, '0'.repeat(64), /fingerprint [0-9a-f]{64}, not the one given/],
    ['an answer without a site', { siteId: undefined }, null, /siteId/],
  ] as const)('refuses %s', async ([, change, caSha256, message]) => {
    const ca = await makeTestCa();
    const other = await enrol(input(api(ca)));
    const swap = 'certificatePem' in change ? { certificatePem: other.identity.certificatePem } : change;
    await expect(
      enrol(
        input(
          api(ca, (answer) => ({ ...answer, ...swap })),
          caSha256,
        ),
      ),
    ).rejects.toThrow(message);
  });

  test.for([
    [
      'a used token',
      409,
      {
        type: 'about:blank',
        title: 'This enrolment token was used already.',
        status: 409,
        code: 'token-used',
        requestId: 'r',
      },
      /used already\. \(token-used\)/,
    ],
    ['an answer that is no problem', 502, '<html>', /answered 502/],
  ] as const)('reports %s in words', async ([, status, body, message]) => {
    const post = async () => ({ status, body: typeof body === 'string' ? body : JSON.stringify(body) });
    await expect(enrol(input(post))).rejects.toThrow(message);
  });

  test('reports that the API does not answer', async () => {
    const post = () => Promise.reject(new Error('ECONNREFUSED'));
    await expect(enrol(input(post))).rejects.toThrow('cannot reach https://api.test: ECONNREFUSED');
  });
});

describe("the API's address", () => {
  const pin = 'a'.repeat(64);
  test.for([
    ['https://api.example.com/', null, { origin: 'https://api.example.com' }],
    ['https://api.example.com/loopstart/', null, { origin: 'https://api.example.com/loopstart' }],
    ['http://localhost:3000', null, { origin: 'http://localhost:3000' }],
    ['http://127.0.0.1:3000', null, { origin: 'http://127.0.0.1:3000' }],
    ['http://10.0.0.5:3000', pin, { origin: 'http://10.0.0.5:3000' }],
    ['http://10.0.0.5:3000', null, { refused: expect.stringContaining('--ca-sha256') }],
    ['http://localhost.evil.example', null, { refused: expect.stringContaining('--ca-sha256') }],
    ['ftp://api.example.com', null, { refused: expect.stringContaining('https') }],
    ['api.example.com', null, { refused: expect.stringContaining('not a web address') }],
  ] as const)('%s, pin %s', ([text, caSha256, expected]) => {
    expect(apiOrigin(text, caSha256)).toEqual(expected);
  });

  test.for([
    ['a'.repeat(64), 'a'.repeat(64)],
    [Array.from({ length: 32 }, () => 'AB').join(':'), 'ab'.repeat(32)],
    ['a'.repeat(63), null],
    ['not hexadecimal', null],
  ] as const)('fingerprint %s', ([text, expected]) => {
    expect(fingerprint(text)).toBe(expected);
  });
});

describe('the request', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });
  const listen = async (server: Server) => {
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  };

  test('goes over plain HTTP on loopback', async () => {
    const port = await listen(createHttpServer((request, answer) => request.pipe(answer.writeHead(201))));
    const answer = await postJson(new URL(`http://127.0.0.1:${port}/x`), { hello: 1 }, null);
    expect(answer).toEqual({ status: 201, body: '{"hello":1}' });
  });

  test.for([
    ['is trusted by the fingerprint of its CA', 'ca', null],
    ['is refused without one', 'none', /self-signed|unable to verify|local issuer/],
    ['is refused with another', 'other', /self-signed|unable to verify|local issuer/],
  ] as const)('a server of a private CA %s', async ([, pin, refused]) => {
    const ca = await makeTestCa();
    const { keyPem, certificatePem } = await ca.server();
    const port = await listen(
      createHttpsServer({ key: keyPem, cert: certificatePem + ca.caPem }, (request, answer) => request.pipe(answer)),
    );
    const caSha256 = pin === 'ca' ? certificateSha256(ca.caPem) : pin === 'other' ? '0'.repeat(64) : null;
    const sending = postJson(new URL(`https://localhost:${port}/x`), {}, caSha256);
    if (refused === null) expect(await sending).toMatchObject({ status: 200, body: '{}' });
    else await expect(sending).rejects.toThrow(refused);
  });
});
