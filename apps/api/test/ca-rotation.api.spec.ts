import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectTls } from 'node:tls';
import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AuthorityRotation, PkiService } from '../src/agents/pki/index.ts';
import { Database } from '../src/core/db/database.ts';
import { Secrets } from '../src/core/secret/secrets.ts';
import { healthOf } from './agent-health.ts';
import { startApp, type TestApp, type TestOperator } from './app.ts';
import { rowsOf, TestStream } from './ingest.ts';
import { brokerUrl, enrolAgent, type Identity, MqttAgent } from './mqtt-agent.ts';
import { makeCsr } from './pki.ts';

let aheadMs = 0;
const now = () => Date.now() + aheadMs;
let api: TestApp;
let oak: TestOperator;
let rotation: AuthorityRotation;
let north: Agent;
let south: Agent;

/** An agent with its stream and what it has to connect with. */
interface Agent {
  identity: Identity;
  stream: TestStream;
}

beforeAll(async () => {
  api = await startApp({ clock: now });
  oak = await api.operator('Oak');
  rotation = new AuthorityRotation(api.app.get(Database), api.app.get(Secrets), now);
  north = { identity: await enrolAgent(api, oak), stream: new TestStream() };
  south = { identity: await enrolAgent(api, oak), stream: new TestStream() };
});
afterAll(() => api.close());

const pki = () => api.app.get(PkiService);
const certificatesOf = (pem: string) => pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
const connect = (identity: Identity) => MqttAgent.connect(brokerUrl(api), identity);
const until = async () =>
  (await oak.viewer(endpoints.getAgent, { params: { agentId: south.identity.agentId } })).certificateExpiresAt;

/** Connects, renews, and connects with the new certificate, as an agent does when its settings ask for it. */
async function renew(agent: Agent): Promise<void> {
  const before = await connect(agent.identity);
  const { config } = await before.receives('config');
  expect(config.certificateStaleBeforeMs).not.toBeNull();
  const { csrPem, keyPem } = await makeCsr();
  await before.say(agent.stream.say('renew', { csrPem }));
  const { certificatePem, caPem } = await before.receives('certificate');
  await before.end();
  agent.identity = { ...agent.identity, keyPem, certificatePem, caPem };
  const certificateExpiresAt = new X509Certificate(certificatePem).validToDate.getTime();
  const after = await connect(agent.identity);
  await after.say(agent.stream.say('health', healthOf({ certificateExpiresAt })));
  await after.receives('ack');
  await after.end();
}

/** Resolves when the broker shows a certificate of this authority. */
async function servedBy(ca: string): Promise<void> {
  for (let isServed = false; !isServed;) {
    const socket = connectTls({
      host: '127.0.0.1',
      port: Number(new URL(brokerUrl(api)).port),
      rejectUnauthorized: false,
    });
    await once(socket, 'secureConnect');
    isServed = socket.getPeerX509Certificate()!.verify(new X509Certificate(ca).publicKey);
    socket.destroy();
  }
}

const issuedBy = ({ certificatePem }: Identity, ca: string) =>
  new X509Certificate(certificatePem).verify(new X509Certificate(ca).publicKey);

test('the authority is replaced while agents stay connected, and never too early', async () => {
  const [first] = certificatesOf(pki().caPem);
  await expect(rotation.take('switch')).rejects.toThrow('There is no next authority');
  await expect(rotation.take('withdraw')).rejects.toThrow('There is no former authority');

  await rotation.take('introduce');
  await expect(rotation.take('introduce')).rejects.toThrow('A rotation is under way');
  await pki().refresh();
  const [still, next] = certificatesOf(pki().caPem);
  expect(still).toBe(first);
  expect(next).toBeDefined();
  await expect(rotation.take('switch')).rejects.toThrow(/^2 agents do not know the next authority yet .* end at 20/);

  aheadMs += 30_000;
  await renew(north);
  expect(certificatesOf(north.identity.caPem)).toEqual([first, next]);
  expect(issuedBy(north.identity, first!)).toBe(true);
  await expect(rotation.take('switch')).rejects.toThrow(/^1 agents do not know/);
  const onlyOld = { ...south.identity };
  await renew(south);

  const connected = await connect(north.identity);
  await rotation.take('switch');
  await pki().refresh();
  expect(certificatesOf(pki().caPem)).toEqual([next, first]);
  expect(connected.client.connected).toBe(true);
  await connected.end();
  await servedBy(next!);
  // The broker has a certificate of the new authority: who knows the former one alone would refuse it.
  await expect(connect({ ...south.identity, caPem: onlyOld.caPem })).rejects.toThrow(
    /unable to (get|verify)|self.signed/i,
  );
  const lastEnd = await until();
  await expect(rotation.take('withdraw')).rejects.toThrow(
    `2 certificates of agents are still signed by the former authority. Agents renew them by themselves; the last ends at ${lastEnd}`,
  );

  aheadMs += 30_000;
  const formerly = { ...north.identity };
  await renew(north);
  expect(issuedBy(north.identity, next!)).toBe(true);
  await expect(rotation.take('withdraw')).rejects.toThrow(/^1 certificates of agents/);
  await oak.admin(endpoints.revokeAgent, { params: { agentId: south.identity.agentId } });
  await rotation.take('withdraw');
  await pki().refresh();
  expect(certificatesOf(pki().caPem)).toEqual([next]);
  await (await connect(north.identity)).end();
  await expect(connect({ ...formerly, caPem: north.identity.caPem })).rejects.toThrow(/./);
  expect(
    await rowsOf(
      api.database.ownerUrl,
      'select state, key is null as destroyed from certificate_authority order by introduced_at',
    ),
  ).toEqual([
    { state: 'withdrawn', destroyed: true },
    { state: 'current', destroyed: false },
  ]);

  // A new agent, by the pin of the new authority.
  const fresh = await enrolAgent(api, oak);
  expect(certificatesOf(fresh.caPem)).toEqual([next]);
  expect(new X509Certificate(next!).fingerprint256.replaceAll(':', '').toLowerCase()).toBe(pki().caSha256);
  await (await connect(fresh)).end();
});

test('a process that has not noticed yet signs with the right authority all the same', async () => {
  await rotation.take('introduce');
  const agent = await enrolAgent(api, oak);
  expect(certificatesOf(agent.caPem)).toHaveLength(2);
});

test('the authority of a version without rotation is taken over', async () => {
  const [current] = certificatesOf(pki().caPem);
  const secrets = api.app.get(Secrets);
  const [row] = await rowsOf<{ id: string; key: Buffer }>(
    api.database.ownerUrl,
    `delete from certificate_authority where state = 'current' returning id, key`,
  );
  await rowsOf(api.database.ownerUrl, 'delete from certificate_authority');
  const keyPem = await secrets.open(
    { field: 'certificate_authority.key', operatorId: null, row: { id: row!.id } },
    row!.key,
  );
  const place = { field: 'installation_secret.value', operatorId: null, row: { name: 'installation-ca' } } as const;
  const sealed = await secrets.seal(place, JSON.stringify({ keyPem, certificatePem: `${current}\n` }));
  await rowsOf(api.database.ownerUrl, 'insert into installation_secret (name, value) values ($1, $2)', [
    'installation-ca',
    sealed,
  ]);
  const again = await startApp({ database: api.database });
  expect(certificatesOf(again.app.get(PkiService).caPem)).toEqual([current]);
  await again.close();
});
