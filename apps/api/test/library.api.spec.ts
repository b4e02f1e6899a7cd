import { endpoints, type LibraryContent } from '@loopstart/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { plantChannel } from './escalating.ts';
import { rowsOf } from './ingest.ts';
import { libraryPolicy, libraryRole } from './library-inputs.ts';
import { makeProvider } from './people.ts';
import { asOwner } from './postgres.ts';

let api: TestApp;
/** Of the provider, and owner of an operator beside. */
let oak: TestOperator;
let elm: TestOperator;
let ash: TestOperator;
let count = 0;

beforeAll(async () => {
  api = await startApp();
  [oak, elm, ash] = await Promise.all([api.operator('Oak'), api.operator('Elm'), api.operator('Ash')]);
  await asOwner(api.database.ownerUrl, (sql) => makeProvider(sql, oak.operatorId));
  for (const { operatorId } of [elm, ash]) await plantChannel(api.database.ownerUrl, operatorId, 'slack', 'Chat');
});
afterAll(() => api.close());
beforeEach(() => (count += 1));

const publish = (
  object: LibraryContent,
  mode: 'shared' | 'locked',
  operators: TestOperator[] | null,
  idempotencyKey = crypto.randomUUID(),
) =>
  oak.admin(endpoints.publishObject, {
    body: { idempotencyKey, mode, operatorIds: operators?.map(({ operatorId }) => operatorId) ?? null, object },
  });
const withdraw = (objectId: string) => oak.admin(endpoints.withdrawObject, { params: { objectId } });
const policiesOf = async ({ admin }: TestOperator) => (await admin(endpoints.listPolicies)).items;
const rolesOf = async ({ admin }: TestOperator) => (await admin(endpoints.listRoles)).items;
const named = <T extends { name: string }>(items: T[], name: string) => items.find((one) => one.name === name);
const titled = <T extends { title: string }>(items: T[], title: string) => items.find((one) => one.title === title);
const inputOf = ({
  name,
  isDefault,
  match,
  steps,
  repeat,
  quietHours,
  digest,
}: Awaited<ReturnType<typeof policiesOf>>[0]) => ({
  name,
  isDefault,
  match,
  steps,
  repeat,
  quietHours,
  digest,
});
const verbsOf = async ({ operatorId }: TestOperator, objectId: string) =>
  (
    await rowsOf<{ verb: string; by: string }>(
      api.database.ownerUrl,
      `select verb, user_name as by from audit_entry where operator_id = $1 and subject_id = $2 order by id`,
      [operatorId, objectId],
    )
  ).map(({ verb, by }) => `${verb} by ${by}`);

