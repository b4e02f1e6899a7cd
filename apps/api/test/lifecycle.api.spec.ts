import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { plant, plantAnother, type Planted } from './fleet.ts';
import { rowsOf } from './ingest.ts';

const NOW = new Date('2026-11-23T12:00:00Z');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);

let api: TestApp;
let oak: TestOperator;
/** The device that is replaced, and the one that was found. */
let old: Planted;
let found: Planted;

beforeAll(async () => {
  api = await startApp({ clock: () => NOW.getTime() });
});
afterAll(() => api.close());
beforeEach(async () => {
  oak = await api.operator(`Oak ${crypto.randomUUID()}`);
  old = await plant(api.database.ownerUrl, oak.operatorId, {
    gateway: 'Old box',
    at: ago(10),
    ports: [{ label: 'Lift', number: '201', device: 'lift-phone' }, { label: 'Desk' }],
  });
  found = await plantAnother(api.database.ownerUrl, old, {
    gateway: 'New box',
    at: ago(5),
    ports: [{ device: 'unknown' }, {}],
  });
});

const sql = (text: string, values: unknown[] = []) => rowsOf(api.database.ownerUrl, text, values);
const of = ({ gatewayId }: Planted) => ({ params: { gatewayId } });
const get = (gateway: Planted) => oak.viewer(endpoints.getGateway, of(gateway));
const listed = async (retired?: 'only' | 'include') =>
  (await oak.viewer(endpoints.listGateways, { query: { retired } })).items.map(({ name }) => name);
const retire = (gateway: Planted, note = '') =>
  oak.technician(endpoints.retireGateway, { ...of(gateway), body: { note } });
const replace = (acceptLeftOver = false) =>
  oak.technician(endpoints.replaceGateway, { ...of(old), body: { byGatewayId: found.gatewayId, acceptLeftOver } });

