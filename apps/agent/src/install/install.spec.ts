import { execFile, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync } from 'node:fs';
import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import type { EnrolRequest } from '@loopstart/contracts';
import { SimFleet } from '@loopstart/sim';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AGENT_VERSION } from '../core/version.ts';
import { certificateSha256 } from '../enrol/certificate-key.ts';
import { makeTestCa } from '../testing/test-ca.ts';
import { until } from '../testing/until.ts';

const run = promisify(execFile);
const AGENT = join(import.meta.dirname, '../..');
const INSTALLER = join(AGENT, '../../infra/agent/install.sh');
const UNIT = join(AGENT, '../../infra/agent/loopstart-agent.service');
const ARCH = process.arch === 'arm64' ? 'arm64' : 'x64';
const NAME = `loopstart-agent-linux-${ARCH}.tar.gz`;
const TOKEN = 'a-token-of-more-than-twenty-characters';

interface Ended {
  code: number;
  text: string;
}

/** Runs a program; returns the output of both channels, and its exit code. */
async function ended(program: string, args: readonly string[]): Promise<Ended> {
  try {
    const { stdout, stderr } = await run(program, args, { encoding: 'utf8', env: { PATH: process.env['PATH'] } });
    return { code: 0, text: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, text: stdout + stderr };
  }
}

const install = (...args: string[]) => ended('/bin/sh', [INSTALLER, ...args]);

/** Runs an installed agent until it has noticed that there is no broker; returns its end and its log. */
async function runForAMoment(command: string, state: string): Promise<{ code: number | null; levels: string[] }> {
  await writeFile(join(state, 'agent.json'), JSON.stringify({ overrides: { trapPort: 0 } }));
  const agent = spawn(command, ['run', '--state-dir', state], { stdio: ['ignore', 'pipe', 'inherit'] });
  let log = '';
  agent.stdout.on('data', (part: Buffer) => {
    log += part.toString();
  });
  const exit = new Promise<number | null>((resolve) => agent.once('close', resolve));
  await until(() => log.includes('not connected to the cloud'), 20_000);
  agent.kill('SIGTERM');
  const code = await exit;
  const lines = log
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { level: string });
  return { code, levels: lines.map(({ level }) => level) };
}

let folder: string;
let bundle: string;
/** The bundle with a link to this very Node in the place of its own copy, which is packed and unpacked in no time. */
let light: string;
let api: { url: string; caSha256: string; enrolments: number; corrupt: boolean; close(): Promise<void> };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loopstart-install-'));
  expect(existsSync(join(AGENT, 'dist/main.js')), 'build first: npx tsc -b apps/agent').toBe(true);
  await run(process.execPath, [join(AGENT, 'scripts/bundle-agent.mjs'), ARCH]);
  bundle = join(folder, NAME);
  for (const ending of ['', '.sha256']) copyFileSync(join(AGENT, 'dist', NAME + ending), bundle + ending);
  await run('tar', ['-xzf', bundle, '-C', folder]);
  light = await packLight();
  api = await startApi();
}, 120_000);

afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

/** Packs what the bundle holds, but for its Node, which the installer only calls; returns the archive's path. */
async function packLight(): Promise<string> {
  const stage = join(folder, 'light');
  const top = join(stage, 'loopstart-agent');
  await run('mkdir', ['-p', top]);
  await run('tar', ['-cf', join(stage, 'rest.tar'), '-C', folder, '--exclude=loopstart-agent/node', 'loopstart-agent']);
  await run('tar', ['-xf', join(stage, 'rest.tar'), '-C', stage]);
  await symlink(process.execPath, join(top, 'node'));
  const archive = join(stage, NAME);
  await run('tar', ['-czf', archive, '-C', stage, 'loopstart-agent']);
  const sha256 = createHash('sha256')
    .update(await readFile(archive))
    .digest('hex');
  await writeFile(`${archive}.sha256`, `${sha256}  ${NAME}\n`);
  return archive;
}

