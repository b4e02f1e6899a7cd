import { randomUUID } from 'node:crypto';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { stateFolder } from '../core/state-folder.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { quietLog } from '../testing/quiet-log.ts';
import { makeTestCa, makeTestIdentity } from '../testing/test-ca.ts';
import { until } from '../testing/until.ts';
import { certificateMatchesKey } from './certificate-key.ts';
import { readIdentity, writeIdentity, type Identity } from './identity.ts';
import { Renewal } from './renewal.ts';

const DAY_MS = 86_400_000;
const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function setUp(life: { fromDay: number; untilDay: number }) {
  const root = await mkdtemp(join(tmpdir(), 'loopstart-renewal-'));
  folders.push(root);
  const folder = stateFolder(root);
  const clock = new FakeClock(1_700_000_000_000);
  const ca = await makeTestCa(clock.now());
  const agentId = randomUUID();
  const days = { fromMs: clock.now() + life.fromDay * DAY_MS, untilMs: clock.now() + life.untilDay * DAY_MS };
  const identity: Identity = {
    agentId,
    siteId: randomUUID(),
    apiUrl: 'https://api.test',
    mqttUrl: 'mqtts://x:1',
    ...(await makeTestIdentity(ca, agentId, days)),
  };
  await writeIdentity(folder.identity, identity);
  const asked: string[] = [];
  const renewed: Identity[] = [];
  const world: { connected: boolean; staleBeforeMs: number | null } = { connected: true, staleBeforeMs: null };
  const start = (current = identity) => {
    const renewal = new Renewal({
      folder,
      identity: current,
      clock,
      log: quietLog,
      isConnected: () => world.connected,
      staleBeforeMs: () => world.staleBeforeMs,
      ask: (csr) => asked.push(csr),
      onRenewed: (next) => renewed.push(next),
    });
    renewal.start();
    return renewal;
  };
  return { folder, clock, ca, identity, asked, renewed, start, world };
}

describe('renewal', () => {
  test('requests a certificate for a new key in good time, and switches key and certificate together', async () => {
    const { folder, clock, ca, identity, asked, renewed, start } = await setUp({ fromDay: -6, untilDay: 1 });
    const renewal = start();
    await until(() => asked.length === 1);
    const certificatePem = await ca.sign(asked[0] as string, identity.agentId);
    expect(await renewal.accept(certificatePem, ca.caPem)).toBe('renewed');
    const stored = (await readIdentity(folder.identity)) as Identity;
    expect(stored.keyPem).not.toBe(identity.keyPem);
    expect(stored.certificatePem).toBe(certificatePem);
    expect(certificateMatchesKey(stored.certificatePem, stored.keyPem)).toBe(true);
    expect(renewed).toEqual([stored]);
    await expect(access(folder.nextKey)).rejects.toThrow('ENOENT');
    await clock.advance(7_200_000);
    expect(asked.length).toBe(1);
    renewal.stop();
  });

  test('requests nothing for a young certificate, until it is due', async () => {
    const { clock, asked, start } = await setUp({ fromDay: -1, untilDay: 6 });
    const renewal = start();
    await clock.advance(3 * DAY_MS);
    expect(asked).toEqual([]);
    await clock.advance(1.1 * DAY_MS);
    await until(() => asked.length > 0);
    renewal.stop();
  });

  test('requests nothing while it is not connected, and soon after it is', async () => {
    const { clock, asked, start, world } = await setUp({ fromDay: -6, untilDay: 1 });
    world.connected = false;
    const renewal = start();
    await clock.advance(3 * 3_600_000);
    expect(asked).toEqual([]);
    world.connected = true;
    await clock.advance(60_000);
    await until(() => asked.length === 1);
    renewal.stop();
  });

  test('requests one now where the cloud wants younger certificates', async () => {
    const { clock, asked, start, world, ca, identity } = await setUp({ fromDay: -1, untilDay: 6 });
    const renewal = start();
    await clock.advance(3_600_000);
    expect(asked).toEqual([]);
    world.staleBeforeMs = clock.now();
    renewal.start();
    await until(() => asked.length === 1);
    const life = { fromMs: clock.now(), untilMs: clock.now() + 7 * DAY_MS };
    expect(await renewal.accept(await ca.sign(asked[0] as string, identity.agentId, life), ca.caPem)).toBe('renewed');
    await clock.advance(DAY_MS);
    expect(asked).toHaveLength(1);
    renewal.stop();
  });

  test('requests one for the same key again after a restart, and while there is no answer', async () => {
    const { ca, clock, identity, asked, start } = await setUp({ fromDay: -6, untilDay: 1 });
    start().stop();
    await until(() => asked.length === 1);
    const renewal = start();
    await until(() => asked.length === 2);
    await clock.advance(3_700_000);
    await until(() => asked.length >= 3);
    const answer = await ca.sign(asked[0] as string, identity.agentId);
    expect(await renewal.accept(answer, ca.caPem)).toBe('renewed');
    renewal.stop();
  });

  test('is safe to answer twice', async () => {
    const { ca, identity, asked, renewed, start } = await setUp({ fromDay: -6, untilDay: 1 });
    const renewal = start();
    await until(() => asked.length === 1);
    const answer = await ca.sign(asked[0] as string, identity.agentId);
    await renewal.accept(answer, ca.caPem);
    expect(await renewal.accept(answer, ca.caPem)).toBe('known');
    expect(renewed.length).toBe(1);
    renewal.stop();
  });

  test('after a crash between switching and cleaning up, the next renewal makes a new key', async () => {
    const { folder, ca, identity, asked, start } = await setUp({ fromDay: -6, untilDay: 1 });
    const { writeFileAtomic } = await import('../core/atomic-file.ts');
    await writeFileAtomic(folder.nextKey, identity.keyPem);
    const renewal = start();
    await until(() => asked.length === 1);
    const answer = await ca.sign(asked[0] as string, identity.agentId);
    expect(certificateMatchesKey(answer, identity.keyPem)).toBe(false);
    expect(await renewal.accept(answer, ca.caPem)).toBe('renewed');
    renewal.stop();
  });

  test.for([
    ['for a key it does not have', 'other'],
    ['that has expired already', 'expired'],
    ['that is none', 'noise'],
  ] as const)('refuses a certificate %s', async ([, kind]) => {
    const { folder, clock, ca, identity, asked, start } = await setUp({ fromDay: -6, untilDay: 1 });
    const renewal = start();
    await until(() => asked.length === 1);
    const past = { fromMs: clock.now() - 2 * DAY_MS, untilMs: clock.now() - DAY_MS };
    const answer =
      kind === 'noise'
        ? 'nothing'
        : kind === 'other'
          ? (await makeTestIdentity(ca, identity.agentId)).certificatePem
          : await ca.sign(asked[0] as string, identity.agentId, past);
    expect(await renewal.accept(answer, ca.caPem)).toBe('refused');
    expect(await readIdentity(folder.identity)).toEqual(identity);
    renewal.stop();
  });
});