describe('a locked policy', () => {
  test('applies before all of the own, says whose it is, and nobody of the operator changes it', async () => {
    const name = `Locked ${count}`;
    const own = await elm.admin(endpoints.createPolicy, { body: libraryPolicy(`Own ${count}`).content });
    await publish(libraryPolicy(name), 'locked', [elm]);
    const policies = await policiesOf(elm);
    expect(policies[0]).toMatchObject({ name, ownership: 'locked', publishedBy: 'provider', version: 1 });
    expect(named(policies, own.name)).toMatchObject({ ownership: 'owned', publishedBy: null, version: null });
    const { id } = policies[0]!;
    for (const client of [elm.admin, elm.technician, elm.viewer]) {
      const code = client === elm.admin ? 'locked-by-provider' : 'not-allowed';
      const params = { policyId: id };
      const body = { ...inputOf(policies[0]!), name: 'Mine' };
      expect(await problemOf(client(endpoints.updatePolicy, { params, body }))).toMatchObject({ code });
      expect(await problemOf(client(endpoints.deletePolicy, { params }))).toMatchObject({ code });
      const ids = policies.filter(({ isDefault }) => !isDefault).map((one) => one.id);
      expect(await problemOf(client(endpoints.orderPolicies, { body: { ids } }))).toMatchObject({ code });
    }
    // The own ones are ordered without it, and it stays before them.
    const ids = policies.filter(({ isDefault, ownership }) => !isDefault && ownership === 'owned').map((one) => one.id);
    expect((await elm.admin(endpoints.orderPolicies, { body: { ids } })).items[0]!.id).toBe(id);
    expect(named(await policiesOf(ash), name)).toBeUndefined();
  });

  test('a new version reaches every operator at once; of two at the same time one wins', async () => {
    const name = `Versions ${count}`;
    const { id } = await publish(libraryPolicy(name), 'locked', [elm, ash]);
    const next = (minutes: number) => {
      const { content } = libraryPolicy(name);
      const object = { kind: 'policy' as const, content: { ...content, repeat: { times: 2, everyMinutes: minutes } } };
      return oak.admin(endpoints.publishVersion, { params: { objectId: id }, body: { from: 1, object } });
    };
    const outcomes = await Promise.allSettled([next(20), next(30), next(40), next(50)]);
    const won = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(won).toHaveLength(1);
    for (const one of outcomes)
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ problem: { code: 'version-passed' } });
    const { object } = won[0]!;
    for (const operator of [elm, ash]) {
      const policy = named(await policiesOf(operator), name);
      expect(policy).toMatchObject({ version: 2, ownership: 'locked' });
      expect(policy!.repeat).toEqual((object.content as { repeat: object }).repeat);
      const by = 'by Oak admin (provider)';
      expect(await verbsOf(operator, id)).toEqual([`publish ${by}`, `publish-version ${by}`]);
    }
  });

  test('withdrawn, it becomes the own policy of each operator, at its place and in force', async () => {
    const name = `Withdrawn ${count}`;
    const { id } = await publish(libraryPolicy(name), 'locked', [elm, ash]);
    const before = named(await policiesOf(elm), name)!;
    const listed = (await oak.admin(endpoints.listLibrary)).items.find((one) => one.id === id);
    expect(listed).toMatchObject({ uses: { inForce: 2, copies: 0 }, version: 1, forAll: false });
    await withdraw(id);
    const after = named(await policiesOf(elm), name)!;
    expect(after).toEqual({ ...before, ownership: 'owned' });
    expect(after.publishedBy).toBe('provider');
    await elm.admin(endpoints.updatePolicy, {
      params: { policyId: after.id },
      body: { ...inputOf(after), name: `Ours ${count}` },
    });
    expect(await problemOf(withdraw(id))).toMatchObject({ status: 404 });
    expect((await verbsOf(ash, id)).at(-1)).toBe('unpublish by Oak admin (provider)');
  });

  test('may have the name of an own one', async () => {
    const { content } = libraryPolicy(`Same ${count}`);
    await elm.admin(endpoints.createPolicy, { body: content });
    const { id } = await publish({ kind: 'policy', content }, 'locked', [elm]);
    const same = (await policiesOf(elm)).filter(({ name }) => name === content.name);
    expect(same.map(({ ownership }) => ownership)).toEqual(['locked', 'owned']);
    await withdraw(id);
    expect((await policiesOf(elm)).filter(({ name }) => name === content.name)).toHaveLength(2);
  });
});