/** Serves the bundle and enrols, as the API does; the light one below `/light`. */
async function startApi(): Promise<typeof api> {
  const ca = await makeTestCa();
  const agentId = '11111111-2222-4333-8444-555555555555';
  const server = createServer((request, response) => {
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
      const served = /^(\/light)?\/agent\/(.*)$/u.exec(request.url ?? '');
      if (served !== null) {
        const from = served[1] === undefined ? folder : join(folder, 'light');
        const content = await readFile(join(from, basename(served[2]!)));
        response.end(made.corrupt && served[2]!.endsWith('.gz') ? content.subarray(1) : content);
        return;
      }
      made.enrolments += 1;
      const { csrPem } = JSON.parse(Buffer.concat(parts).toString()) as EnrolRequest;
      const certificatePem = await ca.sign(csrPem, agentId);
      const siteId = '99999999-2222-4333-8444-555555555555';
      const config = { revision: 0, targets: [] };
      response.end(
        JSON.stringify({ agentId, siteId, certificatePem, caPem: ca.caPem, mqttUrl: 'mqtts://127.0.0.1:1', config }),
      );
    })().catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const made: typeof api = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    caSha256: certificateSha256(ca.caPem),
    enrolments: 0,
    corrupt: false,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return made;
}

describe('the bundle', () => {
  test('runs from one folder, with its own Node', async () => {
    const files = await readdir(join(folder, 'loopstart-agent'));
    expect(files.toSorted()).toEqual([
      'THIRD-PARTY-NOTICES.txt',
      'bin',
      'install.sh',
      'loopstart-agent.mjs',
      'loopstart-agent.service',
      'node',
    ]);
    const gateways = [{ name: 'a', driver: 'audiocodes', address: '127.0.43.1', serial: '3589' }];
    const sim = await SimFleet.create({
      customers: [{ name: 'c', sites: [{ name: 's', timeZone: 'UTC', gateways }] }],
    });
    await sim.start();
    try {
      const port = String(sim.gateway('a')?.endpoint?.port);
      const command = join(folder, 'loopstart-agent/bin/loopstart-agent');
      const { code, text } = await ended(command, ['probe', '127.0.43.1', '--port', port]);
      expect(code, text).toBe(0);
      expect(text).toContain('serial 3589');
    } finally {
      await sim.stop();
    }
  });

  test('is the same for the same content', async () => {
    const before = await readFile(`${bundle}.sha256`, 'utf8');
    await run(process.execPath, [join(AGENT, 'scripts/bundle-agent.mjs'), ARCH]);
    expect(await readFile(join(AGENT, 'dist', `${NAME}.sha256`), 'utf8')).toBe(before);
  }, 60_000);

  test('lists every package whose code is in it, with its licence, and Node', async () => {
    const notices = await readFile(join(folder, 'loopstart-agent/THIRD-PARTY-NOTICES.txt'), 'utf8');
    // esbuild writes the path of each module before its code.
    const program = await readFile(join(folder, 'loopstart-agent/loopstart-agent.mjs'), 'utf8');
    const inside = new Set(
      [...program.matchAll(/^\s*(?:\/\/ |")\S*node_modules\/((?:@[^/]+\/)?[^/"]+)\//gm)].map(([, name]) => name!),
    );
    expect([...inside].filter((name) => !name.startsWith('@loopstart/')).length).toBeGreaterThan(20);
    const headings = new Set([...notices.matchAll(/^(\S+) \S+ \(.+\)$/gm)].map(([, name]) => name!));
    const missing = [...inside].filter((name) => !name.startsWith('@loopstart/') && !headings.has(name));
    expect(missing).toEqual([]);
    for (const name of ['mqtt', 'zod', 'pino', 'Node.js']) expect(headings).toContain(name);
    expect(notices).toContain('Copyright Node.js contributors');
    expect(notices.match(/Permission is hereby granted/g)!.length).toBeGreaterThan(20);
  });

  const OLD_NODE = '/usr/bin/node';
  const oldMajor = existsSync(OLD_NODE)
    ? Number(execFileSync(OLD_NODE, ['-p', 'process.versions.node.split(".")[0]']))
    : 0;
  if (oldMajor === 0 || oldMajor >= 24) console.warn(`skipped: ${OLD_NODE} is not an older Node`);
  test.skipIf(oldMajor === 0 || oldMajor >= 24).for([
    ['the bundle', () => join(folder, 'loopstart-agent/loopstart-agent.mjs')],
    ['the build', () => join(AGENT, 'dist/main.js')],
  ] as const)('%s under an older Node names the Node it needs, for every command', async ([, program]) => {
    for (const args of [['run'], ['status'], ['--version']]) {
      const { code, text } = await ended(OLD_NODE, [program(), ...args]);
      expect(code).toBe(1);
      expect(text).toMatch(/^loopstart-agent: Node 24 or later is needed, this is Node \d+\.\d+\.\d+;.*\n$/);
    }
  });

  test('names the version of the package', async () => {
    const { version } = JSON.parse(await readFile(join(AGENT, 'package.json'), 'utf8')) as { version: string };
    expect(AGENT_VERSION).toBe(version);
  });
});

describe('the installer', () => {
  const prefix = (name: string) => join(folder, name);

  test('downloads, checks, installs and enrols; again, it updates and keeps the identity', async () => {
    const root = prefix('fresh');
    const args = ['--api', api.url, '--token', TOKEN, '--ca-sha256', api.caSha256, '--prefix', root];
    const first = await install(...args);
    expect(first.code, first.text).toBe(0);
    expect(first.text).toContain('Enrolled as agent 11111111');
    const identity = join(root, 'var/lib/loopstart-agent/identity.json');
    expect((await stat(identity)).mode & 0o777).toBe(0o600);
    expect((await stat(join(root, 'var/lib/loopstart-agent'))).mode & 0o777).toBe(0o700);
    expect(await readlink(join(root, 'usr/local/bin/loopstart-agent'))).toBe(
      '/opt/loopstart-agent/bin/loopstart-agent',
    );
    expect(await readFile(join(root, 'etc/systemd/system/loopstart-agent.service'), 'utf8')).toBe(
      await readFile(UNIT, 'utf8'),
    );
    const version = await ended(join(root, 'opt/loopstart-agent/bin/loopstart-agent'), ['--version']);
    expect(version.text.trim()).toBe(AGENT_VERSION);
    const ending = await runForAMoment(
      join(root, 'opt/loopstart-agent/bin/loopstart-agent'),
      join(root, 'var/lib/loopstart-agent'),
    );
    expect(ending).toEqual({ code: 0, levels: expect.arrayContaining(['info', 'warn']) });
    const [before, enrolments] = [await readFile(identity, 'utf8'), api.enrolments];
    const second = await install('--api', `${api.url}/light`, '--prefix', root);
    expect(second.code, second.text).toBe(0);
    expect(second.text).toContain('Keeping the identity');
    expect([await readFile(identity, 'utf8'), api.enrolments]).toEqual([before, enrolments]);
    expect((await readdir(join(root, 'opt'))).toSorted()).toEqual(['loopstart-agent']);
  });

  test('takes the values that the API fills in', async () => {
    const script = join(folder, 'filled.sh');
    const sha256 = (await readFile(`${light}.sha256`, 'utf8')).split(' ')[0] ?? '';
    const words = { API_URL: `${api.url}/light`, CA_SHA256: api.caSha256, SHA256_X64: sha256, SHA256_ARM64: sha256 };
    let text = await readFile(INSTALLER, 'utf8');
    for (const [word, value] of Object.entries(words)) text = text.replaceAll(`@${word}@`, value);
    await writeFile(script, text);
    const { code, text: output } = await ended('/bin/sh', [script, '--token', TOKEN, '--prefix', prefix('filled')]);
    expect(code, output).toBe(0);
  });

  test('works without a network, from a file', async () => {
    const args = ['--bundle', light, '--api', api.url, '--token', TOKEN, '--prefix', prefix('file')];
    const { code, text } = await install(...args);
    expect(code, text).toBe(0);
  });

  test('leaves nothing of a bundle that was damaged in transit', async () => {
    api.corrupt = true;
    const { code, text } = await install('--api', `${api.url}/light`, '--token', TOKEN, '--prefix', prefix('damaged'));
    api.corrupt = false;
    expect([code, text]).toEqual([1, expect.stringMatching(/install\.sh: the bundle is damaged/)]);
    expect(existsSync(join(prefix('damaged'), 'opt'))).toBe(false);
  });

  test('that cannot enrol reports it, and can be run again', async () => {
    const root = prefix('again');
    const args = ['--api', api.url, '--token', TOKEN, '--prefix', root, '--bundle', light];
    const refused = await install(...args, '--ca-sha256', '0'.repeat(64));
    expect([refused.code, refused.text]).toEqual([
      1,
      expect.stringMatching(/fingerprint[^]*installed but not enrolled/),
    ]);
    const second = await install(...args);
    expect(second.code, second.text).toBe(0);
  });

  test('keeps the token hidden: it is in no argument of the agent', async () => {
    const text = await readFile(INSTALLER, 'utf8');
    expect(text).toContain('LOOPSTART_TOKEN=$TOKEN "$TARGET/bin/loopstart-agent" "$@"');
    const file = join(folder, 'token');
    await writeFile(file, `${TOKEN}\n`);
    const { code, text: output } = await install(
      '--bundle',
      light,
      '--api',
      api.url,
      '--token-file',
      file,
      '--prefix',
      prefix('quiet'),
    );
    expect(code, output).toBe(0);
    expect(output).not.toContain(TOKEN);
  });

  test.skipIf(process.getuid?.() !== 0)('enrols as the owner of the state folder, where root runs it', async () => {
    const state = join(folder, 'owned');
    const victim = join(folder, 'victim');
    await mkdir(state, { mode: 0o700 });
    await writeFile(victim, 'precious', { mode: 0o600 });
    await symlink(victim, join(state, 'identity.json.tmp'));
    await symlink(victim, join(state, 'cloud-config.json'));
    await chown(state, 65_534, 65_534);
    await chmod(folder, 0o755);
    const args = ['enrol', '--state-dir', state, '--api', api.url, '--token', TOKEN];
    const enrolled = await ended(join(folder, 'loopstart-agent/bin/loopstart-agent'), args);
    expect(await readFile(victim, 'utf8')).toBe('precious');
    expect([enrolled.code, enrolled.text]).toEqual([0, expect.stringContaining('Enrolled')]);
    for (const name of ['identity.json', 'cloud-config.json']) {
      const written = await lstat(join(state, name));
      expect([name, written.uid, written.isFile(), written.mode & 0o777]).toEqual([name, 65_534, true, 0o600]);
    }
  });

  test.for([
    ['no token', ['--api', 'http://localhost:1'], /a token from the console is needed/],
    [
      'plain http to another machine',
      ['--token', TOKEN, '--api', 'http://192.0.2.1'],
      /http:\/\/192\.0\.2\.1 is not safe: .* https/,
    ],
    [
      'http to a name that only begins like this machine',
      ['--token', TOKEN, '--api', 'http://localhost.evil.example'],
      /is not safe/,
    ],
    ['an address without a scheme', ['--token', TOKEN, '--api', 'api.example.com'], /no address of an API/],
    ['a token file that is not there', ['--token-file', '/nowhere'], /cannot read \/nowhere/],
    ['no address', ['--token', TOKEN], /address of the API is needed/],
    ['an unknown option', ['--tokn', 'x'], /unknown option --tokn/],
    ['an option without its value', ['--token'], /--token needs a value/],
    [
      'a bundle that is not there',
      ['--token', TOKEN, '--api', 'http://localhost:1', '--bundle', '/nowhere'],
      /cannot read \/nowhere/,
    ],
    [
      'an API that is not there',
      ['--token', TOKEN, '--api', 'http://127.0.0.1:1'],
      /cannot download http:\/\/127\.0\.0\.1:1\/agent/,
    ],
  ] as const)('%s is one clear sentence', async ([, args, message]) => {
    const { code, text } = await install('--prefix', prefix('refused'), ...args);
    expect([code, text]).toEqual([1, expect.stringMatching(message)]);
  });
});
