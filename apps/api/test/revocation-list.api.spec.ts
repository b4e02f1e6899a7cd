import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportBrokerCredentials } from '../src/agents/pki/export-broker-credentials.ts';
import { startApp, type TestApp, type TestOperator } from './app.ts';
import { createDatabase, type TestDatabase } from './database.ts';
import { hasMosquitto, makeMosquitto } from './mosquitto.ts';
import { enrolAgent, type Identity, MqttAgent } from './mqtt-agent.ts';

const COMMAND = join(import.meta.dirname, '../dist/cli/renew-revocation-list.js');
const EIGHT_DAYS_MS = 8 * 86_400_000;
const describeWithMosquitto = hasMosquitto ? describe : describe.skip;
if (!hasMosquitto) console.warn('skipped: mosquitto is not installed, so no broker reads a renewed revocation list');

describeWithMosquitto('Mosquitto with a revocation list of eight days ago', () => {
  let database: TestDatabase;
  let mosquitto: Awaited<ReturnType<typeof makeMosquitto>>;
  let api: TestApp;
  let oak: TestOperator;
  let identity: Identity;
  const open: MqttAgent[] = [];

  beforeAll(async () => {
    mosquitto = await makeMosquitto();
    database = await createDatabase({ MQTT_URL: mosquitto.apiUrl, MQTT_PUBLIC_URL: mosquitto.agentUrl });
    await mosquitto.prepare(database.config);
    const old = await exportBrokerCredentials(database.config, () => Date.now() - EIGHT_DAYS_MS);
    writeFileSync(mosquitto.revocationList, old.find(({ name }) => name === 'crl.pem')!.text);
    await mosquitto.start();
    api = await startApp({ database });
    oak = await api.operator('Oak');
    identity = await enrolAgent(api, oak);
  });
  afterAll(async () => {
    await Promise.all(open.map((agent) => agent.end()));
    await api.close();
    await mosquitto.stop();
    await database.drop();
  });

  const connect = async () => {
    const agent = await MqttAgent.connect(mosquitto.agentUrl, identity);
    open.push(agent);
    return agent;
  };
  /** The command as a timer runs it; the environment is that of the API. */
  const environment = () => {
    const { DATABASE_URL, DATABASE_APP_URL } = database.config;
    const secret = { LOOPSTART_SECRET_KEY: Buffer.alloc(32, 7).toString('base64') };
    return { ...process.env, DATABASE_URL, DATABASE_APP_URL, MQTT_URL: mosquitto.apiUrl, ...secret };
  };
  const command = () => [COMMAND, mosquitto.folder, '--pid-file', mosquitto.pidFile];
  const renew = async () =>
    (await promisify(execFile)(process.execPath, command(), { env: environment(), encoding: 'utf8' })).stdout;
  const soon = async (work: () => Promise<unknown>, triesMax = 50) => {
    for (let tries = 0; ; tries += 1) {
      try {
        return await work();
      } catch (error) {
        if (tries >= triesMax) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  };

  test('refuses every agent until the command has run, which it says it did', async () => {
    await expect(connect()).rejects.toThrow();
    expect(await renew()).toMatch(/was written \(0 revoked, it was old\); process \d+ was signalled to read it/);
    await soon(connect);
  });

  test('with --watch a revoked agent that is connected is shut out within 60 s, also with its former TLS session', async () => {
    const spare = await enrolAgent(api, oak);
    const other = await connect();
    let session: Buffer | undefined;
    const revoked = await MqttAgent.connect(mosquitto.agentUrl, spare);
    open.push(revoked);
    (revoked.client.stream as TLSSocket).on('session', (ticket: Buffer) => (session = ticket));
    const watch = spawn(process.execPath, [...command(), '--watch'], {
      env: environment(),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await once(watch.stdout, 'data');

    try {
      const startMs = performance.now();
      await oak.admin(endpoints.revokeAgent, { params: { agentId: spare.agentId } });
      await revoked.closed;
      const endedMs = performance.now() - startMs;
      const again = async () => {
        const back = await MqttAgent.connect(mosquitto.agentUrl, spare, { session } as object);
        await back.end();
      };
      await soon(async () => {
        if (
          await again().then(
            () => true,
            () => false,
          )
        )
          throw new Error('still let in');
      }, 600);
      const shutOutMs = performance.now() - startMs;
      console.info(
        `revoked behind Mosquitto: connection ended after ${Math.round(endedMs)} ms, refused after ${Math.round(shutOutMs)} ms`,
      );
      expect(shutOutMs).toBeLessThan(60_000);
      // For good, and nobody else.
      await expect(again()).rejects.toThrow();
      expect(other.client.connected).toBe(true);
    } finally {
      watch.kill();
    }
  }, 90_000);

  test('a run with nothing new writes nothing, and one after a revocation shuts the agent out', async () => {
    const before = readFileSync(mosquitto.revocationList, 'utf8');
    expect(await renew()).toMatch(/is up to date \(1 revoked\)/);
    expect(readFileSync(mosquitto.revocationList, 'utf8')).toBe(before);
    await oak.admin(endpoints.revokeAgent, { params: { agentId: identity.agentId } });
    expect(await renew()).toMatch(/was written \(2 revoked, it was changed\)/);
    await soon(async () => {
      const agent = await connect().catch(() => null);
      if (agent !== null) throw new Error('still let in');
    });
  });
});
