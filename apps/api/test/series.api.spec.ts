import { endpoints, type Series } from '@loopstart/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { plant, type Planted } from './fleet.ts';
import { asOwner } from './postgres.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-11-23T12:30:00Z');
const iso = (ms: number) => new Date(ms).toISOString();

let api: TestApp;
let oak: TestOperator;
let ids: Planted;

beforeAll(async () => {
  api = await startApp({ clock: () => NOW });
  oak = await api.operator('Oak');
  ids = await plant(api.database.ownerUrl, oak.operatorId, {
    at: new Date(NOW),
    ports: [{}, {}],
    capabilities: { lineVoltageV: 'measured', jitterMs: 'not-supported', cpuPercent: 'not-supported' },
  });
  await asOwner(api.database.ownerUrl, async (sql) => {
    await sql.query("select ensure_partitions('gateway_sample', $1, $2)", [
      new Date(NOW - 3 * DAY),
      new Date(NOW + DAY),
    ]);
    await sql.query("select ensure_partitions('gateway_hour', $1, $2)", [
      new Date(NOW - 70 * DAY),
      new Date(NOW + DAY),
    ]);
    await sql.query("select ensure_partitions('gateway_day', $1, $2)", [new Date(NOW - 70 * DAY), new Date(NOW + DAY)]);
    // In revision 2 the ports changed places.
    await sql.query(
      'insert into gateway_layout (operator_id, gateway_id, revision, positions) values ($1, $2, 2, $3)',
      [oak.operatorId, ids.gatewayId, [2, 1]],
    );
    const sample = `insert into gateway_sample (operator_id, gateway_id, taken_at, received_at, revision, line_voltage_v, loop_current_ma, temperature_c) values ($1, $2, $3, $3, $4, $5, $6, $7)`;
    for (const [minutes, revision, voltage, current, temperature] of [
      [40, 1, [48, 24], [0, 20], 40],
      [38, 1, [47, 23], null, null],
      [36, 2, [22, 46], [21, null], 41],
    ] as const) {
      await sql.query(sample, [
        oak.operatorId,
        ids.gatewayId,
        new Date(NOW - minutes * 60_000),
        revision,
        voltage,
        current,
        temperature,
      ]);
    }
    const roll = (table: string) =>
      `insert into ${table} (operator_id, gateway_id, bucket, revision, samples, line_voltage_v_min, line_voltage_v_avg, line_voltage_v_max, temperature_c_min, temperature_c_avg, temperature_c_max)
       values ($1, $2, $3, 1, 10, $4, $5, $6, 30, 35, 40)`;
    const hour = Date.parse('2026-11-20T09:00:00Z');
    await sql.query(roll('gateway_hour'), [
      oak.operatorId,
      ids.gatewayId,
      new Date(hour),
      [40, 20],
      [44, 22],
      [48, 24],
    ]);
    const day = Date.parse('2026-10-01T00:00:00Z');
    await sql.query(roll('gateway_day'), [oak.operatorId, ids.gatewayId, new Date(day), [41, 20], [45, 22], [49, 24]]);
  });
});
afterAll(() => api.close());

const ofPort = (position: number, query: object = {}) =>
  oak.viewer(endpoints.getPortSeries, { params: { gatewayId: ids.gatewayId, position }, query });
const ofGateway = (query: object = {}) =>
  oak.viewer(endpoints.getGatewaySeries, { params: { gatewayId: ids.gatewayId }, query });
/** Points of a measure that are not null, by time. */
const pointsOf = (series: Series, measure: string, of: 'min' | 'avg' | 'max' = 'avg') =>
  series.t.flatMap((t, index) => {
    const value = series.measures[measure]![of][index]!;
    return value === null ? [] : [[iso(t * 1000), value]];
  });

describe('the last day, as read', () => {
  test('follows a port through a change of the order of ports', async () => {
    const [first, second] = await Promise.all([ofPort(1), ofPort(2)]);
    expect(first.resolution).toBe('raw');
    expect(pointsOf(first, 'lineVoltageV').map(([, value]) => value)).toEqual([48, 47, 46]);
    expect(pointsOf(second, 'lineVoltageV').map(([, value]) => value)).toEqual([24, 23, 22]);
  });

  test('keeps what a reading left out, and nulls what it read as null', async () => {
    expect((await ofPort(1)).measures['loopCurrentMa']!.avg).toEqual([0, 0, null]);
    expect((await ofPort(2)).measures['loopCurrentMa']!.avg).toEqual([20, 20, 21]);
  });

  test('leaves out what the model cannot measure', async () => {
    expect(Object.keys((await ofPort(1)).measures).sort()).toEqual([
      'lineVoltageV',
      'loopCurrentMa',
      'packetLossPercent',
      'ringVoltageV',
    ]);
    expect(Object.keys((await ofGateway()).measures).sort()).toEqual(['activeCalls', 'memoryPercent', 'temperatureC']);
  });

  test('of the gateway itself', async () => {
    const series = await ofGateway();
    expect(series.measures['temperatureC']).toMatchObject({ unit: '°C', avg: [40, 40, 41] });
  });
});

describe('longer ago', () => {
  test('hours are returned, and those not rolled up yet are made of readings', async () => {
    const series = await ofPort(1, { from: iso(NOW - 10 * DAY) });
    expect(series.resolution).toBe('hour');
    expect(pointsOf(series, 'lineVoltageV', 'min')).toEqual([
      ['2026-11-20T09:00:00.000Z', 40],
      ['2026-11-23T11:00:00.000Z', 46],
    ]);
    expect(pointsOf(series, 'lineVoltageV', 'avg')[1]![1]).toBe(47);
    // Every hour has its place, so that a chart shows where nothing was measured.
    expect(series.t).toHaveLength(241);
  });

  test('days are returned, and those not rolled up yet are made of hours', async () => {
    const series = await ofPort(2, { from: iso(NOW - 69 * DAY) });
    expect(series.resolution).toBe('day');
    expect(pointsOf(series, 'lineVoltageV', 'max')).toEqual([
      ['2026-10-01T00:00:00.000Z', 24],
      ['2026-11-20T00:00:00.000Z', 24],
      ['2026-11-23T00:00:00.000Z', 24],
    ]);
    expect(pointsOf(await ofGateway({ from: iso(NOW - 69 * DAY) }), 'temperatureC', 'avg')).toEqual([
      ['2026-10-01T00:00:00.000Z', 35],
      ['2026-11-20T00:00:00.000Z', 35],
      ['2026-11-23T00:00:00.000Z', 40.5],
    ]);
  });
});

test.for([
  ['an end before its beginning', { from: iso(NOW - HOUR), to: iso(NOW - DAY) }, 'query.from'],
  ['a time that is none', { from: 'yesterday' }, 'query.from'],
] as const)('%s is refused by name', async ([, query, path]) => {
  expect(await problemOf(ofPort(1, query))).toMatchObject({ code: 'invalid-input', fields: [{ path }] });
});
