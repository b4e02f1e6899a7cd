import { randomUUID } from 'node:crypto';
import { type DownOf, endpoints, type GatewayEvent } from '@loopstart/contracts';
import { toCode, PORT_STATE_FIELDS } from '@loopstart/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DesiredStateRepository } from '../src/agents/desired-state/desired-state.repository.ts';
import { startApp, type TestApp, type TestOperator } from './app.ts';
import {
  type IngestInstance,
  inventoryOf,
  itemOf,
  plantAgent,
  reportOf,
  rowsOf,
  startIngest,
  type TestAgent,
  TestStream,
} from './ingest.ts';

const START = Date.now();
const FAULTY = toCode<string>(PORT_STATE_FIELDS.fault, 'ground-fault');
let now = START;
let api: TestApp;
let oak: TestOperator;
let ingest: IngestInstance;
let agent: TestAgent;
let stream: TestStream;
/** Two records of one device with two ports: `former` is merged into `left`. */
let former: string;
let left: string;

beforeAll(async () => {
  api = await startApp({ clock: () => now });
  ingest = await startIngest(api.database.config, () => now);
});
afterAll(async () => {
  await ingest.close();
  await api.close();
});
beforeEach(async () => {
  now += 60_000;
  oak = await api.operator(`Oak ${randomUUID()}`);
  agent = await plantAgent(api.database.ownerUrl, { operatorId: oak.operatorId });
  stream = new TestStream();
  [former, left] = [randomUUID(), randomUUID()];
  await commit(stream.say('inventory', inventoryOf(former, [1, 2], 5)));
  await commit(stream.say('inventory', inventoryOf(left, [1, 2], 7)));
});

const send = async (messages: unknown[], from = agent) => {
  const outcomes = await ingest.committer.commit(messages.map((message) => itemOf(from.agentId, message, now)));
  return outcomes.flatMap(({ rejections }) => rejections.map(({ rejection }) => rejection.code));
};
const commit = async (...messages: unknown[]) => expect(await send(messages)).toEqual([]);
const rows = (text: string, values: unknown[] = []) => rowsOf(api.database.ownerUrl, text, values);
const merge = async (gatewayId = former, intoGatewayId = left) => {
  now += 1_000;
  return oak.technician(endpoints.mergeGateway, { params: { gatewayId }, body: { intoGatewayId } });
};
const get = (gatewayId: string) => oak.viewer(endpoints.getGateway, { params: { gatewayId } });
const learned = async (gatewayId = former) => (await get(gatewayId)).retired?.agentsLearned;
/** What is still to be sent to an agent of merges. */
const pending = async (of = agent) => {
  const states = api.app.get(DesiredStateRepository, { strict: false });
  const { messages } = await states.pending(of.operatorId, of.agentId, new Date(now));
  const lagging = await states.lagging([of.operatorId], [of.agentId], new Date(now));
  const merges = messages.flatMap((one) => (one.kind === 'merges' ? (one as DownOf<'merges'>).merges : []));
  expect(lagging.length > 0 || merges.length === 0).toBe(true);
  return merges;
};
const acknowledge = (gatewayId = former, intoGatewayId = left) =>
  stream.say('merged', { merges: [{ gatewayId, intoGatewayId }] });
const fault = (codes: (number | null)[], gatewayId = former, revision = 5) =>
  stream.say('reports', { reports: [reportOf(gatewayId, now, { revision, full: true, state: { fault: codes } })] });
const event = (position: number | null, more: Partial<GatewayEvent> = {}): GatewayEvent => ({
  id: randomUUID(),
  gatewayId: former,
  at: now,
  kind: 'port-fault',
  severity: 'major',
  position,
  text: 'Fault.',
  alarmKey: null,
  source: 'trap',
  detail: {},
  ...more,
});
const faults = async (gatewayId: string) =>
  (await rows('select fault from gateway_current where gateway_id = $1', [gatewayId]))[0]?.['fault'];