describe('a shared object', () => {
  test('has no effect until it is copied; the copy is owned and says what it came from', async () => {
    const name = `Shared ${count}`;
    const { id } = await publish(libraryPolicy(name), 'shared', [elm]);
    expect(named(await policiesOf(elm), name)).toBeUndefined();
    const { items } = await elm.viewer(endpoints.listPublishedPolicies);
    const published = named(items, name)!;
    expect(published).toMatchObject({ ownership: 'shared', publishedBy: 'provider', version: 1 });
    const params = { publicationId: published.id };
    expect(await problemOf(elm.technician(endpoints.copyPublishedPolicy, { params }))).toMatchObject({ status: 403 });
    const copy = await elm.admin(endpoints.copyPublishedPolicy, { params });
    expect(copy).toMatchObject({ name, ownership: 'owned', publishedBy: 'provider', version: 1 });
    const again = elm.admin(endpoints.copyPublishedPolicy, { params });
    expect(await problemOf(again)).toMatchObject({ code: 'already-exists' });
    await elm.admin(endpoints.copyPublishedPolicy, { params, body: { name: `${name} twice` } });
    // A new version changes what is offered, and no copy.
    const object = libraryPolicy(`${name} better`);
    await oak.admin(endpoints.publishVersion, { params: { objectId: id }, body: { from: 1, object } });
    expect(named((await elm.admin(endpoints.listPublishedPolicies)).items, object.content.name)).toMatchObject({
      version: 2,
    });
    expect(named(await policiesOf(elm), name)).toMatchObject({ version: 1 });
    expect((await oak.admin(endpoints.listLibrary)).items.find((one) => one.id === id)!.uses).toEqual({
      inForce: 0,
      copies: 2,
      members: 0,
    });
    await withdraw(id);
    expect(named(await policiesOf(elm), name)).toMatchObject({ ownership: 'owned' });
    expect(await problemOf(elm.admin(endpoints.copyPublishedPolicy, { params }))).toMatchObject({ status: 404 });
  });

  test('is nothing to an operator that it is not published to', async () => {
    await publish(libraryPolicy(`Elsewhere ${count}`), 'shared', [elm]);
    await publish(libraryRole(`Elsewhere ${count}`), 'shared', [elm]);
    const policy = named((await elm.admin(endpoints.listPublishedPolicies)).items, `Elsewhere ${count}`)!;
    const role = titled((await elm.admin(endpoints.listPublishedRoles)).items, `Elsewhere ${count}`)!;
    for (const [endpoint, publicationId] of [
      [endpoints.copyPublishedPolicy, policy.id],
      [endpoints.copyPublishedRole, role.id],
    ] as const) {
      const asked = (id: string) => problemOf(ash.admin(endpoint, { params: { publicationId: id } }));
      const { requestId: _, ...theirs } = await asked(publicationId);
      const { requestId: __, ...nobodys } = await asked(crypto.randomUUID());
      expect(theirs).toEqual(nobodys);
      expect(theirs.status).toBe(404);
    }
    expect(named((await ash.admin(endpoints.listPublishedPolicies)).items, `Elsewhere ${count}`)).toBeUndefined();
  });

  test('that is locked is not copied', async () => {
    await publish(libraryPolicy(`Fixed ${count}`), 'locked', [elm]);
    const { id } = named((await elm.admin(endpoints.listPublishedPolicies)).items, `Fixed ${count}`)!;
    const copied = elm.admin(endpoints.copyPublishedPolicy, { params: { publicationId: id } });
    expect(await problemOf(copied)).toMatchObject({ code: 'locked-by-provider' });
  });
});

describe('a locked role', () => {
  test('is given to people, its rights change with its version, and its members keep it when it is withdrawn', async () => {
    const title = `Watch ${count}`;
    const { id } = await publish(libraryRole(title), 'locked', [elm]);
    const role = titled(await rolesOf(elm), title)!;
    expect(role).toMatchObject({ own: true, ownership: 'locked', publishedBy: 'provider', version: 1 });
    const watcher = await api.member(elm.operatorId, role.id);
    await watcher(endpoints.listGateways);
    expect(await problemOf(watcher(endpoints.listCustomers))).toMatchObject({ code: 'not-allowed' });
    const params = { roleId: role.id };
    const body = { title: 'Mine', permissions: ['gateways.read' as const], maxLinesAtOnce: null };
    const locked = { code: 'locked-by-provider' };
    expect(await problemOf(elm.admin(endpoints.updateRole, { params, body }))).toMatchObject(locked);
    expect(await problemOf(elm.admin(endpoints.deleteRole, { params }))).toMatchObject(locked);
    const wider = libraryRole(title, ['gateways.read', 'customers.read'] as never);
    await oak.admin(endpoints.publishVersion, { params: { objectId: id }, body: { from: 1, object: wider } });
    await watcher(endpoints.listCustomers);
    expect((await oak.admin(endpoints.listLibrary)).items.find((one) => one.id === id)!.uses.members).toBe(1);
    await withdraw(id);
    await watcher(endpoints.listCustomers);
    expect(titled(await rolesOf(elm), title)).toMatchObject({ ownership: 'owned', version: 2, members: 1 });
    await elm.admin(endpoints.updateRole, { params, body });
    expect(await problemOf(watcher(endpoints.listCustomers))).toMatchObject({ code: 'not-allowed' });
  });

  test('gives nobody a right that decides who works in an operator', async () => {
    const role = libraryRole(`Doors ${count}`, ['gateways.read', 'members.write'] as never);
    expect(await problemOf(publish(role, 'locked', [elm]))).toMatchObject({
      code: 'invalid-input',
      fields: [{ path: 'body.object.content.permissions.1' }],
    });
  });

  test('a copy gives no right that the one who copies lacks', async () => {
    await publish(libraryRole(`Copied ${count}`), 'shared', [elm]);
    const { id } = titled((await elm.admin(endpoints.listPublishedRoles)).items, `Copied ${count}`)!;
    const maker = await elm.admin(endpoints.createRole, {
      body: { title: `Maker ${count}`, permissions: ['roles.read', 'roles.write'], maxLinesAtOnce: 0 },
    });
    const small = await api.member(elm.operatorId, maker.id);
    const copied = (client: typeof small) => client(endpoints.copyPublishedRole, { params: { publicationId: id } });
    expect(await problemOf(copied(small))).toMatchObject({ code: 'not-allowed' });
    expect(await copied(elm.admin)).toMatchObject({ ownership: 'owned', publishedBy: 'provider', version: 1 });
  });
});

