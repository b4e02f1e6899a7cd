import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Client, clientOf, problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { plant } from './fleet.ts';
import { plantIncident } from './incident.ts';
import { rowsOf } from './ingest.ts';

const PASSWORD = 'seven quiet harbours';
let api: TestApp;
let oak: TestOperator;
let ids: Record<'viewer' | 'technician' | 'admin', string>;

beforeAll(async () => {
  api = await startApp({ env: { DEMO_MAILBOX: 'on' } });
});
afterAll(() => api.close());
beforeEach(async () => {
  await rowsOf(api.database.ownerUrl, 'delete from try_pace');
  oak = await api.operator('Oak');
  const { items } = await oak.admin(endpoints.listMembers);
  const idOf = (who: string) => items.find(({ name }) => name === `Oak ${who}`)!.id;
  ids = { viewer: idOf('viewer'), technician: idOf('technician'), admin: idOf('admin') };
});

/** A person who joins by an invitation that lies in the demo's mailbox, signed in. */
async function joined(email: string, role: 'technician' | 'administrator' | 'owner' = 'technician') {
  await oak.admin(endpoints.createInvitation, { body: { email, role } });
  const { items } = await oak.admin(endpoints.listMailbox);
  const token = items.find(({ to }) => to === email)!.link!.split('#')[1]!;
  const response = await fetch(api.url + endpoints.acceptInvitation.path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, name: email.split('@')[0], password: PASSWORD }),
  });
  const client: Client = clientOf(api.url, response.headers.getSetCookie()[0]!.split(';')[0]);
  return { client, userId: (await client(endpoints.getSession)).id };
}
const setRole = (client: Client, userId: string, role: 'owner' | 'technician' | 'read-only') =>
  client(endpoints.changeMemberRole, { params: { userId }, body: { role } });
const remove = (client: Client, userId: string) => client(endpoints.removeMember, { params: { userId } });

test('a changed role counts at the next request', async () => {
  expect((await problemOf(oak.viewer(endpoints.createCustomer, { body: { name: 'Quay' } }))).status).toBe(403);
  expect(await setRole(oak.admin, ids.viewer, 'technician')).toMatchObject({ roleTitle: 'Technician' });
  expect((await oak.viewer(endpoints.createCustomer, { body: { name: 'Quay' } })).name).toBe('Quay');
});

test('nobody changes their own role, removes themselves, or leaves an operator without an owner', async () => {
  expect((await problemOf(setRole(oak.admin, ids.admin, 'owner'))).code).toBe('own-membership');
  expect((await problemOf(remove(oak.admin, ids.admin))).code).toBe('own-membership');
  const second = await joined(`second-${oak.operatorId}@example.com`, 'owner');
  await setRole(second.client, ids.admin, 'read-only');
  expect((await problemOf(remove(oak.admin, second.userId))).status).toBe(403);
});

test('of two owners who demote each other at once, one stays', async () => {
  const second = await joined(`second-${oak.operatorId}@example.com`, 'owner');
  await Promise.allSettled([
    setRole(oak.admin, second.userId, 'technician'),
    setRole(second.client, ids.admin, 'technician'),
  ]);
  const owners = await rowsOf(
    api.database.ownerUrl,
    `select id from app_user where operator_id = '${oak.operatorId}' and role = 'owner' and removed_at is null`,
  );
  expect(owners).toHaveLength(1);
});

test('an administrator makes, changes and removes no owner', async () => {
  const { client } = await joined(`max-${oak.operatorId}@example.com`, 'administrator');
  expect((await problemOf(setRole(client, ids.viewer, 'owner'))).code).toBe('beyond-own-rights');
  expect((await problemOf(setRole(client, ids.admin, 'read-only'))).code).toBe('beyond-own-rights');
  expect((await problemOf(remove(client, ids.admin))).code).toBe('beyond-own-rights');
  expect((await setRole(client, ids.viewer, 'technician')).role).toBe('technician');
});

test('who joined by invitation is assigned, on call and notified; who is removed is none of it any more', async () => {
  const { client, userId } = await joined(`pat-${oak.operatorId}@example.com`);
  const place = await plant(api.database.ownerUrl, oak.operatorId);
  const { incidentId } = await plantIncident(api.database.ownerUrl, place, new Date());
  expect((await oak.admin(endpoints.listPeople)).items.map(({ id }) => id)).toContain(userId);
  await client(endpoints.acknowledgeIncident, { params: { incidentId }, body: {} });
  const layer = {
    name: 'All',
    userIds: [userId],
    startsOn: '2026-01-05',
    handOverAt: '08:00',
    turn: 'week' as const,
    only: null,
  };
  const schedule = await oak.admin(endpoints.createSchedule, {
    body: { name: 'Nights', timeZone: 'UTC', layers: [layer] },
  });
  expect(schedule.onCallNow?.id).toBe(userId);

  const { items } = await oak.admin(endpoints.getMemberTies, { params: { userId } });
  expect(items.map(({ kind, empty }) => ({ kind, empty })).toSorted((a, b) => (a.kind < b.kind ? -1 : 1))).toEqual([
    { kind: 'incident', empty: true },
    { kind: 'schedule', empty: true },
  ]);
  await remove(oak.admin, userId);

  expect((await problemOf(client(endpoints.getSession))).code).toBe('not-signed-in');
  const signIn = { email: `pat-${oak.operatorId}@example.com`, password: PASSWORD };
  expect(await problemOf(api.anonymous(endpoints.signIn, { body: signIn }))).toMatchObject({
    code: 'not-allowed',
    detail: expect.stringContaining('no operator'),
  });
  const incident = await oak.admin(endpoints.getIncident, { params: { incidentId } });
  expect(incident).toMatchObject({ acknowledgedAt: null, assignedTo: null });
  const after = (await oak.admin(endpoints.listSchedules)).items.find(({ id }) => id === schedule.id);
  expect(after).toMatchObject({ onCallNow: null, layers: [] });
  expect((await oak.admin(endpoints.listPeople)).items.map(({ id }) => id)).not.toContain(userId);
  expect(
    (await problemOf(oak.admin(endpoints.assignIncident, { params: { incidentId }, body: { userId } }))).status,
  ).toBe(400);

  expect(await oak.admin(endpoints.restoreMember, { params: { userId } })).toMatchObject({ removedAt: null });
  expect((await api.anonymous(endpoints.signIn, { body: signIn })).operator.name).toBe('Oak');
  const verbs = (await oak.admin(endpoints.listAudit, { query: { limit: 30 } })).items.map(({ verb }) => verb);
  expect(verbs).toEqual(expect.arrayContaining(['join', 'remove', 'restore', 'unacknowledge', 'update']));
});

test('a technician sees no members, and reads why', async () => {
  expect(await problemOf(oak.technician(endpoints.listMembers))).toMatchObject({ status: 403, code: 'not-allowed' });
});
