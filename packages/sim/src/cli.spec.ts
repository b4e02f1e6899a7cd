import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const CLI = fileURLToPath(new URL('cli.ts', import.meta.url));
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loopstart-sim-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A started command; `printed` resolves with the first match in its output. */
function run(...args: string[]) {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const waiting = new Set<() => void>();
  const collect = (chunk: Buffer) => {
    output += chunk.toString();
    for (const look of waiting) look();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, output }));
  const printed = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(output);
        if (match === null) return;
        waiting.delete(look);
        resolve(match);
      };
      waiting.add(look);
      look();
      void ended.then(() => reject(new Error(`ended without saying ${pattern}: ${output}`)));
    });
  return { child, ended, printed };
}

async function fileWith(name: string, content: unknown): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const fleet = {
  customers: [{ name: 'C', sites: [{ name: 'S', timeZone: 'UTC', gateways: [{ name: 'gw', driver: 'generic' }] }] }],
};

describe('fleet and fault', () => {
  test('run, break a port, repair it, and stop on a signal', async () => {
    const running = run('fleet', await fileWith('fleet.json', fleet));
    try {
      const [, url = ''] = await running.printed(/control: (\S+)/);
      await running.printed(/gw \(Voice gateway\) answers at 127\.0\.0\.1:\d+/);
      const broken = await run('fault', url, 'gw', '2', 'unplug').ended;
      expect(broken).toEqual({ code: 0, output: 'gw now has: unplug on port 2.\n' });
      const mended = await run('fault', url, 'gw', '2', 'restore').ended;
      expect(mended).toEqual({ code: 0, output: 'gw is well.\n' });
      const refused = await run('fault', url, 'gw', '7', 'unplug').ended;
      expect(refused).toEqual({ code: 1, output: 'Gateway "gw" has ports 1 to 4, not 7.\n' });
    } finally {
      running.child.kill('SIGINT');
    }
    expect((await running.ended).code).toBe(0);
  });
});

test('record answers from a recording', async () => {
  const running = run('record', await fileWith('tiny.snmprec', '1.3.6.1.2.1.1.1.0|4|A gateway\n'), '--port', '0');
  await running.printed(/answers at 127\.0\.0\.1:\d+/);
  running.child.kill('SIGTERM');
  expect((await running.ended).code).toBe(0);
});

test.for<[string, string[], number, RegExp]>([
  ['nothing', [], 2, /fleet <spec\.json>/],
  ['an unknown option', ['fleet', 'x', '--colour'], 2, /--colour/],
  ['a port that is none', ['record', 'x', '--port', 'seven'], 2, /^--port must be a port number, not "seven"\.\n$/],
  [
    'a description that is not there',
    ['fleet', '/nonexistent.json'],
    1,
    /^The description \/nonexistent\.json cannot be read: .*\.\n$/,
  ],
  ['a recording that is not there', ['record', '/nonexistent.snmprec'], 1, /there is no such file\.\n$/],
  ['a fleet that does not run', ['fault', 'http://127.0.0.1:9', 'gw', '1', 'short'], 2, /^Nothing answers at .*\n$/],
])('%s is refused with one clear message', async ([, args, code, message]) => {
  const result = await run(...args).ended;
  expect(result.output).toMatch(message);
  expect(result.code).toBe(code);
});

test('an error in a description names the field', async () => {
  const path = await fileWith('bad.json', { customers: [] });
  expect(await run('fleet', path).ended).toMatchObject({
    code: 1,
    output: expect.stringMatching(/^The description of the fleet: customers: .*\.\n$/),
  });
});
