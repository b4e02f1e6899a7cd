import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, endpoints } from '@loopstart/contracts';
import pg from 'pg';
import { inRoot } from '../../scripts/lib/process.ts';
import { type ApiCaller, signedIn } from '../../scripts/stack/api-caller.ts';

const START_MS = 240_000;

/** Loopstart as `npm start` runs it, on ports and data of its own. */
export interface Stack {
  webUrl: string;
  apiUrl: string;
  dataDir: string;
  email: string;
  password: string;
  /** What the launcher printed. */
  output(): string;
  api(): Promise<ApiCaller>;
  database(): Promise<pg.Client>;
  /** Orders a fault of the demo fleet, or mends it. */
  fault(gateway: string, port: number | null, fault: string, on: boolean): Promise<void>;
  /** Ids of the child processes whose command line contains `what`. */
  pids(what: string): number[];
  stop(): Promise<number | null>;
  removeData(): void;
}

/** Starts the launcher with ports from `base` on and waits until it says it is ready. */
export async function startStack(
  base: number,
  options: { demo: boolean; dataDir?: string; env?: NodeJS.ProcessEnv },
): Promise<Stack> {
  const dataDir = options.dataDir ?? join(tmpdir(), `loopstart-e2e-${randomBytes(6).toString('hex')}`);
  const ports = { web: base, api: base + 1, mqtt: base + 2, postgres: base + 3, demo: base + 10 };
  const args = [
    '--disable-warning=ExperimentalWarning',
    inRoot('scripts/start.ts'),
    ...(options.demo ? [] : ['--no-demo']),
    ...[
      '--port',
      ports.web,
      '--api-port',
      ports.api,
      '--mqtt-port',
      ports.mqtt,
      '--postgres-port',
      ports.postgres,
      '--demo-port',
      ports.demo,
    ].map(String),
    '--data-dir',
    dataDir,
  ];
  const launcher = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '', ...options.env },
  });
  let output = '';
  for (const stream of [launcher.stdout, launcher.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await ready(launcher, () => output);

  const secret = (name: string) => readFileSync(join(dataDir, name), 'utf8').trim();
  const apiUrl = `http://127.0.0.1:${ports.api}`;
  const { email, password } = await firstOwner(output, apiUrl);
  return {
    webUrl: `http://localhost:${ports.web}`,
    apiUrl,
    dataDir,
    email,
    password,
    output: () => output,
    api: () => signedIn(apiUrl, email, password),
    async database() {
      const client = new pg.Client({
        connectionString: `postgresql://loopstart:${secret('postgres.password')}@127.0.0.1:${ports.postgres}/loopstart`,
      });
      client.on('error', () => undefined);
      await client.connect();
      return client;
    },
    async fault(gateway, port, fault, on) {
      const body = JSON.stringify({ gateway, ...(port === null ? {} : { port }), fault, on });
      const response = await fetch(`${secret('demo/control-url')}/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      if (!response.ok) throw new Error(`the simulator refused: ${await response.text()}`);
    },
    pids: (what) => childrenOf(launcher.pid ?? 0, what),
    async stop() {
      if (launcher.exitCode !== null) return launcher.exitCode;
      const ended = new Promise<number | null>((resolve) => launcher.once('exit', resolve));
      launcher.kill('SIGINT');
      return ended;
    },
    removeData: () => rmSync(dataDir, { recursive: true, force: true }),
  };
}

/** Who can sign in: by what the launcher printed, or by setting the empty system up as a person does. */
export async function firstOwner(output: string, apiUrl: string): Promise<{ email: string; password: string }> {
  const code = /set it up with\s+(\S+)/.exec(output)?.[1];
  const printed = {
    email: /sign in as\s+(\S+)/.exec(output)?.[1],
    password: /with password\s+(\S+)/.exec(output)?.[1],
  };
  if (printed.email !== undefined && printed.password !== undefined)
    return { email: printed.email, password: printed.password };
  const first = { email: 'operator@loopstart.example', password: 'seven quiet harbours' };
  // A system that was set up at an earlier start has the same owner.
  if (code !== undefined)
    await createClient({ base: apiUrl, fetch })(endpoints.setUp, {
      body: { ...first, code, operator: 'My organisation', name: 'Administrator' },
    });
  return first;
}

function ready(launcher: ChildProcess, output: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      // It would hold the ports of the next try.
      launcher.kill('SIGINT');
      reject(new Error(`Loopstart did not become ready:\n${output()}`));
    }, START_MS);
    const look = () => {
      if (!output().includes('Ctrl-C stops everything')) return;
      clearTimeout(timer);
      resolve();
    };
    launcher.stdout?.on('data', look);
    launcher.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`The launcher ended with code ${code}:\n${output()}`));
    });
  });
}

/** Direct children of a process by a part of their command line, from /proc. */
function childrenOf(parent: number, what: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const ppid = Number(/^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]);
        return ppid === parent && readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').includes(what);
      } catch {
        return false;
      }
    });
}

/** Polls until `check` gives something other than undefined. Throws the sentence after `timeoutMs`. */
export async function until<T>(what: string, timeoutMs: number, check: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + timeoutMs;
  let last: unknown;
  for (;;) {
    try {
      const value = await check();
      if (value !== undefined) return value;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end)
      throw new Error(
        `${what} did not happen within ${timeoutMs / 1000} s${last === undefined ? '' : `: ${String(last)}`}`,
      );
    await new Promise((resolve) => {
      setTimeout(resolve, 200);
    });
  }
}
