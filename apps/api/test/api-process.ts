import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { TestDatabase } from './database.ts';

const MAIN = join(import.meta.dirname, '../dist/main.js');

/** Starts the built API as an installation does; whoever starts it keeps it in `children` to stop it. */
export function startApiProcess(
  database: Pick<TestDatabase, 'ownerUrl' | 'config'>,
  env: NodeJS.ProcessEnv,
  children: ChildProcess[],
) {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: database.ownerUrl,
      DATABASE_APP_URL: database.config.DATABASE_APP_URL,
      LOOPSTART_SECRET_KEY: Buffer.alloc(32, 9).toString('base64'),
      PORT: '0',
      MQTT_PORT: '0',
      LOG_LEVEL: 'warn',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (output.stdout += chunk));
  child.stderr.on('data', (chunk) => (output.stderr += chunk));
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const url = /"msg":"ready","url":"([^"]+)"/.exec(output.stdout)?.[1];
      if (url !== undefined) resolve(url);
    });
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${output.stdout}${output.stderr}`)));
  });
  ready.catch(() => undefined);
  return { child, output, ready, exit: once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]> };
}
