import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { EnrolRequest } from '@loopstart/contracts';
import { SimFleet } from '@loopstart/sim';
import { afterEach, describe, expect, test } from 'vitest';
import { certificateSha256 } from '../enrol/certificate-key.ts';
import { makeTestCa } from '../testing/test-ca.ts';
import { makeTestSite } from '../testing/test-site.ts';
import { until } from '../testing/until.ts';

const MAIN = join(import.meta.dirname, '../main.ts');
const run = promisify(execFile);

/** Runs the command line; returns its output and its exit code. */
async function cli(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  try {
    const { stdout, stderr } = await run(process.execPath, [MAIN, ...args], { encoding: 'utf8' });
    return { code: 0, out: stdout, error: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, error: stderr };
  }
}

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'loopstart-cli-'));
  closing.push(() => rm(path, { recursive: true, force: true }));
  return path;
}

async function simulated(address: string) {
  const gateway = {
    name: 'a',
    driver: 'audiocodes',
    address,
    serial: '3589',
    access: { version: 'v2c' as const, community: 'hush' },
  };
  const site = { name: 's', timeZone: 'UTC', gateways: [gateway] };
  const sim = await SimFleet.create({ customers: [{ name: 'c', sites: [site] }] });
  await sim.start();
  closing.push(() => sim.stop());
  return String(sim.gateway('a')?.endpoint?.port);
}

describe('probe', () => {
  test('shows the gateway and its ports', async () => {
    const port = await simulated('127.0.42.1');
    const { code, out } = await cli('probe', '127.0.42.1', '--port', port, '--community', 'hush');
    expect(code).toBe(0);
    expect(out).toMatch(/AudioCodes MP-\d+.*serial 3589/);
    expect(out).toMatch(/^1 +fxs/m);
  });

  test('speaks JSON', async () => {
    const port = await simulated('127.0.42.2');
    const { out } = await cli('probe', '127.0.42.2', '--port', port, '--community', 'hush', '--json');
    expect(JSON.parse(out)).toMatchObject({ driver: { id: 'audiocodes' }, gateway: { serial: '3589' } });
  });

  test.for([
    ['no gateway there', ['127.0.42.9', '--timeout', '100', '--retries', '0'], /does not answer SNMP/],
    ['v3 without a user', ['127.0.42.9', '--snmp-version', 'v3'], /needs --user/],
    [
      'a short passphrase',
      ['127.0.42.9', '--snmp-version', 'v3', '--user', 'u', '--auth-passphrase', 'short'],
      /authPassphrase/,
    ],
    ['a port that is none', ['127.0.42.9', '--port', '0'], /from 1 to 65535/],
  ] as const)('%s is one clear sentence', async ([, args, message]) => {
    const { code, error } = await cli('probe', ...args);
    expect(code).toBe(1);
    expect(error).toMatch(message);
    expect(error).not.toMatch(/ at .*\.ts/);
  });
});

test('record writes a recording without serial number and community', async () => {
  const port = await simulated('127.0.42.3');
  const output = join(await folder(), 'walk.snmprec');
  const { code, out } = await cli('record', '127.0.42.3', '--port', port, '--community', 'hush', '-o', output);
  expect(code, out).toBe(0);
  const text = await readFile(output, 'utf8');
  expect(text).toMatch(/^1\.3\.6\.1\.2\.1\.1\.2\.0\|6\|/m);
  expect(text).not.toMatch(/3589|hush/);
});