describe('an agent learns of a merge', () => {
  test('again and again until it acknowledges it, which is shown', async () => {
    await rows('update agent set config_revision_reported = config_revision where id = $1', [agent.agentId]);
    await merge();
    const message = [{ gatewayId: former, intoGatewayId: left, revision: 7 }];
    expect(await pending()).toEqual(message);
    expect(await pending()).toEqual(message);
    expect(await learned()).toBe(false);
    await commit(acknowledge());
    expect(await pending()).toEqual([]);
    expect(await learned()).toBe(true);
    expect((await get(left)).retired).toBeNull();
  });

  test('though it was offline for days: what it kept counts, and then it learns it', async () => {
    await merge();
    for (let day = 0; day < 4; day += 1) {
      now += 86_400_000;
      await commit(fault([0, day % 2 === 0 ? FAULTY : 0]));
    }
    expect(await pending()).toHaveLength(1);
    expect(await faults(left)).toEqual([0, 0]);
    expect(
      await rows(
        'select from_code, to_code from port_state_change where gateway_id = $1 and "position" = 2 order by at',
        [left],
      ),
    ).toHaveLength(4);
    now = Date.now();
  });

  test('also one that is installed later, and each separately', async () => {
    await merge();
    await commit(acknowledge());
    const second = await plantAgent(api.database.ownerUrl, agent);
    expect(await pending()).toEqual([]);
    expect(await pending(second)).toHaveLength(1);
    expect(await learned()).toBe(false);
    expect(
      await send([new TestStream().say('merged', { merges: [{ gatewayId: former, intoGatewayId: left }] })], second),
    ).toEqual([]);
    expect(await learned()).toBe(true);
  });

  test('of a merge of a merge by both steps', async () => {
    const last = randomUUID();
    await commit(stream.say('inventory', inventoryOf(last, [1, 2], 9)));
    await merge();
    await merge(left, last);
    expect(await pending()).toEqual([
      { gatewayId: former, intoGatewayId: left, revision: 7 },
      { gatewayId: left, intoGatewayId: last, revision: 9 },
    ]);
    await commit(fault([FAULTY, 0]));
    expect([await faults(last), await faults(left)]).toEqual([[FAULTY, 0], null]);
  });

  test('again where it names the former id after all: its memory was lost', async () => {
    await merge();
    await commit(acknowledge());
    now += 1_000;
    await commit(fault([FAULTY, 0]));
    expect(await pending()).toHaveLength(1);
    expect(await learned()).toBe(false);
    await commit(acknowledge());
    expect(await learned()).toBe(true);
  });

  test('only of what was decided: another acknowledgement is quarantined', async () => {
    expect(await send([acknowledge()])).toEqual(['unknown-merge']);
    await merge();
    expect(await send([acknowledge(former, randomUUID())])).toEqual(['unknown-merge']);
    const foreignAgent = await plantAgent(api.database.ownerUrl);
    const theirs = new TestStream().say('merged', { merges: [{ gatewayId: former, intoGatewayId: left }] });
    expect(await send([theirs], foreignAgent)).toEqual(['unknown-merge']);
    expect(await learned()).toBe(false);
    expect(await pending(foreignAgent)).toEqual([]);
  });

  test('and not of a gateway that was replaced: that is another device', async () => {
    await oak.technician(endpoints.replaceGateway, { params: { gatewayId: former }, body: { byGatewayId: left } });
    expect(await pending()).toEqual([]);
    expect(await learned()).toBeNull();
  });
});

describe('what an agent reports under the former id', () => {
  test('counts once for what is left, however often and in whatever order it comes', async () => {
    await merge();
    now += 1_000;
    const changed = fault([FAULTY, 0]);
    const notified = stream.say('events', { events: [event(1)] });
    await commit(notified, changed);
    await commit(changed, notified);
    expect(await faults(left)).toEqual([FAULTY, 0]);
    expect(await rows('select "position", to_code from port_state_change where gateway_id = $1', [left])).toEqual([
      { position: 1, to_code: FAULTY },
      { position: 2, to_code: 0 },
    ]);
    expect(
      await rows('select gateway_id, "position" from gateway_event where gateway_id = any ($1)', [[former, left]]),
    ).toEqual([{ gateway_id: left, position: 1 }]);
    expect((await get(former)).retired).toMatchObject({ because: 'merged', reportedAgain: false });
    expect((await get(former)).notices).toEqual([]);
  });

  test('is read by an inventory that came under the former id too', async () => {
    await merge();
    now += 1_000;
    expect(await send([fault([FAULTY, 0], former, 6)])).toEqual(['unknown-revision']);
    await commit(stream.say('inventory', inventoryOf(former, [2, 1], 6)));
    await commit(fault([FAULTY, 0], former, 6));
    expect(await faults(left)).toEqual([0, FAULTY]);
    expect(await rows('select revision from gateway_current where gateway_id = $1', [left])).toEqual([{ revision: 7 }]);
  });

  test('that nothing answers there does not make what is left unreachable', async () => {
    await commit(fault([0, 0], left, 7));
    await merge();
    now += 1_000;
    await commit(stream.say('reachability', { gatewayId: former, at: now, reachable: false, reason: 'Gone.' }));
    expect(await rows('select reachability from gateway_current where gateway_id = $1', [left])).toEqual([
      { reachability: 'reachable' },
    ]);
    expect((await get(former)).retired).toMatchObject({ reportedAgain: false });
  });

  test('an alarm that stood on the former stands on what is left, and is cleared there', async () => {
    const alarm = { alarmKey: 'board', kind: 'alarm-raised' as const, at: now };
    await commit(stream.say('events', { events: [event(2, alarm)] }));
    await merge();
    const standing = async () =>
      (await rows(`select alarms -> 'standing' as standing from gateway_current where gateway_id = $1`, [left]))[0]?.[
        'standing'
      ];
    expect(await standing()).toMatchObject([{ key: 'board', position: 2 }]);
    now += 1_000;
    await commit(stream.say('events', { events: [event(2, { ...alarm, at: now, kind: 'alarm-cleared' })] }));
    expect(await standing()).toEqual([]);
  });
});

test('after the acknowledgement the agent itself uses the numbers of the remaining record', async () => {
  await merge();
  now += 1_000;
  await commit(
    acknowledge(),
    stream.say('inventory', inventoryOf(left, [1, 2], 8)),
    fault([0, FAULTY], left, 8),
    stream.say('unchanged', { at: now, gatewayIds: [left] }),
  );
  expect(await faults(left)).toEqual([0, FAULTY]);
  expect(await learned()).toBe(true);
});
