import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../../../test/database.ts';
import { asOwner } from '../../../test/postgres.ts';
import { Database } from '../../core/db/database.ts';
import { wholeOperator } from '../../core/db/scope.ts';
import { Partitions } from './partitions.service.ts';
import { RollupService } from './rollup.service.ts';

const NOW = Date.parse('2026-05-12T03:30:00Z');
const operatorId = randomUUID();
const gatewayId = randomUUID();
let test_: TestDatabase;
let db: Database;
let rollup: RollupService;

/** A sample of two ports and a temperature, which marks its hour as the ingest does. */
async function sample(
  at: string,
  current: (number | null)[] | null,
  temperatureC: number | null,
  revision = 1,
): Promise<void> {
  await db.tx(wholeOperator(operatorId), async (sql) => {
    await sql.query(
      'insert into gateway_sample (operator_id, gateway_id, taken_at, received_at, revision, loop_current_ma, temperature_c) values ($1, $2, $3, $3, $4, $5, $6)',
      [operatorId, gatewayId, at, revision, current, temperatureC],
    );
    await sql.query(
      `insert into rollup_due values ($1, 'hour', date_trunc('hour', $2::timestamptz)) on conflict do nothing`,
      [operatorId, at],
    );
  });
}

const read = (table: string) =>
  db.tx(
    wholeOperator(operatorId),
    async (sql) =>
      (
        await sql.query(
          `select bucket, samples, revision, loop_current_ma_min as min, loop_current_ma_avg as avg, loop_current_ma_max as max, line_voltage_v_avg as volts, temperature_c_avg as temperature from ${table} order by bucket`,
        )
      ).rows,
  );

beforeAll(async () => {
  test_ = await createDatabase();
  db = new Database(test_.config);
  rollup = new RollupService(db);
  await new Partitions(db, test_.config, () => NOW).ensure();
  await asOwner(test_.ownerUrl, (client) =>
    client.query('insert into operator (id, name) values ($1, $2)', [operatorId, 'Oak']),
  );
});
afterAll(async () => {
  await db.onApplicationShutdown();
  await test_.drop();
});

describe('roll-ups', () => {
  test('an hour that is over becomes minimum, mean and maximum a port; the current hour waits', async () => {
    await sample('2026-05-12T01:10:00Z', [10, null], 40);
    await sample('2026-05-12T01:40:00Z', [30, null], null);
    await sample('2026-05-12T03:05:00Z', [1, 1], 20);
    expect(await rollup.run(NOW)).toBe(1);
    expect(await read('gateway_hour')).toEqual([
      {
        bucket: new Date('2026-05-12T01:00:00Z'),
        samples: 2,
        revision: 1,
        min: [10, null],
        avg: [20, null],
        max: [30, null],
        volts: null,
        temperature: 40,
      },
    ]);
  });

  test('late data computes its hour again', async () => {
    await sample('2026-05-12T01:50:00Z', [80, 5], 50);
    await rollup.run(NOW);
    expect((await read('gateway_hour'))[0]).toMatchObject({
      samples: 3,
      min: [10, 5],
      avg: [40, 5],
      max: [80, 5],
      temperature: 45,
    });
  });

  test('without due buckets nothing is computed', async () => {
    expect(await rollup.run(NOW)).toBe(0);
  });

  test('a day weights its hours by their samples', async () => {
    await sample('2026-05-11T10:00:00Z', [0, 0], 10);
    for (const minute of [10, 20, 30]) await sample(`2026-05-11T11:${minute}:00Z`, [8, null], 30);
    await rollup.run(NOW);
    expect(await read('gateway_day')).toEqual([
      {
        bucket: new Date('2026-05-11T00:00:00Z'),
        samples: 4,
        revision: 1,
        min: [0, 0],
        avg: [6, 0],
        max: [8, 0],
        volts: null,
        temperature: 25,
      },
    ]);
  });

  test('ports that changed their order in the hour count from that change on', async () => {
    await sample('2026-05-11T20:10:00Z', [100, 100], 1, 1);
    await sample('2026-05-11T20:20:00Z', [7], 3, 2);
    await rollup.run(NOW);
    const hours = await read('gateway_hour');
    expect(hours.find((hour) => hour.bucket.toISOString() === '2026-05-11T20:00:00.000Z')).toMatchObject({
      revision: 2,
      samples: 1,
      avg: [7],
      temperature: 3,
    });
  });
});

test('partitions are dropped when all of their rows are older than the retention', async () => {
  const later = new Partitions(db, test_.config, () => NOW + 10 * 86_400_000);
  await later.ensure();
  expect(await later.dropOld()).toBeGreaterThan(0);
  const { rows } = await db.tx(wholeOperator(operatorId), (sql) =>
    sql.query('select count(*)::int as count from gateway_sample'),
  );
  expect(rows[0].count).toBe(0);
  expect((await read('gateway_hour')).length).toBeGreaterThan(0);
});
