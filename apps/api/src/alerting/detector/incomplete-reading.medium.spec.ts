import { randomUUID } from 'node:crypto';
import type { PortListState } from '@loopstart/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestAlerting } from '../../../test/alerting.ts';
import { createDatabase, type TestDatabase } from '../../../test/database.ts';
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
} from '../../../test/ingest.ts';
import { asOwner } from '../../../test/postgres.ts';
import type { OperatorWatch } from './operator-watch.ts';

/** What an agent sends is committed and alerted on: a reading that lacks lines must not end their incidents. */
const START = Date.parse('2026-11-23T12:00:00Z');
const IN_SERVICE = 0;
const OUT_OF_SERVICE = 1;
const gatewayId = randomUUID();
let database: TestDatabase;
let alerting: TestAlerting;
let ingest: IngestInstance;
let agent: TestAgent;
let stream: TestStream;
let watch: OperatorWatch;

beforeEach(async () => {
  database = await createDatabase();
  agent = await plantAgent(database.ownerUrl);
  alerting = await TestAlerting.start(database, START);
  ingest = await startIngest(database.config, () => alerting.now);
  stream = new TestStream();
});
afterEach(async () => {
  await ingest.close();
  await alerting.close();
  await database.drop();
});

const commit = async (message: unknown) => {
  const [outcome] = await ingest.committer.commit([itemOf(agent.agentId, message, alerting.now)]);
  expect(outcome?.agents[0]?.rejected).toEqual([]);
};
const announce = (positions: readonly number[], revision: number, portList: PortListState) =>
  commit(stream.say('inventory', { ...inventoryOf(gatewayId, positions, revision), portList }));

/** Time goes by; the agent is there and reports these service states every ten seconds. */
async function pass(seconds: number, revision: number, oper: readonly (number | null)[]): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 10) {
    alerting.now += 10_000;
    await asOwner(database.ownerUrl, (sql) =>
      sql.query('update agent set online = true, last_seen_at = $1', [new Date(alerting.now)]),
    );
    const report = reportOf(gatewayId, alerting.now, { full: true, revision, state: { oper: [...oper] } });
    await commit(stream.say('reports', { reports: [report] }));
    watch ??= await alerting.load(agent.operatorId);
    await alerting.sweep(watch);
  }
}

const alerts = () =>
  rowsOf<{ kind: string; position: number; state: string }>(
    database.ownerUrl,
    `select kind, "position", state from alert order by "position", kind`,
  );
const sent = async () => (await alerting.sent(agent.operatorId)).map(({ type }) => type);

beforeEach(async () => {
  await announce([1, 2, 3, 4], 1, 'confirmed');
  watch = await alerting.load(agent.operatorId);
  await pass(30, 1, [IN_SERVICE, IN_SERVICE, IN_SERVICE, IN_SERVICE]);
  await pass(30, 1, [IN_SERVICE, IN_SERVICE, IN_SERVICE, OUT_OF_SERVICE]);
  expect(await alerts()).toMatchObject([{ kind: 'port-out-of-service', position: 4, state: 'open' }]);
  expect(await sent()).toEqual(['incident.raised']);
});

test('a list that lacks a line ends nothing on it, however long it lasts; what is read again does', async () => {
  await announce([1, 2], 2, 'incomplete');
  await pass(300, 2, [IN_SERVICE, IN_SERVICE]);
  expect(await alerts()).toMatchObject([{ position: 4, state: 'open' }]);
  expect(await sent()).toEqual(['incident.raised']);
  await announce([1, 2, 3, 4], 3, 'unconfirmed');
  await pass(120, 3, [IN_SERVICE, IN_SERVICE, IN_SERVICE, OUT_OF_SERVICE]);
  expect(await sent()).toEqual(['incident.raised']);
  await pass(120, 3, [IN_SERVICE, IN_SERVICE, IN_SERVICE, IN_SERVICE]);
  expect(await sent()).toEqual(['incident.raised', 'incident.resolved']);
});

test('a reading without states ends nothing either', async () => {
  await pass(300, 1, [IN_SERVICE, null, null, null]);
  expect(await alerts()).toMatchObject([{ position: 4, state: 'open' }]);
  expect(await sent()).toEqual(['incident.raised']);
});

test('a list that is confirmed ends what is on a line that is gone', async () => {
  await announce([1, 2, 3], 2, 'confirmed');
  await pass(30, 2, [IN_SERVICE, IN_SERVICE, IN_SERVICE]);
  expect(await sent()).toEqual(['incident.raised', 'incident.resolved']);
});
