import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../src/core/config.ts';
import { exportBrokerCredentials } from '../src/agents/pki/export-broker-credentials.ts';
import { freePort } from './postgres.ts';

const BINARY = ['/usr/sbin/mosquitto', '/usr/bin/mosquitto'].find((path) => existsSync(path));
const INFRA = join(import.meta.dirname, '../../../infra/broker');

/** Is the broker installed on this machine? */
export const hasMosquitto = BINARY !== undefined;

export interface TestMosquitto {
  agentUrl: string;
  apiUrl: string;
  /** Where its files lie, and two of them. */
  folder: string;
  revocationList: string;
  pidFile: string;
  /** Ends it without a word, as kill -9 does. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Reads the list of revoked certificates anew. */
  reload(config: Config): Promise<void>;
  stop(): Promise<void>;
}

/** Mosquitto with the configuration of infra/broker, in a folder of its own and on free ports. */
export async function makeMosquitto(): Promise<TestMosquitto & { prepare(config: Config): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'loopstart-mosquitto-'));
  const [agents, api] = [await freePort(), await freePort()];
  let child: ChildProcess | undefined;
  const write = async (config: Config) => {
    for (const { name, text } of await exportBrokerCredentials(config)) writeFileSync(join(folder, name), text);
  };
  const kill = async (signal: NodeJS.Signals) => {
    const running = child;
    child = undefined;
    if (running === undefined) return;
    const gone = new Promise((resolve) => running.once('exit', resolve));
    running.kill(signal);
    await gone;
  };
  return {
    agentUrl: `mqtts://127.0.0.1:${agents}`,
    apiUrl: `mqtts://127.0.0.1:${api}`,
    folder,
    revocationList: join(folder, 'crl.pem'),
    pidFile: join(folder, 'mosquitto.pid'),
    prepare: async (config) => {
      await write(config);
      const conf = readFileSync(join(INFRA, 'mosquitto.conf'), 'utf8')
        .replaceAll('/etc/loopstart-broker', folder)
        .replace('/var/lib/mosquitto/', `${folder}/`)
        .replaceAll('/run/mosquitto/', `${folder}/`)
        .replace('listener 8883', `listener ${agents} 127.0.0.1`)
        .replace('listener 8884', `listener ${api} 127.0.0.1`);
      // Started by root, Mosquitto would become another user, who may not read this folder.
      writeFileSync(join(folder, 'mosquitto.conf'), `${conf}${process.getuid?.() === 0 ? '\nuser root\n' : ''}`);
      writeFileSync(join(folder, 'acl'), readFileSync(join(INFRA, 'acl')), { mode: 0o600 });
    },
    start: async () => {
      child = spawn(BINARY!, ['-c', join(folder, 'mosquitto.conf')], { stdio: 'ignore' });
      await Promise.all([listening(agents), listening(api)]);
    },
    kill: () => kill('SIGKILL'),
    reload: async (config) => {
      await write(config);
      child?.kill('SIGHUP');
    },
    stop: async () => {
      await kill('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function listening(port: number): Promise<void> {
  for (;;) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
