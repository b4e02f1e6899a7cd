import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Removal } from '../src/fleet/tenant/removal.service.ts';
import { problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { plant } from './fleet.ts';
import { rowsOf } from './ingest.ts';
import { startMailServer } from './mailbox.ts';
import { makeProvider } from './people.ts';
import { asOwner } from './postgres.ts';

const DAY_MS = 86_400_000;
let now = Date.now();
let mail: Awaited<ReturnType<typeof startMailServer>>;
let api: TestApp;
/** Of the provider, and owner of an operator beside. */
let oak: TestOperator;
/** Another operator in each test. */
let elm: TestOperator;
let name: string;
let count = 0;

beforeAll(async () => {
  mail = await startMailServer();
  api = await startApp({ clock: () => now, env: { SMTP_URL: mail.url, MAIL_FROM: 'loopstart@example.com' } });
  oak = await api.operator('Oak');
  await asOwner(api.database.ownerUrl, (sql) => makeProvider(sql, oak.operatorId));
});
afterAll(async () => {
  await api.close();
  await mail.stop();
});
beforeEach(async () => {
  name = `Elm ${(count += 1)}`;
  elm = await api.operator(name);
});

const seen = async ({ operatorId }: TestOperator) =>
  (await oak.admin(endpoints.listProviderOperators)).items.find(({ id }) => id === operatorId);
const request = (operator: TestOperator, body: { name: string; lines: number }) =>
  oak.admin(endpoints.requestDeletionOfOperator, { params: { operatorId: operator.operatorId }, body });
const withdraw = ({ operatorId }: TestOperator) =>
  oak.admin(endpoints.withdrawDeletionOfOperator, { params: { operatorId } });
const verbsOf = async ({ operatorId }: TestOperator) =>
  (
    await rowsOf<{ verb: string; by: string }>(
      api.database.ownerUrl,
      `select verb, user_name as by from audit_entry where operator_id = $1 and subject_type = 'operator' order by id`,
      [operatorId],
    )
  ).map(({ verb, by }) => `${verb} by ${by}`);

test('it needs the name and the count of lines as they are; owners are told by mail, and the provider learns of none', async () => {
  await plant(api.database.ownerUrl, elm.operatorId);
  const { ports: lines } = (await seen(elm))!.usage;
  expect(lines).toBeGreaterThan(0);
  expect(await problemOf(request(elm, { name: 'Another', lines }))).toMatchObject({ fields: [{ path: 'body.name' }] });
  expect(await problemOf(request(elm, { name, lines: lines + 1 }))).toMatchObject({ code: 'confirm-lines' });
  const { operatorId } = elm;
  const own = elm.admin(endpoints.requestDeletionOfOperator, { params: { operatorId }, body: { name, lines } });
  expect(await problemOf(own)).toMatchObject({ code: 'not-allowed' });

  const answer = await request(elm, { name, lines });
  const dueAt = new Date(now + 14 * DAY_MS).toISOString();
  expect(answer.deletion).toEqual({ requestedAt: new Date(now).toISOString(), dueAt, byProvider: true });
  const { email } = await elm.admin(endpoints.getSession);
  const told = await mail.next(email, /is to be deleted/u);
  expect(told.to).toEqual([email]);
  expect(told.text).toContain(dueAt);
  const { items } = await oak.admin(endpoints.getProviderTrail);
  expect(items[0]).toMatchObject({ verb: 'request-deletion', change: { lines, ownersTold: 1 } });
  expect(JSON.stringify([answer, items])).not.toContain(email);
  expect(await elm.admin(endpoints.getOperatorDeletion)).toMatchObject({
    state: 'waiting',
    requestedBy: 'Oak admin (provider)',
    dueAt,
  });
  await withdraw(elm);
});

test('an owner objects by withdrawing it, and both trails say so', async () => {
  await request(elm, { name, lines: 0 });
  expect(await problemOf(elm.technician(endpoints.withdrawOperatorDeletion))).toMatchObject({ code: 'not-allowed' });
  expect(await elm.admin(endpoints.withdrawOperatorDeletion)).toMatchObject({ state: 'none' });
  expect((await seen(elm))!.deletion).toBe(null);
  expect(await problemOf(withdraw(elm))).toMatchObject({ status: 404 });
  expect(await verbsOf(elm)).toEqual([
    'request-deletion by Oak admin (provider)',
    `withdraw-deletion by ${name} admin`,
  ]);
  now += 15 * DAY_MS;
  await api.app.get(Removal, { strict: false }).removeDue();
  expect((await seenAgain()).some(({ id }) => id === elm.operatorId)).toBe(true);
});

test('the provider withdraws what it requested, and nothing that an owner did', async () => {
  await request(elm, { name, lines: 0 });
  expect((await withdraw(elm)).deletion).toBe(null);
  await elm.admin(endpoints.requestOperatorDeletion, { body: { name } });
  expect((await seen(elm))!.deletion).toMatchObject({ byProvider: false });
  expect(await problemOf(withdraw(elm))).toMatchObject({ status: 404 });
  expect(await problemOf(request(elm, { name, lines: 0 }))).toMatchObject({ code: 'already-exists' });
  await elm.admin(endpoints.withdrawOperatorDeletion);
});

test('of several at once one is made, and each owner is told once', async () => {
  const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => request(elm, { name, lines: 0 })));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const one of outcomes)
    if (one.status === 'rejected') expect(one.reason).toMatchObject({ problem: { code: 'already-exists' } });
  expect(await verbsOf(elm)).toHaveLength(1);
  const mails = await rowsOf(api.database.ownerUrl, 'select from mail where operator_id = $1', [elm.operatorId]);
  expect(mails).toHaveLength(1);
  await withdraw(elm);
});

test('nobody is suspended while owners may object, and no deletion of a suspended operator is requested', async () => {
  const params = { operatorId: elm.operatorId };
  const suspend = () => oak.admin(endpoints.suspendOperator, { params, body: { reason: 'Not paid' } });
  await suspend();
  expect(await problemOf(request(elm, { name, lines: 0 }))).toMatchObject({ code: 'in-use' });
  await oak.admin(endpoints.resumeOperator, { params });
  await request(elm, { name, lines: 0 });
  expect(await problemOf(suspend())).toMatchObject({ code: 'in-use' });
  await withdraw(elm);
  await suspend();
});

test('without an objection the rows go after two weeks, and not before', async () => {
  await request(elm, { name, lines: 0 });
  const removeDue = () => api.app.get(Removal, { strict: false }).removeDue();
  const isThere = async () => (await seenAgain()).some(({ id }) => id === elm.operatorId);
  now += 14 * DAY_MS - 1;
  await removeDue();
  expect(await isThere()).toBe(true);
  now += 1;
  await removeDue();
  expect(await isThere()).toBe(false);
});

/** By a session that the time which passed did not end. */
async function seenAgain() {
  const client = await api.member(oak.operatorId, 'owner');
  await asOwner(api.database.ownerUrl, (sql) => makeProvider(sql, oak.operatorId));
  oak = { ...oak, admin: client };
  return (await client(endpoints.listProviderOperators)).items;
}
