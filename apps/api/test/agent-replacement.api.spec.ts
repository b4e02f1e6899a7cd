import { randomUUID } from 'node:crypto';
import { endpoints } from '@loopstart/contracts';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { inventoryOf, rowsOf, TestStream } from './ingest.ts';
import { brokerUrl, enrolAgent, eventually, type Identity, MqttAgent } from './mqtt-agent.ts';
import { makeCsr } from './pki.ts';

/** What becomes of every column that names an agent, when new hardware takes the place of one. */
const COLUMNS: Readonly<Record<string, 'handed over' | 'stays: history' | 'stays: its own' | 'of the replacement'>> = {
  'gateway.agent_id': 'handed over',
  'agent_target.agent_id': 'handed over',
  // Queued ones; those that were sent may have been carried out.
  'action.agent_id': 'handed over',
  'rejected_message.agent_id': 'stays: history',
  'alert.agent_id': 'stays: history',
  'incident.agent_id': 'stays: history',
  'agent_certificate.agent_id': 'stays: its own',
  'agent_cursor.agent_id': 'stays: its own',
  'agent_return.agent_id': 'stays: its own',
  // The new one learns every merge of the site anew.
  'merge_acknowledgement.agent_id': 'stays: its own',
  'enrolment_token.agent_id': 'stays: its own',
  'enrolment_token.replaces_agent_id': 'of the replacement',
  'agent.replaced_by': 'of the replacement',
};

let api: TestApp;
let oak: TestOperator;
const open: MqttAgent[] = [];

beforeAll(async () => {
  // Each request may name its own address, as behind a proxy: one address alone would be slowed down.
  api = await startApp({ env: { TRUSTED_PROXIES: '127.0.0.1' } });
  oak = await api.operator('Oak');
});
afterAll(async () => {
  await Promise.all(open.map((agent) => agent.end()));
  await api.close();
});

const rows = <T extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
  rowsOf<T>(api.database.ownerUrl, text, values);
const connect = async (identity: Identity) => {
  const agent = await MqttAgent.connect(brokerUrl(api), identity);
  open.push(agent);
  return agent;
};
const shown = ({ agentId }: Identity) => oak.viewer(endpoints.getAgent, { params: { agentId } });
const tokenFor = async ({ agentId }: Identity) =>
  (await oak.admin(endpoints.createReplacementToken, { params: { agentId } })).token;

/** Enrols from an address of its own. */
let addresses = 0;
async function enrol(token: string): Promise<{ status: number; body: Record<string, unknown>; keyPem: string }> {
  const { csrPem, keyPem } = await makeCsr();
  addresses += 1;
  const answer = await fetch(api.url + endpoints.enrolAgent.path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      connection: 'close',
      'x-forwarded-for': `10.0.${addresses >> 8}.${addresses & 255}`,
    },
    body: JSON.stringify({ token, csrPem, hostname: 'north-2', version: '1.0.0' }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown>, keyPem };
}

