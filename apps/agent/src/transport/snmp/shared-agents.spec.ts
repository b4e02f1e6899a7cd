import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SnmpClient, type SnmpTarget } from '@loopstart/snmp';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { probe, type ProbeResult } from '../../cli/probe.ts';
import { freePort } from '../../testing/site-helpers.ts';

/**
 * Agents with one bad habit each, written in another language with another SNMP library, that serve recorded walks:
 * with each habit, all values are read.
 */
const CASES = fileURLToPath(new URL('../../../../../../shared/cases/', import.meta.url));
const RECORDINGS = fileURLToPath(new URL('../../../../../../shared/recordings/', import.meta.url));
const QUIRKY = join(CASES, 'quirk-agent.py');
const hasPeer = existsSync(QUIRKY) && spawnSync('/usr/bin/python3', ['-c', 'import pysnmp.proto.api']).status === 0;
if (!hasPeer) console.warn('skipped: ../shared/cases or python3-pysnmp4 is absent');

const running: ChildProcess[] = [];
let client: SnmpClient;
beforeAll(() => {
  client = new SnmpClient();
});
afterAll(() => client.close());
afterEach(() => {
  for (const child of running.splice(0)) child.kill();
});

async function startQuirky(file: string, quirk: string, version: 'v1' | 'v2c', timeoutMs = 250): Promise<SnmpTarget> {
  const port = await freePort();
  const child = spawn('/usr/bin/python3', [QUIRKY, String(port), file, ...quirk.split(' ')], { stdio: 'ignore' });
  running.push(child);
  const host = quirk === 'v6' ? '::1' : '127.0.0.1';
  const target: SnmpTarget = { host, port, credentials: { version, community: 'public' }, timeoutMs, retries: 1 };
  const patient = { ...target, timeoutMs: 500, retries: 40 };
  await client.get(patient, ['1.3.6.1.2.1.1.2.0']);
  return target;
}

/** The values read, except those that change constantly. */
const readingOf = ({ driver, identity, reading, problems }: ProbeResult) => ({
  driver: driver.id,
  gateway: identity.gateway,
  ports: identity.ports,
  state: reading.state,
  measures: reading.measures,
  gatewayMeasures: { ...reading.gatewayMeasures, uptimeS: null },
  nulls: reading.nulls,
  problems,
});

const WALKS = [
  ['an MP-118', join(RECORDINGS, 'audiocodes_mp118.snmprec')],
  ['a GXW4224', join(RECORDINGS, 'grandstream-gxw.snmprec')],
  ['an HT814', join(CASES, 'ht814v2-mac-and-unused.snmprec')],
] as const;
const QUIRKS = [
  ['mtu 484', 'v2c'],
  ['mtu 200', 'v2c'],
  ['bulkmax 5', 'v2c'],
  ['nobulk', 'v2c'],
  ['bulkgenerr', 'v2c'],
  ['toobig 484', 'v2c'],
  ['toobig 484', 'v1'],
  ['getmax 4', 'v2c'],
  ['getgenerr 4', 'v2c'],
  ['v1idx0', 'v1'],
  ['v1idxlast', 'v1'],
  ['trunc 484', 'v2c'],
  ['dup', 'v2c'],
  ['slow 120', 'v2c'],
  ['v6', 'v2c'],
] as const;

describe.skipIf(!hasPeer).each(WALKS)('%s', (_name, file) => {
  const honest = new Map<string, ReturnType<typeof readingOf>>();
  beforeAll(async () => {
    for (const version of ['v1', 'v2c'] as const)
      honest.set(version, readingOf(await probe(client, await startQuirky(file, 'none', version))));
  }, 60_000);

  test.for(QUIRKS)(
    'behind an agent with the habit "%s" is read whole by %s',
    { timeout: 120_000 },
    async ([quirk, version]) => {
      const target = await startQuirky(file, quirk, version);
      expect(readingOf(await probe(client, target))).toEqual(honest.get(version));
    },
  );
});

describe.skipIf(!hasPeer)('an agent', () => {
  const file = WALKS[2][1];
  test('that answers from another address is refused, with the reason', async () => {
    const port = await freePort();
    running.push(spawn('/usr/bin/python3', [QUIRKY, String(port), file, 'othersrc'], { stdio: 'ignore' }));
    const credentials = { version: 'v2c' as const, community: 'public' };
    const target: SnmpTarget = { host: '127.0.0.1', port, credentials, timeoutMs: 500, retries: 20 };
    await expect(client.get(target, ['1.3.6.1.2.1.1.2.0'])).rejects.toMatchObject({
      code: 'other-address',
      message: expect.stringContaining('127.0.0.2'),
    });
  }, 30_000);

  test('that cannot answer an object of many (genErr) loses only that', async () => {
    const target = await startQuirky(file, 'generr1', 'v2c');
    const { reading, identity } = await probe(client, target);
    const whole = await probe(client, await startQuirky(file, 'none', 'v2c'));
    expect(reading.state).toEqual(whole.reading.state);
    expect(identity.ports).toEqual(whole.identity.ports);
    expect(identity.gateway).toEqual(whole.identity.gateway);
  }, 60_000);
});

describe.skipIf(!hasPeer)('an agent whose data and behaviour change', () => {
  test('and that refuses GETBULK for a while is read by GETNEXT', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'loopstart-live-'));
    const file = join(folder, 'walk.snmprec');
    copyFileSync(WALKS[0][1], file);
    const port = await freePort();
    const script = join(CASES, 'live-agent.py');
    running.push(spawn('/usr/bin/python3', [script, '127.0.0.1', String(port), file], { stdio: 'ignore' }));
    const credentials = { version: 'v2c' as const, community: 'public' };
    const target: SnmpTarget = { host: '127.0.0.1', port, credentials, timeoutMs: 500, retries: 2 };
    await client.get({ ...target, retries: 40 }, ['1.3.6.1.2.1.1.2.0']);
    const before = readingOf(await probe(client, target));
    writeFileSync(`${file}.mode`, 'genErr-bulk');
    expect(readingOf(await probe(client, target))).toEqual(before);
  }, 60_000);
});
