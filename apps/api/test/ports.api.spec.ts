import { endpoints } from '@loopstart/contracts';
import { PORT_STATE_FIELD_NAMES } from '@loopstart/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allPages, problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { plant, type Planted } from './fleet.ts';
import { asOwner } from './postgres.ts';

const NOW = new Date('2026-11-23T12:00:00Z');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);

let api: TestApp;
let oak: TestOperator;
let sick: Planted;
let silent: Planted;

beforeAll(async () => {
  api = await startApp({ clock: () => NOW.getTime() });
  oak = await api.operator('Oak');
  const owner = api.database.ownerUrl;
  sick = await plant(owner, oak.operatorId, {
    customer: 'Harbour Care',
    site: 'Albany House',
    gateway: 'Alpha',
    at: ago(10),
    ports: [
      { label: 'Reception', number: '100' },
      { label: 'Lift A', device: 'lift-phone', state: { registration: 'unregistered' } },
      { label: 'Fax', device: 'fax', state: { oper: 'out-of-service' } },
      { device: 'unused', state: { fault: 'no-line-device' } },
    ],
  });
  silent = await plant(owner, oak.operatorId, {
    customer: 'Quay Hotel',
    gateway: 'Beta',
    at: ago(600),
    agentSeenAt: ago(600),
    ports: [{ label: 'Bar', state: { oper: 'out-of-service' } }],
  });
});
afterAll(() => api.close());

describe('the list of ports', () => {
  test.for([
    ['all, by gateway and position', {}, ['Alpha 1', 'Alpha 2', 'Alpha 3', 'Alpha 4', 'Beta 1']],
    ['by severity', { severity: 'critical' }, ['Alpha 2']],
    ['by severity, of another class', { severity: 'major' }, ['Alpha 3']],
    ['unused ones with a fault are only info', { severity: 'info' }, ['Alpha 4']],
    ['behind a silent agent they are unknown', { severity: 'unknown' }, ['Beta 1']],
    ['by label', { q: 'lift' }, ['Alpha 2']],
    ['by number', { q: '100' }, ['Alpha 1']],
    ['by gateway', { q: 'beta' }, ['Beta 1']],
    ['by what is plugged in', { lineDeviceClass: 'fax' }, ['Alpha 3']],
    ['by kind', { kind: 'fxo' }, []],
    ['by site', { q: 'albany' }, ['Alpha 1', 'Alpha 2', 'Alpha 3', 'Alpha 4']],
    ['by customer', { q: 'quay' }, ['Beta 1']],
    ['by several words, each of something else', { q: 'harbour lift albany' }, ['Alpha 2']],
    ['not where one of the words is of another line', { q: 'quay lift' }, []],
    ['wildcards are letters', { q: '%' }, []],
    ['by several severities', { severity: 'critical,major' }, ['Alpha 2', 'Alpha 3']],
    [
      'by several severities of one class',
      { severity: 'critical,unknown', lineDeviceClass: 'lift-phone' },
      ['Alpha 2'],
    ],
    ['by severity and class at once', { severity: 'critical', lineDeviceClass: 'fax' }, []],
  ] as const)('%s', async ([, query, expected]) => {
    const list = await oak.viewer(endpoints.listPorts, { query });
    expect(list.items.map((port) => `${port.gatewayName} ${port.position}`)).toEqual(expected);
    expect(list.total).toBe(expected.length);
  });

  test('of one customer: those of its lines that matter and do not work', async () => {
    const query = { customerId: sick.customerId, severity: ['critical', 'major', 'unknown'] as const };
    const list = await oak.viewer(endpoints.listPorts, { query: { ...query, lineDeviceClass: 'lift-phone' } });
    expect(list.items.map((port) => port.label)).toEqual(['Lift A']);
    const other = await oak.viewer(endpoints.listPorts, { query: { ...query, customerId: silent.customerId } });
    expect(other.items.map((port) => port.label)).toEqual(['Bar']);
    expect((await problemOf(oak.viewer(endpoints.listPorts, { query: { severity: 'dead' } }))).code).toBe(
      'invalid-input',
    );
  });

  test('goes on from page to page, over the border of a gateway', async () => {
    const pages = await allPages((cursor) => oak.viewer(endpoints.listPorts, { query: { limit: 3, ...cursor } }));
    const seen = pages.map((port) => `${port.gatewayName} ${port.position}`);
    expect(seen).toEqual(['Alpha 1', 'Alpha 2', 'Alpha 3', 'Alpha 4', 'Beta 1']);
  });
});

