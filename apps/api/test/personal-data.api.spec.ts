import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { plant, type Planted } from './fleet.ts';
import { codeOf } from './totp.ts';
import { rowsOf } from './ingest.ts';

let api: TestApp;
let oak: TestOperator;
let elm: TestOperator;
let place: Planted;
let technician: { id: string; name: string; email: string };

beforeAll(async () => {
  api = await startApp();
  [oak, elm] = await Promise.all([api.operator('Oak'), api.operator('Elm')]);
  place = await plant(api.database.ownerUrl, oak.operatorId);
  const { items } = await oak.admin(endpoints.listPeople);
  technician = items.find(({ name }) => name === 'Oak technician')!;
  await oak.technician(endpoints.updateSite, {
    params: { siteId: place.siteId },
    body: { name: 'Quay' },
  });
});
afterAll(() => api.close());

const ofTechnician = () => ({ params: { userId: technician.id } });
const erase = (name: string) => oak.admin(endpoints.erasePerson, { ...ofTechnician(), body: { name } });

test('what is kept about a person is exported, and the export is on record', async () => {
  const kept = await oak.admin(endpoints.exportPersonalData, ofTechnician());
  expect(kept.person).toMatchObject({ userId: technician.id, name: 'Oak technician', email: technician.email });
  expect(kept.sessions).toMatchObject([{ createdAt: expect.any(String) }]);
  expect(kept.entries.map(({ verb }) => verb)).toEqual(['export', 'update', 'sign-in']);
  expect(kept.entriesTotal).toBe(3);
  expect(kept).toMatchObject({ factors: [], recoveryCodesLeft: 0 });
});

test('second factors are named, with nothing secret of them, and not of who works elsewhere, too', async () => {
  const client = await api.member(oak.operatorId, 'technician');
  const { id: userId } = await client(endpoints.getSession);
  const { id, key } = await client(endpoints.beginTotp, { body: { name: 'Phone' } });
  const body = { code: codeOf(key, Date.now()) };
  const { recoveryCodes } = await client(endpoints.confirmTotp, { params: { factorId: id }, body });
  const kept = await oak.admin(endpoints.exportPersonalData, { params: { userId } });
  expect(kept.factors).toEqual([
    { kind: 'totp', name: 'Phone', addedAt: expect.any(String), lastUsedAt: expect.any(String) },
  ]);
  expect(kept.recoveryCodesLeft).toBe(10);
  for (const secret of [key, ...recoveryCodes!]) expect(JSON.stringify(kept)).not.toContain(secret);
  await rowsOf(
    api.database.ownerUrl,
    `insert into app_user (operator_id, account_id, role) select '${elm.operatorId}', account_id, 'read-only' from app_user where id = '${userId}'`,
  );
  const after = await oak.admin(endpoints.exportPersonalData, { params: { userId } });
  expect(after).toMatchObject({ factors: null, recoveryCodesLeft: null });
});

test('only who may erase does either, and another operator’s person does not exist', async () => {
  for (const endpoint of [endpoints.exportPersonalData, endpoints.erasePerson]) {
    const input = { ...ofTechnician(), body: { name: technician.name } } as never;
    expect(await problemOf(oak.technician(endpoint, input))).toMatchObject({ status: 403 });
    expect(await problemOf(elm.admin(endpoint, input))).toMatchObject({ status: 404, code: 'not-found' });
  }
});

test('an erasure needs the present name, and neither oneself nor an owner is erased', async () => {
  expect(await problemOf(erase('Somebody'))).toMatchObject({ status: 400, fields: [{ path: 'body.name' }] });
  const owner = (await oak.admin(endpoints.listPeople)).items.find(({ name }) => name === 'Oak admin')!;
  const self = oak.admin(endpoints.erasePerson, { params: { userId: owner.id }, body: { name: owner.name } });
  expect(await problemOf(self)).toMatchObject({ status: 409, code: 'in-use' });
  const another = await api.member(oak.operatorId, 'owner');
  const other = another(endpoints.erasePerson, { params: { userId: owner.id }, body: { name: owner.name } });
  expect(await problemOf(other)).toMatchObject({ status: 409, code: 'in-use' });
});

test('an erased person is nowhere, and the trail stays unbroken', async () => {
  const before = await oak.admin(endpoints.getAuditVerification);
  expect(before).toMatchObject({ verdict: 'unbroken', erased: 0 });
  expect(await erase('Oak technician')).toEqual({ entries: 3, accountErased: true });

  const { items } = await oak.admin(endpoints.listAudit, { query: { userId: [technician.id] } });
  expect(
    items.map(({ verb, by, erased, change }) => [verb, by.name, by.address, by.userAgent, erased, change]),
  ).toEqual([
    // What was changed of the site stays.
    ['update', 'erased person', null, null, true, { name: 'Quay' }],
    ['sign-in', 'erased person', null, null, true, {}],
  ]);
  const [record] = (await oak.admin(endpoints.listAudit, { query: { verb: ['erase'] } })).items;
  expect(record).toMatchObject({ by: { name: 'Oak admin' }, change: { entries: 3, account: true }, erased: false });
  expect(await oak.admin(endpoints.getAuditVerification)).toMatchObject({
    verdict: 'unbroken',
    entries: before.entries + 1,
    // The sign-in, the change of the site and the export.
    erased: 3,
    breaks: [],
  });

  // The session has ended, and no table has the name or the address.
  expect(await problemOf(oak.technician(endpoints.getSession))).toMatchObject({ status: 401 });
  for (const table of ['audit_entry', 'account', 'session'])
    expect(
      await rowsOf(
        api.database.ownerUrl,
        `select 1 from ${table} t where t::text like any (array['%Oak technician%', '%' || $1 || '%'])`,
        [technician.email],
      ),
      table,
    ).toEqual([]);
  expect(
    await rowsOf(
      api.database.ownerUrl,
      'select 1 from account_credential c join app_user u on u.account_id = c.account_id where u.id = $1 and c.password_hash is not null',
      [technician.id],
    ),
  ).toEqual([]);
});

test('a member of another operator keeps the account there', async () => {
  const [account] = await rowsOf<{ accountId: string; userId: string }>(
    api.database.ownerUrl,
    `select account_id as "accountId", id as "userId" from person where operator_id = $1 and name = 'Oak viewer'`,
    [oak.operatorId],
  );
  await rowsOf(
    api.database.ownerUrl,
    `insert into app_user (operator_id, account_id, role) values ($1, $2, 'read-only')`,
    [elm.operatorId, account!.accountId],
  );
  const erased = await oak.admin(endpoints.erasePerson, {
    params: { userId: account!.userId },
    body: { name: 'Oak viewer' },
  });
  expect(erased).toMatchObject({ accountErased: false });
  expect((await elm.admin(endpoints.listPeople)).items.map(({ name }) => name)).toContain('Oak viewer');
});