describe('new hardware in the place of an agent', () => {
  test('takes over gateways, targets, settings and what is pending, and the former is shut out', async () => {
    const former = await enrolAgent(api, oak);
    const gatewayId = randomUUID();
    const old = await connect(former);
    await old.say(new TestStream().say('inventory', inventoryOf(gatewayId, [1, 2])));
    await old.receives('ack');
    const access = { version: 'v2c' as const, community: 'secret-community' };
    await oak.admin(endpoints.putAgentTargets, {
      params: { agentId: former.agentId },
      body: { trapPort: 1162, targets: [{ id: 'a', address: '192.0.2.10', access }] },
    });
    await oak.technician(endpoints.updatePort, { params: { gatewayId, position: 1 }, body: { label: 'Lobby' } });
    await rows(
      `insert into action (operator_id, gateway_id, agent_id, type, state, life_safety_confirmed, requested_by_name, expires_at, idempotency_key)
       select operator_id, id, agent_id, 'poll-now', s, false, 'x', now() + interval '1 hour', gen_random_uuid() from gateway, unnest(array['queued', 'running']) s where id = $1`,
      [gatewayId],
    );

    const { status, body, keyPem } = await enrol(await tokenFor(former));
    expect(status).toBe(201);
    const present = {
      ...former,
      agentId: String(body['agentId']),
      keyPem,
      certificatePem: String(body['certificatePem']),
    };
    await old.closed;
    await expect(MqttAgent.connect(brokerUrl(api), former)).rejects.toThrow(/[Nn]ot authorized/);

    const box = await connect(present);
    const { config } = await box.receives('config');
    expect(config).toMatchObject({ trapPort: 1162, targets: [{ id: 'a', address: '192.0.2.10', access }] });
    await box.receives('action');
    expect(await rows('select state, agent_id from action where gateway_id = $1 order by state', [gatewayId])).toEqual([
      { state: 'running', agent_id: former.agentId },
      { state: 'sent', agent_id: present.agentId },
    ]);
    const stream = new TestStream();
    await box.say(stream.say('inventory', inventoryOf(gatewayId, [1, 2])));
    expect((await box.receives('ack')).rejected).toBeUndefined();
    const port = await oak.viewer(endpoints.getPort, { params: { gatewayId, position: 1 } });
    expect(port.label).toBe('Lobby');
    expect(await shown(former)).toMatchObject({
      state: 'revoked',
      gatewayCount: 0,
      replacedBy: { id: present.agentId, hostname: 'north-2' },
    });
    expect(await shown(present)).toMatchObject({ gatewayCount: 1, site: { id: former.siteId } });
    expect(
      await rows('select verb from audit_entry where subject_id = $1 and verb = $2', [former.agentId, 'replace']),
    ).toHaveLength(1);
    expect(
      await problemOf(oak.admin(endpoints.createReplacementToken, { params: { agentId: former.agentId } })),
    ).toMatchObject({ code: 'agent-replaced' });
  });

  test('needs the right, and an agent of the operator', async () => {
    const identity = await enrolAgent(api, oak);
    const elm = await api.operator('Elm');
    const params = { agentId: identity.agentId };
    expect(await problemOf(oak.technician(endpoints.createReplacementToken, { params }))).toMatchObject({
      status: 403,
    });
    expect(await problemOf(elm.admin(endpoints.createReplacementToken, { params }))).toMatchObject({ status: 404 });
  });

  test('of 100 that use one token at once, and of two tokens, exactly one wins', async () => {
    const plain = (
      await oak.technician(endpoints.createEnrolmentToken, { params: { siteId: (await enrolAgent(api, oak)).siteId } })
    ).token;
    const enrolled = await Promise.all(Array.from({ length: 100 }, () => enrol(plain)));
    const codes = Map.groupBy(enrolled, ({ status, body }) => `${status} ${String(body['code'] ?? '')}`.trim());
    expect([...codes].map(([code, all]) => [code, all.length]).toSorted()).toEqual([
      ['201', 1],
      ['409 token-used', 99],
    ]);

    const former = await enrolAgent(api, oak);
    const tokens = [await tokenFor(former), await tokenFor(former)];
    const answers = await Promise.all(Array.from({ length: 100 }, (_, index) => enrol(tokens[index % 2]!)));
    const winners = answers.filter(({ status }) => status === 201);
    expect(winners).toHaveLength(1);
    expect(new Set(answers.filter(({ status }) => status !== 201).map(({ body }) => body['code']))).toEqual(
      new Set(['token-used', 'agent-replaced']),
    );
    expect(await rows('select id from agent where site_id = $1', [former.siteId])).toHaveLength(2);
    expect((await shown(former)).replacedBy?.id).toBe(winners[0]!.body['agentId']);
  });

  test('that is interrupted in the middle changes nothing, and works when it is tried again', async () => {
    const former = await enrolAgent(api, oak);
    const gatewayId = randomUUID();
    const old = await connect(former);
    await old.say(new TestStream().say('inventory', inventoryOf(gatewayId, [1])));
    await old.receives('ack');
    const token = await tokenFor(former);
    const blocker = new pg.Client({ connectionString: api.database.ownerUrl });
    await blocker.connect();
    try {
      await blocker.query('begin');
      await blocker.query('set local row_security = on');
      await blocker.query('lock table gateway in share row exclusive mode');
      const answer = enrol(token);
      const waiting = () =>
        rows<{ pid: number }>(
          `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like 'update gateway set agent_id%'`,
        );
      const [{ pid } = { pid: 0 }] = await eventually(waiting, (found) => found.length > 0);
      await rows('select pg_terminate_backend($1)', [pid]);
      expect((await answer).status).toBe(503);
    } finally {
      await blocker.query('rollback');
      await blocker.end();
    }
    expect(await shown(former)).toMatchObject({ gatewayCount: 1, replacedBy: null });
    expect(old.client.connected).toBe(true);
    const { status, body } = await enrol(token);
    expect(status).toBe(201);
    expect(await rows('select agent_id from gateway where id = $1', [gatewayId])).toEqual([
      { agent_id: body['agentId'] },
    ]);
  });

  test('leaves out no column that names an agent', async () => {
    const found = await rows<{ name: string }>(
      `select distinct c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped
         and (a.attname like '%agent_id' or exists (
           select from pg_constraint f where f.conrelid = c.oid and f.contype = 'f' and f.confrelid = 'agent'::regclass
             and a.attnum = any (f.conkey) and a.attname <> 'operator_id'))`,
    );
    expect(found.map(({ name }) => name).toSorted()).toEqual(Object.keys(COLUMNS).toSorted());
  });
});