describe('a gateway that is retired', () => {
  test('leaves lists and counts, and is found where retired ones are asked for', async () => {
    expect(await retire(old, 'Scrapped')).toMatchObject({
      name: 'Old box',
      retired: { because: 'retired', note: 'Scrapped', at: NOW.toISOString(), reportedAgain: false, successor: null },
    });
    expect(await listed()).toEqual(['New box']);
    expect(await listed('only')).toEqual(['Old box']);
    expect(await listed('include')).toEqual(['New box', 'Old box']);
    const overview = await oak.viewer(endpoints.getOverview);
    expect(overview).toMatchObject({ gateways: { total: 1 }, ports: { total: 2 } });
    expect(await oak.viewer(endpoints.getSite, { params: { siteId: old.siteId } })).toMatchObject({ gatewayCount: 1 });
    expect(await oak.viewer(endpoints.getAgent, { params: { agentId: old.agentId } })).toMatchObject({
      gatewayCount: 1,
    });
    expect((await oak.viewer(endpoints.listPorts)).total).toBe(2);
  });

  test('keeps its page, its ports and its labels', async () => {
    await retire(old);
    expect((await get(old)).portList.map(({ label }) => label)).toEqual(['Lift', 'Desk']);
  });

  test('is restored by a person, never automatically', async () => {
    await retire(old);
    await sql('update gateway_current set observed_at = $2 where gateway_id = $1', [
      old.gatewayId,
      new Date(NOW.getTime() + 1),
    ]);
    expect(await get(old)).toMatchObject({
      retired: { reportedAgain: true },
      notices: [{ code: 'retired-reported-again' }],
    });
    expect(await listed()).toEqual(['New box']);
    expect(await oak.technician(endpoints.restoreGateway, of(old))).toMatchObject({ retired: null, notices: [] });
    expect(await listed()).toEqual(['New box', 'Old box']);
  });

  test('cannot be retired twice; one in service cannot be restored', async () => {
    expect(await problemOf(oak.technician(endpoints.restoreGateway, of(old)))).toMatchObject({ status: 409 });
    await retire(old);
    expect(await problemOf(retire(old))).toMatchObject({
      status: 409,
      code: 'gateway-retired',
      detail: 'Old box is retired.',
    });
  });

  test('of two who retire it at once one does', async () => {
    const both = await Promise.allSettled([retire(old, 'a'), retire(old, 'b')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(
      await sql(`select 1 from audit_entry where subject_id = $1 and verb = 'retire'`, [old.gatewayId]),
    ).toHaveLength(1);
  });
});

describe('a gateway that is replaced', () => {
  test('hands labels, numbers and line devices over, and points to its successor', async () => {
    expect(await replace()).toMatchObject({ id: found.gatewayId, name: 'New box' });
    expect((await get(found)).portList).toMatchObject([
      { label: 'Lift', number: '201', lineDeviceClass: 'lift-phone' },
      { label: 'Desk', lineDeviceClass: 'phone' },
    ]);
    expect(await get(old)).toMatchObject({
      retired: { because: 'replaced', successor: { id: found.gatewayId, name: 'New box' } },
    });
    expect(await listed()).toEqual(['New box']);
    expect(
      await sql(`select verb, change from audit_entry where subject_id = $1 order by id desc limit 1`, [old.gatewayId]),
    ).toMatchObject([{ verb: 'replace', change: { successorId: found.gatewayId, leftOver: [] } }]);
  });

  test('has its history shown with that of its successor', async () => {
    await sql(
      `insert into port_state_change (operator_id, gateway_id, "position", at, received_at, field, from_code, to_code) values ($1, $2, 1, $3, $3, 0, null, 0)`,
      [oak.operatorId, old.gatewayId, ago(60)],
    );
    const history = async () =>
      (await oak.viewer(endpoints.getPortHistory, { params: { gatewayId: found.gatewayId, position: 1 } })).total;
    const before = await history();
    await replace();
    expect(await history()).toBeGreaterThan(before);
  });

  test('is not, where lines would be lost, until a person accepts that', async () => {
    await sql('delete from port where gateway_id = $1 and "position" = 2', [found.gatewayId]);
    expect(await problemOf(replace())).toMatchObject({
      status: 409,
      code: 'lines-left-over',
      detail: 'New box has no such port for port 2 (Desk).',
    });
    expect(await listed()).toEqual(['New box', 'Old box']);
    await replace(true);
    expect(await listed()).toEqual(['New box']);
    expect((await get(old)).portList.map(({ label }) => label)).toEqual(['Lift', 'Desk']);
  });

  test('with itself, or with one of another site, is refused', async () => {
    const body = { byGatewayId: old.gatewayId };
    expect(await problemOf(oak.technician(endpoints.replaceGateway, { ...of(old), body }))).toMatchObject({
      status: 400,
    });
    const elsewhere = await plant(api.database.ownerUrl, oak.operatorId);
    expect(
      await problemOf(
        oak.technician(endpoints.replaceGateway, { ...of(old), body: { byGatewayId: elsewhere.gatewayId } }),
      ),
    ).toMatchObject({ status: 400, fields: [{ path: 'body.byGatewayId' }] });
    const unknown = { byGatewayId: crypto.randomUUID() };
    expect(await problemOf(oak.technician(endpoints.replaceGateway, { ...of(old), body: unknown }))).toMatchObject({
      status: 404,
    });
  });

  test('of two at once in opposite directions one happens', async () => {
    const back = oak.technician(endpoints.replaceGateway, { ...of(found), body: { byGatewayId: old.gatewayId } });
    const both = await Promise.allSettled([replace(), back]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await listed()).toHaveLength(1);
    expect(await listed('only')).toHaveLength(1);
  });
});

test('two records of one device are merged into the one that is kept', async () => {
  await oak.technician(endpoints.mergeGateway, { ...of(found), body: { intoGatewayId: old.gatewayId } });
  expect(await get(found)).toMatchObject({ retired: { because: 'merged', successor: { name: 'Old box' } } });
  expect((await get(old)).portList[0]).toMatchObject({ label: 'Lift', lineDeviceClass: 'lift-phone' });
  expect(await problemOf(oak.technician(endpoints.restoreGateway, of(found)))).toMatchObject({
    code: 'gateway-retired',
  });
});

test('a gateway shows that another answers at its address, until a person decides', async () => {
  await sql('update gateway set displaced_by = $2, displaced_at = $3 where id = $1', [
    old.gatewayId,
    found.gatewayId,
    ago(1),
  ]);
  expect((await get(old)).notices).toMatchObject([
    { code: 'displaced', other: { id: found.gatewayId, name: 'New box' } },
  ]);
  await oak.technician(endpoints.keepGateway, of(old));
  expect((await get(old)).notices).toEqual([]);
});

describe('what reads a gateway', () => {
  const target = (address: string) => ({
    id: address,
    address,
    access: { version: 'v2c' as const, community: 'public' },
  });
  const put = (...addresses: string[]) =>
    oak.technician(endpoints.putAgentTargets, {
      params: { agentId: old.agentId },
      body: { targets: addresses.map(target) },
    });
  const codes = async () => (await get(old)).notices.map(({ code }) => code);

  test.for([
    ['its address', ['192.0.2.10'], []],
    ['a range around it', ['192.0.2.0/28'], []],
    ['another address', ['192.0.2.11'], ['target-removed']],
    ['another range', ['192.0.2.16/28', 'gw.example.com'], ['target-removed']],
    ['nothing', [], ['target-removed']],
  ] as [string, string[], string[]][])('is %s', async ([, addresses, expected]) => {
    await put('192.0.2.10');
    await put(...addresses);
    expect(await codes()).toEqual(expected);
    await put('192.0.2.10');
    expect(await codes()).toEqual([]);
  });

  test('was revoked', async () => {
    await oak.admin(endpoints.revokeAgent, { params: { agentId: old.agentId } });
    expect(await codes()).toEqual(['agent-revoked']);
  });
});

describe('a customer or site', () => {
  const site = () => ({ params: { siteId: old.siteId } });
  const customer = () => ({ params: { customerId: old.customerId } });

  test('with gateways, agents or sites is not deleted, and says why', async () => {
    expect(await problemOf(oak.admin(endpoints.deleteSite, site()))).toMatchObject({
      status: 409,
      code: 'in-use',
      detail: 'It has 2 gateways in service (retire first) and 1 agent (revoke first).',
    });
    expect(await problemOf(oak.admin(endpoints.deleteCustomer, customer()))).toMatchObject({
      code: 'in-use',
      detail: 'It has 1 site: delete those first.',
    });
  });

  test('where nothing is left is deleted; its name is free again, its history stays', async () => {
    await retire(old);
    await retire(found);
    await oak.admin(endpoints.revokeAgent, { params: { agentId: old.agentId } });
    await oak.admin(endpoints.deleteSite, site());
    expect(await problemOf(oak.viewer(endpoints.getSite, site()))).toMatchObject({ status: 404 });
    const { name } = await oak.viewer(endpoints.getCustomer, customer());
    await oak.admin(endpoints.deleteCustomer, customer());
    expect((await oak.viewer(endpoints.listCustomers)).items).toEqual([]);
    expect(await oak.viewer(endpoints.getOverview)).toMatchObject({ sites: 0, customers: 0 });
    expect(await oak.technician(endpoints.createCustomer, { body: { name } })).toMatchObject({ name });
    const input = { customerId: old.customerId, name: 'North', timeZone: 'UTC' };
    expect(await problemOf(oak.technician(endpoints.createSite, { body: input }))).toMatchObject({ status: 404 });
    expect((await get(old)).site.name).toBe('Main building');
  });

  test('is deleted once', async () => {
    const { id } = await oak.technician(endpoints.createCustomer, { body: { name: 'Empty' } });
    const remove = () => oak.admin(endpoints.deleteCustomer, { params: { customerId: id } });
    const both = await Promise.allSettled([remove(), remove()]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});
