import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inRoot } from '../scripts/lib/process.ts';
import { portsOf } from './lib/ports.ts';
import { startStack } from './lib/stack.ts';

const BASE = portsOf('launcher');

/** Runs the launcher to its end; returns its exit code and its last output. */
function launch(args: string[], env: NodeJS.ProcessEnv = {}): { code: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', inRoot('scripts/start.ts'), ...args],
    {
      encoding: 'utf8',
      timeout: 120_000,
      env: { ...process.env, NODE_OPTIONS: '', ...env },
    },
  );
  return { code: status, output: `${stdout}${stderr}`.trim() };
}

describe('what keeps Loopstart from starting is said in one sentence', () => {
  test('a flag that is no port', () => {
    expect(launch(['--port', 'high'])).toEqual({
      code: 1,
      output: '--port must be a port number from 1 to 65535, not "high".',
    });
  });

  test('a port in use names the flag that moves it', async () => {
    const blocker = createServer();
    await new Promise<void>((resolve) => {
      blocker.listen(BASE, '127.0.0.1', resolve);
    });
    const dataDir = mkdtempSync(join(tmpdir(), 'loopstart-launch-'));
    const { code, output } = launch(['--port', String(BASE), '--data-dir', dataDir]);
    blocker.close();
    rmSync(dataDir, { recursive: true });
    expect(code).toBe(1);
    expect(output).toBe(`Port ${BASE} for the console is in use by another program: choose another with --port.`);
  });

  test('a data folder that cannot be made', () => {
    const { code, output } = launch(['--data-dir', '/proc/loopstart']);
    expect(code).toBe(1);
    expect(output).toMatch(
      /^The data folder \/proc\/loopstart cannot be written \(E\w+\): allow it, or choose another with --data-dir\.$/,
    );
  });

  test('a damaged database folder', () => {
    const dataDir = join(tmpdir(), `loopstart-damaged-${process.pid}`);
    mkdirSync(join(dataDir, 'postgres'), { recursive: true });
    writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '18\n');
    const { code, output } = launch(['--data-dir', dataDir, ...portArgs(BASE + 20)]);
    rmSync(dataDir, { recursive: true });
    expect(code).toBe(1);
    expect(output).toContain(`The database folder ${join(dataDir, 'postgres')} is damaged`);
  });

  test('a database that cannot be reached', () => {
    const dataDir = join(tmpdir(), `loopstart-nodb-${process.pid}`);
    const { code, output } = launch(['--data-dir', dataDir, ...portArgs(BASE + 40)], {
      DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
    });
    rmSync(dataDir, { recursive: true });
    expect(code).toBe(1);
    expect(output).toContain('The database at DATABASE_URL cannot be reached (ECONNREFUSED).');
  });
});

test('an empty system starts, stops cleanly, and a second start keeps its data', async () => {
  const first = await startStack(BASE + 60, { demo: false });
  const { call } = await first.api();
  const { endpoints } = await import('@loopstart/contracts');
  await call(endpoints.createCustomer, { body: { name: 'Kept' } });
  expect(await first.stop()).toBe(0);
  const second = await startStack(BASE + 60, { demo: false, dataDir: first.dataDir });
  expect(second.password).toBe(first.password);
  const api = await second.api();
  expect((await api.all(endpoints.listCustomers)).map((customer) => customer.name)).toEqual(['Kept']);
  expect(await second.stop()).toBe(0);
  second.removeData();
});

function portArgs(base: number): string[] {
  return [
    '--port',
    base,
    '--api-port',
    base + 1,
    '--mqtt-port',
    base + 2,
    '--postgres-port',
    base + 3,
    '--demo-port',
    base + 10,
  ].map(String);
}
