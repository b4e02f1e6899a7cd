import { randomUUID } from 'node:crypto';
import { endpoints, topics } from '@loopstart/contracts';
import { FAULT_REASONS, toCode } from '@loopstart/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AlertingService } from '../src/alerting/detector/alerting.service.ts';
import { Metrics } from '../src/core/observe/metrics.ts';
import { allPages, problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { plant, type Planted } from './fleet.ts';
import { plantIncident } from './incident.ts';
import { inventoryOf, reportOf, rowsOf, TestStream } from './ingest.ts';
import { brokerUrl, enrolAgent, eventually, MqttAgent } from './mqtt-agent.ts';

const SHORT = toCode<string>(FAULT_REASONS, 'short-circuit');

/** A site with its agent and one gateway of four ports, which report as the real ones do. */
class LivingSite {
  readonly gatewayId = randomUUID();
  readonly stream = new TestStream();
  readonly agentId: string;
  agent: MqttAgent;
  #poll: NodeJS.Timeout | undefined;
  #fault: (number | null)[] = [0, 0, 0, 0];

  private constructor(agentId: string, agent: MqttAgent) {
    this.agentId = agentId;
    this.agent = agent;
  }

  static async start(api: TestApp, operator: TestOperator): Promise<LivingSite> {
    const identity = await enrolAgent(api, operator);
    // Its last will comes at once, without the delay that MQTT 5 allows.
    const payload = Buffer.from(JSON.stringify({ v: 1, online: false, at: Date.now(), epoch: 1 }));
    const will = { topic: topics.presence(identity.agentId), payload, qos: 1 as const, retain: true };
    const agent = await MqttAgent.connect(brokerUrl(api), identity, { will });
    const site = new LivingSite(identity.agentId, agent);
    await agent.setPresence(true, Date.now());
    await site.say('inventory', { ...inventoryOf(site.gatewayId, [1, 2, 3, 4]), pollIntervalMs: 10_000 } as never);
    await site.report();
    site.#poll = setInterval(() => void site.report().catch(() => undefined), 5_000);
    return site;
  }

  async say(kind: Parameters<TestStream['say']>[0], body: never): Promise<void> {
    await this.agent.say(this.stream.say(kind, body));
  }

  async report(fault = this.#fault): Promise<void> {
    this.#fault = fault;
    const [admin, oper, hook, registration] = [0, 0, 0, 0].map((code) => [code, code, code, code]);
    const state = { admin, oper, hook, registration, fault };
    const reports = [reportOf(this.gatewayId, Date.now(), { full: true, state } as never)];
    await this.say('reports', { reports } as never);
  }

  /** The connection is cut without a word. */
  cut(): void {
    clearInterval(this.#poll);
    this.agent.client.stream.destroy();
  }

  async end(): Promise<void> {
    clearInterval(this.#poll);
    await this.agent.end();
  }
}

describe('what agents report', () => {
  let api: TestApp;
  let oak: TestOperator;
  let elm: TestOperator;
  const sites: LivingSite[] = [];
  beforeAll(async () => {
    api = await startApp();
    [oak, elm] = await Promise.all([api.operator('Oak'), api.operator('Elm')]);
  });
  afterAll(async () => {
    await Promise.all(sites.map((site) => site.end()));
    await api.close();
  });

  const site = async () => {
    const made = await LivingSite.start(api, oak);
    sites.push(made);
    return made;
  };
  const incidents = (gatewayId: string, attention: 'active' | 'resolved' = 'active') =>
    oak.viewer(endpoints.listIncidents, { query: { gatewayId, attention } as never }).then(({ items }) => items);
  const messages = (incidentId: string) =>
    rowsOf<{ type: string }>(
      api.database.ownerUrl,
      'select type from outbox_message where incident_id = $1 order by seq',
      [incidentId],
    ).then((rows) => rows.map(({ type }) => type));

  test('a line that fails is an incident of its operator alone, raised and resolved through the outbox', async () => {
    const here = await site();
    const judged = () =>
      rowsOf(api.database.ownerUrl, 'select 1 from alerting_status where operator_id = $1', [oak.operatorId]);
    await eventually(judged, (rows) => rows.length === 1);
    await here.report([SHORT, 0, 0, 0]);
    const [incident] = await eventually(
      () => incidents(here.gatewayId),
      (items) => items.length > 0,
    );
    expect(incident).toMatchObject({ place: { port: { position: 1 } }, severity: 'major', attention: 'open' });
    expect(await elm.viewer(endpoints.listIncidents, { query: { attention: 'all' } as never })).toMatchObject({
      total: 0,
    });
    expect(await messages(incident!.id)).toEqual(['incident.raised']);
    await here.report([0, 0, 0, 0]);
    await eventually(
      () => incidents(here.gatewayId, 'resolved'),
      (items) => items.length > 0,
    );
    expect(await messages(incident!.id)).toEqual(['incident.raised', 'incident.resolved']);
  });

  test('a line that fails while its operator is suspended is an incident and is announced as ever', async () => {
    const here = await site();
    const standing = (sql: string) => rowsOf(api.database.ownerUrl, sql, [oak.operatorId]);
    await standing(
      `insert into operator_standing (operator_id, suspended_at, suspension_reason) values ($1, now(), 'Not paid')`,
    );
    await here.report([SHORT, 0, 0, 0]);
    const [incident] = await eventually(
      () =>
        rowsOf<{ id: string }>(
          api.database.ownerUrl,
          'select id from incident where gateway_id = $1 and resolved_at is null',
          [here.gatewayId],
        ),
      (rows) => rows.length > 0,
    );
    expect(await messages(incident!.id)).toEqual(['incident.raised']);
    expect(await problemOf(incidents(here.gatewayId))).toMatchObject({ code: 'operator-suspended' });
    await standing('delete from operator_standing where operator_id = $1');
    expect((await incidents(here.gatewayId)).map(({ id }) => id)).toEqual([incident!.id]);
    await here.report([0, 0, 0, 0]);
  });

  test('an agent whose connection is cut is one incident, and what was wrong behind it pages nobody', async () => {
    const here = await site();
    const other = await site();
    here.cut();
    const all = () =>
      oak.viewer(endpoints.listIncidents, { query: { attention: 'active' } as never }).then(({ items }) => items);
    const found = await eventually(all, (items) => items.some(({ place }) => place.agent?.id === here.agentId));
    expect(found.filter(({ place }) => place.agent?.id === here.agentId).map(({ kind }) => kind)).toEqual([
      'agent-silent',
    ]);
    expect(found.some(({ place }) => place.agent?.id === other.agentId)).toBe(false);
  });

  test('old readings that an agent had kept page nobody', async () => {
    const here = await site();
    const stale = reportOf(here.gatewayId, Date.now() - 3_600_000, {
      full: true,
      state: { fault: [SHORT, 0, 0, 0] },
    } as never);
    await here.say('reports', { reports: [stale] } as never);
    await here.report([0, 0, 0, 0]);
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    expect(await incidents(here.gatewayId)).toEqual([]);
    expect(await incidents(here.gatewayId, 'resolved')).toEqual([]);
  });

  test('a power alarm takes effect at once and is cleared by its counterpart', async () => {
    const here = await site();
    const event = (kind: string) => ({
      events: [
        {
          id: randomUUID(),
          gatewayId: here.gatewayId,
          at: Date.now(),
          kind,
          severity: 'major',
          position: null,
          text: `It said ${kind}.`,
          alarmKey: 'psu-1',
          source: 'trap',
          detail: {},
        },
      ],
    });
    await here.say('events', event('power-lost') as never);
    const open = () =>
      oak.viewer(endpoints.listAlerts, { query: { gatewayId: here.gatewayId, kind: 'power-lost' } as never });
    const [alert] = (await eventually(open, ({ total }) => total > 0)).items;
    expect(alert?.evidence.text).toContain('power-lost');
  });
});

describe('several processes', () => {
  test('one leads; when it stops another continues, and sends the end of what the first raised', async () => {
    const one = await startApp();
    const two = await startApp({ database: one.database });
    const oak = await one.operator('Oak');
    const here = await LivingSite.start(two, oak);
    const leads = async (app: TestApp) =>
      (await app.app.get(Metrics).registry.getSingleMetric('loopstart_alerting_leader')!.get()).values[0]!.value;
    const state = () =>
      oak
        .viewer(endpoints.listIncidents, { query: { attention: 'all' } as never })
        .catch(() => ({ items: [], total: 0 }));
    expect([await leads(one), await leads(two)].sort()).toEqual([0, 1]);
    const judged = () =>
      rowsOf(one.database.ownerUrl, 'select 1 from alerting_status where operator_id = $1', [oak.operatorId]);
    await eventually(judged, (rows) => rows.length === 1);
    await here.report([SHORT, 0, 0, 0]);
    await eventually(state, ({ total }) => total === 1);
    await one.app.close();
    await eventually(
      () => leads(two),
      (value) => value === 1,
    );
    await here.report([0, 0, 0, 0]);
    const ended = () =>
      rowsOf<{ type: string }>(
        one.database.ownerUrl,
        'select type from outbox_message where incident_id is not null order by seq',
      );
    const told = await eventually(ended, (rows) => rows.length >= 2);
    expect(told.map(({ type }) => type)).toEqual(['incident.raised', 'incident.resolved']);
    await here.end();
    await two.close();
    await one.database.drop();
  });
});

test('when the agents of all operators are lost at once, our platform is the likely cause: no notification for five minutes, then all', async () => {
  let offsetMs = 0;
  const clock = () => Date.now() + offsetMs;
  const api = await startApp({ clock });
  const owner = api.database.ownerUrl;
  const operators = Array.from({ length: 4 }, () => randomUUID());
  for (const operatorId of operators) {
    await rowsOf(owner, `insert into operator (id, name) values ($1, 'Some') returning id`, [operatorId]);
    for (let count = 0; count < 2; count += 1) await plant(owner, operatorId, { at: new Date(clock()) });
  }
  /** Advances by this time, and waits until every operator was evaluated since. */
  const pass = async (seconds: number) => {
    offsetMs += seconds * 1000;
    const at = new Date(clock());
    const judged = () =>
      rowsOf(owner, 'select 1 from alerting_status where judged_at >= $1 and canary_nonce is null', [at]);
    await eventually(judged, (rows) => rows.length === operators.length);
  };
  const seen = () => rowsOf(owner, 'update agent set last_seen_at = $1 returning id', [new Date(clock())]);
  const raised = async () =>
    (await rowsOf<{ kind: string }>(owner, `select kind from incident`)).map(({ kind }) => kind);
  await pass(16);
  await seen();
  await pass(16);
  await rowsOf(owner, 'update agent set online = false returning id');
  for (let count = 0; count < 8; count += 1) await pass(16);
  expect(await raised()).toEqual([]);
  for (let count = 0; count < 20; count += 1) await pass(16);
  expect(new Set(await raised())).toEqual(new Set(['agent-silent']));
  expect(await raised()).toHaveLength(8);
  await api.close();
});

describe('the list of alerts', () => {
  let api: TestApp;
  let oak: TestOperator;
  let ids: Planted;
  beforeAll(async () => {
    api = await startApp({ clock: () => Date.parse('2026-11-23T12:00:00Z') });
    oak = await api.operator('Oak');
    // Nothing is evaluated while these are read.
    await api.app.get(AlertingService).onModuleDestroy();
    ids = await plant(api.database.ownerUrl, oak.operatorId, { customer: 'Harbour', site: 'North', gateway: 'Alpha' });
    await plantIncident(api.database.ownerUrl, ids, new Date('2026-11-23T11:00:00Z'), { explains: 2 });
    await plantIncident(api.database.ownerUrl, ids, new Date('2026-11-23T10:00:00Z'), { state: 'resolved' });
  });
  afterAll(() => api.close());

  test.for<[string, Record<string, unknown>, number]>([
    ['what is open', {}, 3],
    ['what is over', { state: 'resolved' }, 1],
    ['all', { state: 'all' }, 4],
    ['what is held back', { held: 'yes' }, 2],
    ['what is not', { held: 'no' }, 1],
    ['of a kind', { kind: 'port-unregistered' }, 2],
    ['of a port', { position: 1 }, 1],
    ['by words', { q: 'harbour' }, 3],
    ['by other words', { q: 'nowhere' }, 0],
    ['since a time', { state: 'all', from: '2026-11-23T10:30:00.000Z' }, 3],
  ])('%s', async ([, query, count]) => {
    const items = await allPages((cursor) =>
      oak.viewer(endpoints.listAlerts, { query: { limit: 1, ...query, ...cursor } as never }),
    );
    expect(items).toHaveLength(count);
  });

  test('by what a gateway is called that has no name and no known model', async () => {
    const set = (values: string) =>
      rowsOf(api.database.ownerUrl, `update gateway set ${values} where id = $1 returning id`, [ids.gatewayId]);
    await set(`name = null, model = null, model_reason = 'not-reported'`);
    const query = { q: 'audiocodes gateway' };
    const { items } = await oak.viewer(endpoints.listAlerts, { query });
    expect(items.map(({ place }) => place.gateway?.name)).toEqual(Array(3).fill('AudioCodes gateway'));
    await set(`name = 'Alpha', model = 'MP-124', model_reason = null`);
    expect((await oak.viewer(endpoints.listAlerts, { query })).items).toEqual([]);
  });
});