describe('what a person says of a port', () => {
  test('changes its severity, and with it the counts of the gateway and of the fleet', async () => {
    const params = { gatewayId: sick.gatewayId, position: 3 };
    const before = await oak.viewer(endpoints.getOverview);
    const port = await oak.technician(endpoints.updatePort, { params, body: { lineDeviceClass: 'alarm-panel' } });
    expect(port).toMatchObject({ severity: 'critical', lineDeviceClass: 'alarm-panel', label: 'Fax' });
    const gateway = await oak.viewer(endpoints.getGateway, { params: { gatewayId: sick.gatewayId } });
    expect(gateway.ports).toMatchObject({ total: 4, ok: 1, info: 1, major: 0, critical: 2 });
    const after = await oak.viewer(endpoints.getOverview);
    expect(after.ports.critical).toBe(before.ports.critical + 1);
    await oak.technician(endpoints.updatePort, { params, body: { lineDeviceClass: 'fax' } });
    expect((await oak.viewer(endpoints.getOverview)).ports).toEqual(before.ports);
  });

  test('a label is set and taken away; what is not named stays', async () => {
    const params = { gatewayId: sick.gatewayId, position: 1 };
    const labelled = await oak.technician(endpoints.updatePort, { params, body: { label: 'Front desk' } });
    expect(labelled).toMatchObject({ label: 'Front desk', number: '100', lineDeviceClass: 'phone' });
    const cleared = await oak.technician(endpoints.updatePort, { params, body: { label: null, number: null } });
    expect(cleared).toMatchObject({ label: null, number: null });
    const { rows } = await asOwner(api.database.ownerUrl, (sql) =>
      sql.query('select change from audit_entry where subject_id = $1 order by id', [`${sick.gatewayId}/1`]),
    );
    expect(rows.map((row) => row.change)).toEqual([{ label: 'Front desk' }, { label: null, number: null }]);
  });

  test('of a port that is not there is refused', async () => {
    const params = { gatewayId: sick.gatewayId, position: 99 };
    expect((await problemOf(oak.technician(endpoints.updatePort, { params, body: { label: 'x' } }))).code).toBe(
      'not-found',
    );
    expect((await problemOf(oak.viewer(endpoints.getPort, { params }))).code).toBe('not-found');
    expect((await problemOf(oak.viewer(endpoints.getPortHistory, { params }))).code).toBe('not-found');
    expect((await problemOf(oak.viewer(endpoints.getPortSeries, { params }))).code).toBe('not-found');
  });

  test('behind a silent agent can be said all the same', async () => {
    const params = { gatewayId: silent.gatewayId, position: 1 };
    const port = await oak.technician(endpoints.updatePort, { params, body: { lineDeviceClass: 'lift-phone' } });
    expect(port).toMatchObject({
      severity: 'unknown',
      nulls: { oper: 'agent-silent' },
      stateSince: ago(600).toISOString(),
    });
  });
});

describe('the history of a port', () => {
  beforeAll(() =>
    asOwner(api.database.ownerUrl, async (sql) => {
      await sql.query("select ensure_partitions('port_state_change', $1, $2)", [ago(86_400), NOW]);
      const hook = PORT_STATE_FIELD_NAMES.indexOf('hook');
      const call = PORT_STATE_FIELD_NAMES.indexOf('call');
      const insert = `insert into port_state_change (operator_id, gateway_id, "position", at, received_at, field, from_code, to_code) values ($1, $2, 1, $3, $3, $4, $5, $6)`;
      for (const [seconds, field, from, to] of [
        [300, hook, null, 0],
        [200, hook, 0, 1],
        [200, call, 0, 4],
        [100, call, 4, 0],
        [100, hook, 1, 0],
      ] as const) {
        await sql.query(insert, [oak.operatorId, sick.gatewayId, ago(seconds), field, from, to]);
      }
    }),
  );

  const history = (query: object) =>
    oak.viewer(endpoints.getPortHistory, { params: { gatewayId: sick.gatewayId, position: 1 }, query });

  test('is listed in words, newest first, two changes of one moment both', async () => {
    const seen = (await allPages((cursor) => history({ limit: 2, ...cursor }))).map(
      (change) => `${change.field} ${change.from} ${change.to}`,
    );
    expect(seen).toEqual([
      'call talking idle',
      'hook off-hook on-hook',
      'call idle talking',
      'hook on-hook off-hook',
      'hook null on-hook',
    ]);
  });

  test('is listed for a range: start included, end excluded', async () => {
    const { items } = await history({ from: ago(300).toISOString(), to: ago(200).toISOString() });
    expect(items.map((change) => change.at)).toEqual([ago(300).toISOString()]);
  });
});
