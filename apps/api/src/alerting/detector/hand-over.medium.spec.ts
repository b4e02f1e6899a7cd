import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestAlerting } from '../../../test/alerting.ts';
import { createDatabase, type TestDatabase } from '../../../test/database.ts';
import { plant, type Planted, plantAnother } from '../../../test/fleet.ts';
import { rowsOf } from '../../../test/ingest.ts';
import { asOwner } from '../../../test/postgres.ts';
import { HandOverRepository } from './hand-over.repository.ts';
import { IncidentRepository } from '../incidents/incident.repository.ts';
import { MemoryChanged } from './memory-change.ts';
import { wholeOperator } from '../../core/db/scope.ts';

const START = Date.parse('2026-11-23T12:00:00Z');
const OUT_OF_SERVICE = 1;

let database: TestDatabase;
let alerting: TestAlerting;
let operatorId: string;
let old: Planted;
let found: Planted;
type Watch = Awaited<ReturnType<TestAlerting['load']>>;
let watch: Watch;

beforeEach(async () => {
  database = await createDatabase();
  operatorId = randomUUID();
  await run('insert into operator (id, name) values ($1, $2)', [operatorId, 'Oak']);
  alerting = await TestAlerting.start(database, START);
  old = await plant(database.ownerUrl, operatorId, { at: new Date(START), gateway: 'Old box' });
  found = await plantAnother(database.ownerUrl, old, { at: new Date(START), gateway: 'New box' });
  watch = await alerting.load(operatorId);
  await run('update agent set online = true, last_seen_at = $1', [new Date(START)]);
  await pass(10);
  await setPort(old, OUT_OF_SERVICE);
  await pass(20);
});
afterEach(async () => {
  await alerting.close();
  await database.drop();
});

const run = (text: string, values: unknown[] = []) => asOwner(database.ownerUrl, (sql) => sql.query(text, values));
const rows = (text: string, values: unknown[] = []) => rowsOf<Record<string, unknown>>(database.ownerUrl, text, values);
const sent = async () => (await alerting.sent(operatorId)).map(({ type, kind }) => `${type} ${kind}`);
const setPort = (where: Planted, oper: number) =>
  run('update gateway_current set oper[1] = $2, state_since[1] = $3 where gateway_id = $1', [
    where.gatewayId,
    oper,
    new Date(alerting.now),
  ]);

/** Time goes by while all are read; a watch whose memory was changed looks again, as the service sees to. */
async function pass(seconds: number) {
  const until = alerting.now + seconds * 1000;
  while (alerting.now < until) {
    alerting.now += 5_000;
    await run('update agent set last_seen_at = $1', [new Date(alerting.now)]);
    await run('update gateway_current set observed_at = $1, received_at = $1', [new Date(alerting.now)]);
    await alerting.sweep(watch).catch((error: unknown) => {
      if (!(error instanceof MemoryChanged)) throw error;
    });
  }
}

const retire = (because: string) =>
  run('update gateway set retired_at = $2, retired_because = $3 where id = $1', [
    old.gatewayId,
    new Date(alerting.now),
    because,
  ]);

test('an incident of a gateway that is retired ends with that reason, and nothing begins anew', async () => {
  expect(await sent()).toEqual(['incident.raised port-out-of-service']);
  await retire('retired');
  await pass(60);
  expect(await rows('select state, resolution from incident')).toEqual([{ state: 'resolved', resolution: 'retired' }]);
  expect(await sent()).toEqual(['incident.raised port-out-of-service', 'incident.resolved port-out-of-service']);
  expect(await rows(`select 1 from alert where state = 'open'`)).toEqual([]);
});

test('an incident that is handed over goes on as the same, and ends with the line of the new device', async () => {
  const before = await rows('select id, number, dedup_key from incident');
  await setPort(found, OUT_OF_SERVICE);
  await alerting.db.tx(wholeOperator(operatorId), async (sql) => {
    await new HandOverRepository(new IncidentRepository()).handOver(sql, {
      operatorId,
      from: old.gatewayId,
      to: { gatewayId: found.gatewayId, agentId: found.agentId },
      positions: new Map([[1, 1]]),
      by: 'Ann',
      text: 'Old box was replaced by New box.',
      now: alerting.now,
    });
    await sql.query(`update gateway set retired_at = $2, retired_because = 'replaced' where id = $1`, [
      old.gatewayId,
      new Date(alerting.now),
    ]);
  });
  await pass(60);
  expect(await rows('select id, number, dedup_key from incident')).toEqual(before);
  expect(await rows('select state, gateway_id, subject_id, "position" from incident')).toEqual([
    { state: 'open', gateway_id: found.gatewayId, subject_id: `${found.gatewayId}/1`, position: 1 },
  ]);
  expect(await rows(`select by_name, text from incident_entry where kind = 'handed-over'`)).toEqual([
    { by_name: 'Ann', text: 'Old box was replaced by New box.' },
  ]);
  expect(await sent()).toEqual(['incident.raised port-out-of-service']);

  await setPort(found, 0);
  await pass(60);
  expect(await rows('select state, resolution from incident')).toEqual([
    { state: 'resolved', resolution: 'recovered' },
  ]);
  expect(await sent()).toEqual(['incident.raised port-out-of-service', 'incident.resolved port-out-of-service']);
});