describe('enrol', () => {
  async function api(): Promise<{ url: string; caSha256: string; server: Server }> {
    const ca = await makeTestCa();
    const agentId = '11111111-2222-4333-8444-555555555555';
    const server = createServer((request, response) => {
      let text = '';
      request.on('data', (part: Buffer) => {
        text += part.toString();
      });
      request.on('end', () => {
        const { csrPem } = JSON.parse(text) as EnrolRequest;
        void ca.sign(csrPem, agentId).then((certificatePem) => {
          const siteId = '99999999-2222-4333-8444-555555555555';
          const config = { revision: 5, targets: [] };
          response.end(
            JSON.stringify({
              agentId,
              siteId,
              certificatePem,
              caPem: ca.caPem,
              mqttUrl: 'mqtts://127.0.0.1:1',
              config,
            }),
          );
        });
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
    return {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      caSha256: certificateSha256(ca.caPem),
      server,
    };
  }
  const token = 'a-token-of-more-than-twenty-characters';

  test('leaves an identity that only its owner can read, and does not do it twice', async () => {
    const [root, { url, caSha256 }] = [await folder(), await api()];
    const args = ['enrol', '--state-dir', root, '--api', url, '--token', token, '--ca-sha256', caSha256];
    const first = await cli(...args);
    expect(first).toMatchObject({ code: 0, out: expect.stringContaining('Enrolled as agent 11111111') });
    expect((await stat(join(root, 'identity.json'))).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(join(root, 'cloud-config.json'), 'utf8'))).toMatchObject({ revision: 5 });
    expect(await cli(...args)).toMatchObject({ code: 1, error: expect.stringContaining('enrolled already') });
    expect(await cli(...args, '--again')).toMatchObject({ code: 0 });
  });

  test('refuses another CA than the given one, and leaves nothing', async () => {
    const [root, { url }] = [await folder(), await api()];
    const { code, error } = await cli(
      'enrol',
      '--state-dir',
      root,
      '--api',
      url,
      '--token',
      token,
      '--ca-sha256',
      '0'.repeat(64),
    );
    expect([code, error]).toEqual([1, expect.stringContaining('fingerprint')]);
    await expect(stat(join(root, 'identity.json'))).rejects.toThrow('ENOENT');
  });
});

describe('run', () => {
  test.for([
    ['without an identity', (_root: string): Promise<void> => Promise.resolve(), /not enrolled yet/],
    [
      'with a setting that does not exist',
      (root: string) => writeFile(join(root, 'agent.json'), '{"logLevels": "info"}'),
      /agent\.json: .*logLevels/,
    ],
    [
      'with an identity that is broken',
      (root: string) => writeFile(join(root, 'identity.json'), '{}'),
      /identity\.json: agentId/,
    ],
  ] as [string, (root: string) => Promise<void>, RegExp][])(
    '%s ends with one clear sentence',
    async ([, prepare, message]) => {
      const root = await folder();
      await prepare(root);
      const { code, error } = await cli('run', '--state-dir', root);
      expect(code).toBe(1);
      expect(error.trim().split('\n').length).toBe(1);
      expect(error).toMatch(message);
    },
  );

  test('answers its command line, keeps secrets out of its log, and ends with 0 on SIGTERM', async () => {
    const access = { version: 'v2c' as const, community: 'very-hush-hush' };
    const gateways = [{ name: 'a', driver: 'audiocodes', address: '127.0.42.4', access, serial: '4242' }];
    const site = await makeTestSite({ gateways });
    closing.push(() => site.close());
    const { root, controlSocket } = site.folder;
    await writeFile(site.folder.settings, JSON.stringify({ logLevel: 'trace' }));
    const agent = spawn(process.execPath, [MAIN, 'run', '--state-dir', root], { stdio: ['ignore', 'pipe', 'pipe'] });
    let log = '';
    agent.stdout.on('data', (part: Buffer) => {
      log += part.toString();
    });
    agent.stderr.on('data', (part: Buffer) => {
      log += part.toString();
    });
    const ended = new Promise<number | null>((resolve) => agent.once('close', resolve));
    closing.push(async () => {
      agent.kill('SIGKILL');
      await ended;
    });
    await until(() => site.cloud.reports().length > 0, 20_000);
    expect((await stat(controlSocket)).mode & 0o777).toBe(0o600);
    const status = await cli('status', '--state-dir', root);
    expect(status.out).toMatch(/cloud +connected to mqtts/);
    expect((await cli('gateways', '--state-dir', root)).out).toMatch(
      /127\.0\.42\.4:\d+ +reachable +AudioCodes +MP-\d+ +4242/,
    );
    expect((await cli('ports', '4242', '--state-dir', root)).out).toMatch(/^1 +fxs/m);
    expect((await cli('ports', 'unknown', '--state-dir', root)).error).toMatch(/no gateway "unknown"/);
    const second = await cli('run', '--state-dir', root);
    expect(second).toMatchObject({ code: 1, error: expect.stringContaining('running on this state folder already') });
    agent.kill('SIGTERM');
    expect(await ended, log).toBe(0);
    expect(log).not.toContain('very-hush-hush');
    for (const line of log.trim().split('\n')) expect(() => JSON.parse(line) as unknown, line).not.toThrow();
    expect((await cli('status', '--state-dir', root)).error).toMatch(/not running/);
  });
});
