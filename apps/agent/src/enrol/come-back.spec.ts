import { createPublicKey, randomUUID, verify, X509Certificate } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ReturnRequest, ReturnRequest as Request, returnProofText } from '@loopstart/contracts';
import { afterEach, describe, expect, test } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { quietLog } from '../testing/quiet-log.ts';
import { makeTestCa, makeTestIdentity } from '../testing/test-ca.ts';
import { ComeBack } from './come-back.ts';
import { type Identity, readIdentity, writeIdentity } from './identity.ts';

const DAY_MS = 86_400_000;
const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

type Answer = (request: ReturnRequest) => Promise<{ status: number; body: unknown }>;

/** An agent whose certificate expired some days ago, and an API that answers as told. */
async function setUp(expiredDays: number, answer: Answer, apiUrl = 'https://api.test') {
  const root = await mkdtemp(join(tmpdir(), 'loopstart-come-back-'));
  folders.push(root);
  const path = join(root, 'identity.json');
  const clock = new FakeClock(1_700_000_000_000);
  const ca = await makeTestCa(clock.now());
  const agentId = randomUUID();
  const untilMs = clock.now() - expiredDays * DAY_MS;
  const keys = await makeTestIdentity(ca, agentId, { fromMs: untilMs - 7 * DAY_MS, untilMs });
  let identity: Identity = { agentId, siteId: randomUUID(), apiUrl, mqttUrl: 'mqtts://x:1', ...keys };
  await writeIdentity(path, identity);
  const asked: string[] = [];
  const requests: ReturnRequest[] = [];
  const returned: Identity[] = [];
  const comeBack = new ComeBack({
    path,
    identity: () => identity,
    clock,
    random: () => 0.99,
    log: quietLog,
    hostname: 'box',
    version: '1.0.0',
    post: async (url, body) => {
      asked.push(url.pathname);
      if (url.pathname.endsWith('/challenge'))
        return { status: 200, body: JSON.stringify({ challenge: 'c'.repeat(40) }) };
      const request = Request.parse(body);
      requests.push(request);
      const { status, body: said } = await answer(request);
      return { status, body: JSON.stringify(said) };
    },
    onReturned: (next) => returned.push((identity = next)),
  });
  const life = { fromMs: clock.now(), untilMs: clock.now() + 7 * DAY_MS };
  return { path, clock, ca, identity, comeBack, asked, requests, returned, life };
}
const problem = (code: string) => ({
  status: 403,
  body: { type: 'x', title: 'No.', status: 403, code, requestId: 'r' },
});
const waiting: Answer = async () => ({
  status: 200,
  body: { state: 'waiting', reason: 'away-too-long', keySha256: 'ab'.repeat(32) },
});

describe('an agent comes back', () => {
  test('by proving the key of its expired certificate; the new one is on disk before it is used', async () => {
    const site: Awaited<ReturnType<typeof setUp>> = await setUp(30, async ({ csrPem }) => {
      const certificatePem = await site.ca.sign(csrPem, site.identity.agentId, site.life);
      return { status: 200, body: { state: 'renewed', certificatePem, caPem: site.ca.caPem, mqttUrl: 'mqtts://y:2' } };
    });
    await site.comeBack.failed(false);
    const [request] = site.requests;
    const key = new X509Certificate(site.identity.certificatePem).publicKey;
    const proof = Buffer.from(returnProofText(request!.challenge, request!.csrPem));
    expect(verify('sha256', proof, key, Buffer.from(request!.signature, 'base64'))).toBe(true);
    expect(createPublicKey(site.identity.keyPem).equals(key)).toBe(true);
    expect(site.returned).toHaveLength(1);
    expect(await readIdentity(site.path)).toEqual(site.returned[0]);
    expect(site.returned[0]).toMatchObject({ keyPem: site.identity.keyPem, mqttUrl: 'mqtts://y:2' });
    expect(site.comeBack.state).toBeNull();
  });

  test('not while its certificate is valid and not refused, and when it is refused', async () => {
    const { comeBack, asked } = await setUp(-3, waiting);
    await comeBack.failed(false);
    expect(asked).toEqual([]);
    await comeBack.failed(true);
    expect(asked).toEqual(['/api/v1/agent-returns/challenge', '/api/v1/agent-returns']);
    expect(comeBack.state).toContain('waits for a person to approve');
  });

  test('further and further apart, up to half an hour, while a person has not decided', async () => {
    const { comeBack, clock, requests } = await setUp(60, waiting);
    const at: number[] = [];
    for (let minute = 0; minute < 180; minute += 1) {
      const before = requests.length;
      await comeBack.failed(true);
      if (requests.length > before) at.push(minute);
      await clock.advance(60_000);
    }
    const waits = at.slice(1).map((minute, index) => minute - at[index]!);
    expect(at.length).toBeLessThan(12);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(Math.max(...waits)).toBeLessThanOrEqual(30);
  });

  test.for<[string, (site: Awaited<ReturnType<typeof setUp>>, request: ReturnRequest) => Promise<object>, string]>([
    [
      'a certificate for another key',
      async (site) => ({ certificatePem: (await makeTestIdentity(site.ca, site.identity.agentId)).certificatePem }),
      'not for the key',
    ],
    [
      'a certificate by another CA',
      async (site, { csrPem }) => ({
        certificatePem: await (await makeTestCa(site.clock.now())).sign(csrPem, site.identity.agentId, site.life),
      }),
      'not by the CA',
    ],
    [
      'another CA over plain http',
      async (site, { csrPem }) => {
        const other = await makeTestCa(site.clock.now());
        return { certificatePem: await other.sign(csrPem, site.identity.agentId, site.life), caPem: other.caPem };
      },
      'over plain http',
    ],
  ])('%s is refused, and nothing changes', async ([, spoil, words]) => {
    const site: Awaited<ReturnType<typeof setUp>> = await setUp(
      30,
      async (request) => ({
        status: 200,
        body: { state: 'renewed', caPem: site.ca.caPem, mqttUrl: 'x', ...(await spoil(site, request)) },
      }),
      'http://localhost:1',
    );
    await site.comeBack.failed(true);
    expect(site.comeBack.state).toContain(words);
    expect(await readIdentity(site.path)).toEqual(site.identity);
    expect(site.returned).toEqual([]);
  });

  test('a refusal is shown with its code', async () => {
    const { comeBack } = await setUp(30, async () => problem('agent-revoked'));
    await comeBack.failed(true);
    expect(comeBack.state).toBe('No. (agent-revoked)');
    comeBack.connected();
    expect(comeBack.state).toBeNull();
  });
});
