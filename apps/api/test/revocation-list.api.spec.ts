import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
  const renew = async () => {
    const { DATABASE_URL, DATABASE_APP_URL } = database.config;
    const secret = { LOOPSTART_SECRET_KEY: Buffer.alloc(32, 7).toString('base64') };
    const env = { ...process.env, DATABASE_URL, DATABASE_APP_URL, ...secret };
    const args = [COMMAND, mosquitto.folder, '--pid-file', mosquitto.pidFile];
    return (await promisify(execFile)(process.execPath, args, { env, encoding: 'utf8' })).stdout;
  };
  const soon = async (work: () => Promise<unknown>) => {
    for (let tries = 0; ; tries += 1) {
      try {
        return await work();
      } catch (error) {
        if (tries >= 50) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  };

  test('refuses every agent until the command has run, which it says it did', async () => {
    await expect(connect()).rejects.toThrow();
    expect(await renew()).toMatch(/was written \(0 revoked, it was old\); process \d+ was signalled to read it/);
    await soon(connect);
  });

  test('a run with nothing new writes nothing, and one after a revocation shuts the agent out', async () => {
    const before = readFileSync(mosquitto.revocationList, 'utf8');
    expect(await renew()).toMatch(/is up to date \(0 revoked\)/);
    expect(readFileSync(mosquitto.revocationList, 'utf8')).toBe(before);
    await oak.admin(endpoints.revokeAgent, { params: { agentId: identity.agentId } });
    expect(await renew()).toMatch(/was written \(1 revoked, it was changed\)/);
    await soon(async () => {
      const agent = await connect().catch(() => null);
      if (agent !== null) throw new Error('still let in');
    });
  });
});
