import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeProvider, providerPeople } from '../src/identity/provider/index.ts';
import { OWN_OPERATOR } from '../src/alerting/watchdog/index.ts';
import { StorageMeasure } from '../src/fleet/usage/storage-measure.ts';
import { ProviderHeads } from '../src/identity/provider/provider-heads.service.ts';
import { problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { plant } from './fleet.ts';
import { rowsOf } from './ingest.ts';
import { makeProvider } from './people.ts';
import { makeCsr } from './pki.ts';
import { asOwner } from './postgres.ts';
import { makeToken, programOf } from './programs.ts';

let api: TestApp;
/** Of the provider, and owner of an operator beside. */
let oak: TestOperator;
let elm: TestOperator;

beforeAll(async () => {
  api = await startApp();
  [oak, elm] = await Promise.all([api.operator('Oak'), api.operator('Elm')]);
  await asOwner(api.database.ownerUrl, (sql) => makeProvider(sql, oak.operatorId));
});
afterAll(() => api.close());

const one = async (operatorId: string) =>
  (await oak.admin(endpoints.listProviderOperators)).items.find(({ id }) => id === operatorId)!;
const suspend = (operatorId: string, reason: string) =>
  oak.admin(endpoints.suspendOperator, { params: { operatorId }, body: { reason } });
const resume = (operatorId: string) => oak.admin(endpoints.resumeOperator, { params: { operatorId } });
const verbsOf = async (operatorId: string) =>
  (
    await rowsOf<{ verb: string }>(
      api.database.ownerUrl,
      `select verb from audit_entry where operator_id = $1 and subject_type = 'operator' order by id`,
      [operatorId],
    )
  ).map(({ verb }) => verb);

test('the provider sees operators with counts, and none of their data', async () => {
  const { siteId, agentId, gatewayId, customerId } = await plant(api.database.ownerUrl, elm.operatorId);
  const { items } = await oak.admin(endpoints.listProviderOperators);
  expect(items.map(({ name }) => name)).toEqual(['Elm', 'Oak']);
  expect(items[0]).toMatchObject({ members: 3, usage: { agents: 1 }, suspension: null });
  expect(items[0]!.usage.ports).toBeGreaterThan(0);
  for (const id of [siteId, agentId, gatewayId, customerId]) expect(JSON.stringify(items)).not.toContain(id);
  for (const [endpoint, params] of [
    [endpoints.getGateway, { gatewayId }],
    [endpoints.getSite, { siteId }],
    [endpoints.getAgent, { agentId }],
  ] as const)
    expect(await problemOf(oak.admin(endpoint, { params } as never))).toMatchObject({ status: 404 });
  expect((await oak.admin(endpoints.listGateways)).items).toEqual([]);
});

test('no role of an operator has its rights: an owner is refused, and so is a token', async () => {
  expect((await oak.admin(endpoints.getSession)).provider).toBe(true);
  expect((await elm.admin(endpoints.getSession)).provider).toBe(false);
  expect(await problemOf(elm.admin(endpoints.listProviderOperators))).toMatchObject({ code: 'not-allowed' });
  const created = elm.admin(endpoints.createOperator, { body: { name: 'Mine', ownerEmail: 'me@example.com' } });
  expect(await problemOf(created)).toMatchObject({ status: 403, code: 'not-allowed' });
  const program = programOf(api.url, (await makeToken(oak)).secret);
  expect(await problemOf(program(endpoints.listProviderOperators))).toMatchObject({ code: 'people-only' });
});

test('a new operator begins with the invitation of its first owner, who works there alone', async () => {
  const body = { name: 'Ash', ownerEmail: 'Ada@Ash.example', quotas: { ports: 10, agents: 1, storageBytes: null } };
  const { operator, link } = await oak.admin(endpoints.createOperator, { body });
  expect(operator).toMatchObject({ name: 'Ash', members: 0, quotas: body.quotas, usage: { ports: 0, agents: 0 } });
  const token = link!.split('#')[1]!;
  expect(await api.anonymous(endpoints.readInvitation, { body: { token } })).toMatchObject({
    operator: 'Ash',
    email: 'ada@ash.example',
    role: 'Owner',
  });
  const params = { operatorId: operator.id };
  const again = await oak.admin(endpoints.inviteFirstOwner, { params, body: { ownerEmail: 'eve@ash.example' } });
  expect(await problemOf(api.anonymous(endpoints.readInvitation, { body: { token } }))).toMatchObject({
    code: 'link-over',
  });
  const fresh = again.link!.split('#')[1]!;
  const user = await api.anonymous(endpoints.acceptInvitation, {
    body: { token: fresh, name: 'Eve', password: 'seven quiet harbours' },
  });
  expect(user).toMatchObject({ role: 'owner', operator: { name: 'Ash' }, provider: false });
  expect((await one(operator.id)).members).toBe(1);
  // From the first member on, nobody lets themselves in.
  const third = oak.admin(endpoints.inviteFirstOwner, { params, body: { ownerEmail: 'mallory@example.com' } });
  expect(await problemOf(third)).toMatchObject({ code: 'already-exists' });
  expect(await verbsOf(operator.id)).toEqual(['create', 'invite-owner']);
  expect(await problemOf(oak.admin(endpoints.createOperator, { body: { ...body, name: 'ASH' } }))).toMatchObject({
    code: 'already-exists',
  });
});

test('the operator of the synthetic alert is no operator to the provider: nothing is done to it', async () => {
  const { ownerUrl } = api.database;
  await rowsOf(ownerUrl, `insert into operator (id, name) values ($1, 'Loopstart itself') on conflict do nothing`, [
    OWN_OPERATOR,
  ]);
  expect(await one(OWN_OPERATOR)).toBeUndefined();
  const params = { operatorId: OWN_OPERATOR };
  const gone = { status: 404, code: 'not-found' };
  expect(await problemOf(suspend(OWN_OPERATOR, 'No people'))).toMatchObject(gone);
  const body = { name: 'Loopstart itself', lines: 0 };
  expect(await problemOf(oak.admin(endpoints.requestDeletionOfOperator, { params, body }))).toMatchObject(gone);
  const owner = { params, body: { ownerEmail: 'somebody@example.com' } };
  expect(await problemOf(oak.admin(endpoints.inviteFirstOwner, owner))).toMatchObject(gone);
});

describe('a suspended operator', () => {
  test('people see why and cannot work, tokens are refused with the reason, and resuming brings all back', async () => {
    const program = programOf(api.url, (await makeToken(elm)).secret);
    expect((await program(endpoints.listCustomers)).items.length).toBeGreaterThan(0);

    const { suspension } = await suspend(elm.operatorId, 'Invoice 7 is not paid.');
    expect(suspension).toMatchObject({ reason: 'Invoice 7 is not paid.' });
    const refused = { status: 403, code: 'operator-suspended', detail: expect.stringContaining('Invoice 7') };
    expect(await problemOf(elm.admin(endpoints.listCustomers))).toMatchObject(refused);
    expect(await problemOf(elm.viewer(endpoints.getOverview))).toMatchObject(refused);
    const write = elm.technician(endpoints.createCustomer, { body: { name: 'X' } });
    expect(await problemOf(write)).toMatchObject(refused);
    expect(await elm.admin(endpoints.getSession)).toMatchObject({ permissions: [], suspension });
    expect(await problemOf(program(endpoints.listCustomers))).toMatchObject(refused);
    const live = await fetch(`${api.url}/api/v1/live`, { headers: { cookie: elm.cookie } });
    expect(live.status).toBe(403);
    await live.body?.cancel();
    // Another operator is not touched.
    expect((await oak.admin(endpoints.listCustomers)).items).toEqual([]);

    await suspend(elm.operatorId, 'Invoices 7 and 8 are not paid.');
    expect((await one(elm.operatorId)).suspension).toEqual({
      since: suspension!.since,
      reason: 'Invoices 7 and 8 are not paid.',
    });
    expect((await resume(elm.operatorId)).suspension).toBe(null);
    await resume(elm.operatorId);
    expect((await elm.admin(endpoints.listCustomers)).items.length).toBeGreaterThan(0);
    expect((await program(endpoints.listCustomers)).items.length).toBeGreaterThan(0);
    expect(await verbsOf(elm.operatorId)).toEqual(['suspend', 'suspend', 'resume']);
    const { items } = await elm.admin(endpoints.listAudit, { query: { subjectType: ['operator'] } as never });
    expect(items[0]!.by.name).toBe('Oak admin (provider)');
  });
});

describe('quotas', () => {
  test('an agent beyond the quota is refused before it goes on site, and its token stays unused', async () => {
    const { siteId } = await plant(api.database.ownerUrl, elm.operatorId);
    const token = await elm.admin(endpoints.createEnrolmentToken, { params: { siteId } });
    const { usage } = await elm.admin(endpoints.getUsage);
    const quotas = { ports: null, agents: usage.agents, storageBytes: null };
    const params = { operatorId: elm.operatorId };
    await oak.admin(endpoints.setQuotas, { params, body: quotas });
    const more = elm.admin(endpoints.createEnrolmentToken, { params: { siteId } });
    expect(await problemOf(more)).toMatchObject({ status: 409, code: 'quota-reached' });
    const { csrPem } = await makeCsr();
    const enrol = () =>
      api.anonymous(endpoints.enrolAgent, {
        body: { token: token.token, csrPem, hostname: 'box', version: '0.1.0' },
      });
    expect(await problemOf(enrol())).toMatchObject({ code: 'quota-reached' });
    await oak.admin(endpoints.setQuotas, { params, body: { ...quotas, agents: usage.agents + 1 } });
    expect((await enrol()).siteId).toBe(siteId);
  });

  test('ports beyond the quota are shown, marked and stay; nobody raises a quota from within', async () => {
    const params = { operatorId: elm.operatorId };
    const before = await elm.admin(endpoints.getUsage);
    const { total } = await elm.admin(endpoints.listPorts);
    expect(before.beyond.ports).toBe(0);
    await oak.admin(endpoints.setQuotas, { params, body: { ports: 1, agents: null, storageBytes: null } });
    const { usage, beyond, gatewaysBeyond } = await elm.viewer(endpoints.getUsage);
    expect(beyond.ports).toBe(usage.ports - 1);
    expect(gatewaysBeyond.reduce((sum, gateway) => sum + gateway.beyond, 0)).toBe(beyond.ports);
    expect((await elm.admin(endpoints.listPorts)).total).toBe(total);
    await expect(
      asOwner(api.database.config.DATABASE_APP_URL, (sql) => sql.query('update operator_standing set quota_ports = 9')),
    ).rejects.toMatchObject({ code: '42501' });
    expect(await problemOf(elm.admin(endpoints.setQuotas, { params, body: before.quotas }))).toMatchObject({
      status: 403,
    });
  });
});

test('storage is measured for each operator, and grows with its rows', async () => {
  const bytesOf = async () => {
    await api.app.get(StorageMeasure, { strict: false }).measure();
    return Promise.all([one(elm.operatorId), one(oak.operatorId)]).then((found) =>
      found.map(({ usage }) => usage.storageBytes!),
    );
  };
  const [elms, oaks] = await bytesOf();
  expect(oaks).toBeGreaterThan(0);
  await rowsOf(
    api.database.ownerUrl,
    `insert into customer (operator_id, name, notes) select $1, 'C' || n, repeat('x', 500) from generate_series(1, 400) n`,
    [elm.operatorId],
  );
  const [more, same] = await bytesOf();
  expect(more! - elms!).toBeGreaterThan(400 * 500);
  expect(more! - elms!).toBeLessThan(400 * 1_000);
  // The measurement itself is a row.
  expect(Math.abs(same! - oaks!)).toBeLessThan(1_000);
  expect((await elm.admin(endpoints.getUsage)).usage.storageBytes).toBe(more);
});

describe('the trail of the provider', () => {
  test('has every act with its author, and shows where it was changed', async () => {
    const { items, total, brokenAt } = await oak.admin(endpoints.getProviderTrail);
    expect(brokenAt).toBe(null);
    expect(total).toBeGreaterThan(4);
    expect(new Set(items.map(({ by }) => by))).toEqual(new Set(['Oak admin']));
    await rowsOf(api.database.ownerUrl, `update provider_entry set name = 'Elm admin' where seq = 3`);
    expect((await oak.admin(endpoints.getProviderTrail)).brokenAt).toBe(3);
    await rowsOf(api.database.ownerUrl, `update provider_entry set name = 'Oak admin' where seq = 3`);
    expect((await oak.admin(endpoints.getProviderTrail)).brokenAt).toBe(null);
    const heads = api.app.get(ProviderHeads, { strict: false });
    expect([await heads.signDaily(), await heads.signDaily()]).toEqual([true, false]);
    expect((await oak.admin(endpoints.getProviderTrail)).signed).toMatchObject({ seq: total });
    // A chain that was cut is whole in itself: the signed head is not.
    const [last] = await rowsOf<{ row: object }>(
      api.database.ownerUrl,
      'with gone as (delete from provider_entry where seq = $1 returning *) select to_jsonb(gone) as row from gone',
      [total],
    );
    expect((await oak.admin(endpoints.getProviderTrail)).brokenAt).toBe(total);
    await rowsOf(
      api.database.ownerUrl,
      'insert into provider_entry select * from jsonb_populate_record(null::provider_entry, $1)',
      [last!.row],
    );
    expect((await oak.admin(endpoints.getProviderTrail)).brokenAt).toBe(null);
    await rowsOf(api.database.ownerUrl, 'delete from provider_entry where seq = 2');
    expect((await oak.admin(endpoints.getProviderTrail)).brokenAt).toBe(2);
  });

  test.for([
    'select * from provider_operators(null)',
    "select provider_set_suspension(gen_random_uuid(), now(), 'x')",
    'select provider_set_quotas(gen_random_uuid(), 1, 1, 1)',
    'select * from provider_trail(0, 10)',
    'select * from provider_heads()',
    'select * from provider_head',
    "select provider_link(now(), null, 'x', 'x', gen_random_uuid(), 'x', '{}')",
    'select * from provider_person',
    'insert into provider_entry select * from provider_entry',
  ])('SQL of the application without such an account is refused: %s', async (statement) => {
    await expect(asOwner(api.database.config.DATABASE_APP_URL, (sql) => sql.query(statement))).rejects.toMatchObject({
      code: '42501',
    });
  });
});

test('the command grants and withdraws, and is on record', async () => {
  const [account] = await rowsOf<{ email: string }>(
    api.database.ownerUrl,
    `select a.email from account a join app_user u on u.account_id = a.id where u.operator_id = $1 and u.role = 'technician'`,
    [elm.operatorId],
  );
  const { email } = account!;
  const run = (act: 'grant' | 'withdraw', whom = email) =>
    asOwner(api.database.ownerUrl, (sql) => changeProvider(sql, act, whom, new Date()));
  expect([await run('grant'), await run('grant')]).toEqual([true, false]);
  expect((await asOwner(api.database.ownerUrl, providerPeople)).map((person) => person.email)).toContain(email);
  expect((await elm.technician(endpoints.listProviderOperators)).items.length).toBeGreaterThan(1);
  expect((await elm.technician(endpoints.getProviderTrail)).items[0]).toMatchObject({ by: 'the command line' });
  await run('withdraw');
  expect(await problemOf(elm.technician(endpoints.listProviderOperators))).toMatchObject({ code: 'not-allowed' });
  await expect(run('grant', 'nobody@example.com')).rejects.toThrow('No account has the address');
});
