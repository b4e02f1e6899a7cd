import { endpoints, type RoleInput } from '@loopstart/contracts';
import { ROLES } from '@loopstart/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { asOwner } from './postgres.ts';

let api: TestApp;
let oak: TestOperator;
let administrator: Client;

const body = (change: Partial<RoleInput> = {}): RoleInput => ({
  title: `Role ${crypto.randomUUID().slice(0, 8)}`,
  permissions: ['gateways.read', 'customers.read'],
  maxLinesAtOnce: 5,
  ...change,
});

beforeAll(async () => {
  api = await startApp();
  oak = await api.operator('Oak');
  administrator = await api.member(oak.operatorId, 'administrator');
});
afterAll(() => api.close());

describe('a role of the own', () => {
  test('is listed beside those of the table, and gives exactly its rights, at once', async () => {
    const made = await oak.admin(endpoints.createRole, { body: body({ title: 'Night shift' }) });
    const { items, permissions } = await oak.viewer(endpoints.listRoles);
    expect(items.map(({ id }) => id)).toEqual([...ROLES, made.id]);
    expect(items.at(-1)).toEqual({ ...made, members: 0 });
    expect(items.find(({ id }) => id === 'owner')).toMatchObject({
      members: 1,
      permissions: permissions.map(({ name }) => name),
    });

    const night = await api.member(oak.operatorId, made.id);
    expect(await night(endpoints.getSession)).toMatchObject({
      role: made.id,
      roleTitle: 'Night shift',
      maxLinesAtOnce: 5,
    });
    expect((await night(endpoints.listGateways)).items).toEqual([]);
    expect(await problemOf(night(endpoints.listSites))).toMatchObject({ status: 403, code: 'not-allowed' });
    await oak.admin(endpoints.updateRole, { params: { roleId: made.id }, body: body({ permissions: ['sites.read'] }) });
    expect((await night(endpoints.listSites)).items).toEqual([]);
    expect(await problemOf(night(endpoints.listGateways))).toMatchObject({ status: 403 });

    const gone = oak.admin(endpoints.deleteRole, { params: { roleId: made.id } });
    expect(await problemOf(gone)).toMatchObject({ status: 409, code: 'in-use' });
  });

  test('never has more rights than the one who makes it', async () => {
    const over = [
      body({ permissions: ['owners.appoint'] }),
      body({ permissions: ['gateways.read', 'owners.appoint'] }),
    ];
    for (const one of over)
      expect(await problemOf(administrator(endpoints.createRole, { body: one }))).toMatchObject({ status: 403 });
    const owners = await oak.admin(endpoints.createRole, { body: over[0]! });
    const take = administrator(endpoints.updateRole, { params: { roleId: owners.id }, body: body() });
    expect(await problemOf(take)).toMatchObject({ status: 403 });
    expect(await problemOf(administrator(endpoints.deleteRole, { params: { roleId: owners.id } }))).toMatchObject({
      status: 403,
    });
    const cautious = await oak.admin(endpoints.createRole, {
      body: body({ permissions: ['roles.read', 'roles.write', 'gateways.read'], maxLinesAtOnce: 5 }),
    });
    const lead = await api.member(oak.operatorId, cautious.id);
    const bolder = lead(endpoints.createRole, { body: body({ permissions: ['gateways.read'], maxLinesAtOnce: 6 }) });
    expect(await problemOf(bolder)).toMatchObject({ detail: expect.stringContaining('more lines at once') });
    await lead(endpoints.createRole, { body: body({ permissions: ['gateways.read'], maxLinesAtOnce: 5 }) });
  });

  test('of another operator does not exist', async () => {
    const elm = await api.operator('Elm');
    const made = await oak.admin(endpoints.createRole, { body: body() });
    const params = { roleId: made.id };
    expect(await problemOf(elm.admin(endpoints.updateRole, { params, body: body() }))).toMatchObject({ status: 404 });
    expect(await problemOf(elm.admin(endpoints.deleteRole, { params }))).toMatchObject({ status: 404 });
    expect((await elm.admin(endpoints.listRoles)).items.some(({ own }) => own)).toBe(false);
    // Who is given it all the same has no rights.
    const elms = await api.member(elm.operatorId, 'billing');
    await asOwner(api.database.ownerUrl, (sql) =>
      sql.query(`update app_user set role = $2 where operator_id = $1 and role = 'billing'`, [elm.operatorId, made.id]),
    );
    expect(await problemOf(elms(endpoints.listGateways))).toMatchObject({ status: 401 });
    await oak.admin(endpoints.deleteRole, { params });
  });

  test('a name twice, no right, an unknown right: refused', async () => {
    await oak.admin(endpoints.createRole, { body: body({ title: 'Twice' }) });
    const create = (one: unknown) => problemOf(oak.admin(endpoints.createRole, { body: one as RoleInput }));
    expect(await create(body({ title: 'twice' }))).toMatchObject({ code: 'already-exists' });
    expect(await create(body({ permissions: [] }))).toMatchObject({ fields: [{ path: 'body.permissions' }] });
    expect(await create({ ...body(), permissions: ['no.such'] })).toMatchObject({
      fields: [{ path: 'body.permissions.0' }],
    });
  });
});