describe('what is published to all', () => {
  test('an operator has from its first moment, and its trail says so', async () => {
    const { id } = await publish(libraryPolicy(`Everybody ${count}`), 'locked', null);
    for (const operator of [oak, elm, ash])
      expect(named(await policiesOf(operator), `Everybody ${count}`)).toMatchObject({ ownership: 'locked' });
    const body = { name: `Birch ${count}`, ownerEmail: `birch-${count}@example.com` };
    const { operator } = await oak.admin(endpoints.createOperator, { body });
    const birch = { operatorId: operator.id } as TestOperator;
    const [policy] = await rowsOf(api.database.ownerUrl, 'select locked from policy where operator_id = $1', [
      operator.id,
    ]);
    expect(policy).toEqual({ locked: true });
    expect(await verbsOf(birch, id)).toEqual(['publish by Oak admin (provider)']);
    await withdraw(id);
  });
});

describe('publishing', () => {
  test('takes effect once for a key', async () => {
    const key = crypto.randomUUID();
    const object = libraryPolicy(`Once ${count}`);
    const answers = await Promise.all([1, 2, 3, 4].map(() => publish(object, 'locked', [elm], key)));
    expect(new Set(answers.map(({ id }) => id))).toEqual(new Set([key]));
    expect((await policiesOf(elm)).filter(({ name }) => name === object.content.name)).toHaveLength(1);
    expect(await verbsOf(elm, key)).toEqual(['publish by Oak admin (provider)']);
  });

  test('refuses what one operator alone has, and what holds critical incidents back', async () => {
    const { content } = libraryPolicy(`Faults ${count}`);
    const steps = [{ waitMinutes: 0, targets: [{ type: 'person' as const, userId: crypto.randomUUID() }] }];
    const quietHours = {
      timeZone: 'UTC',
      from: '22:00',
      to: '06:00',
      weekdays: [1],
      severities: ['critical' as const],
    };
    const object = {
      kind: 'policy' as const,
      content: { ...content, steps, quietHours, match: { siteIds: [crypto.randomUUID()] } },
    };
    expect((await problemOf(publish(object, 'locked', [elm]))).fields!.map(({ path }) => path)).toEqual([
      'body.object.content.match.siteIds',
      'body.object.content.steps.0.targets.0',
      'body.object.content.quietHours.severities',
    ]);
    const nobody = { operatorId: crypto.randomUUID() } as TestOperator;
    expect(await problemOf(publish(libraryPolicy(`Faults ${count}`), 'shared', [nobody]))).toMatchObject({
      status: 404,
    });
  });

  test('is for people of the provider alone, and in its trail', async () => {
    const key = crypto.randomUUID();
    const body = { idempotencyKey: key, mode: 'shared' as const, operatorIds: null, object: libraryPolicy('Not mine') };
    for (const client of [elm.admin, elm.technician, oak.technician]) {
      expect(await problemOf(client(endpoints.publishObject, { body }))).toMatchObject({ code: 'not-allowed' });
      expect(await problemOf(client(endpoints.listLibrary))).toMatchObject({ code: 'not-allowed' });
    }
    await publish(libraryPolicy(`Trail ${count}`), 'shared', [elm], key);
    const { items, brokenAt } = await oak.admin(endpoints.getProviderTrail);
    expect(brokenAt).toBe(null);
    expect(items[0]).toMatchObject({
      verb: 'publish',
      subject: { id: key, name: `Trail ${count}` },
      change: { mode: 'shared', operators: 1, version: 1 },
    });
  });
});
