import { type Endpoint, endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { maintenanceBody, silenceBody } from './endpoint-inputs.ts';
import { plant, type Planted } from './fleet.ts';
import { rowsOf } from './ingest.ts';

let api: TestApp;
let oak: TestOperator;
let place: Planted;
let lines = 0;

const LIFE_SAFETY = 3;
const now = () => ({ lines, lifeSafetyLines: LIFE_SAFETY });

beforeAll(async () => {
  api = await startApp();
  oak = await api.operator('Oak');
  place = await plant(api.database.ownerUrl, oak.operatorId);
  await rowsOf(
    api.database.ownerUrl,
    `insert into port (operator_id, gateway_id, "position", ordinal, key, kind)
     select operator_id, gateway_id, n, n - 1, n::text, 'fxs' from port, generate_series(101, 160) n where gateway_id = $1 and "position" = 1`,
    [place.gatewayId],
  );
  await rowsOf(api.database.ownerUrl, `update port set line_device_class = 'phone' where gateway_id = $1`, [
    place.gatewayId,
  ]);
  await rowsOf(
    api.database.ownerUrl,
    `update port set line_device_class = 'lift-phone' where gateway_id = $1 and "position" in (101, 102, 103)`,
    [place.gatewayId],
  );
  const [row] = await rowsOf<{ n: number }>(
    api.database.ownerUrl,
    'select count(*)::int as n from port where gateway_id = $1 and removed_at is null',
    [place.gatewayId],
  );
  lines = row!.n;
});
afterAll(() => api.close());

const acts = () => [
  { endpoint: endpoints.createSilence as Endpoint, input: { body: silenceBody(place.siteId) } },
  { endpoint: endpoints.createMaintenance as Endpoint, input: { body: maintenanceBody(place.siteId) } },
  { endpoint: endpoints.retireGateway as Endpoint, input: { params: { gatewayId: place.gatewayId }, body: {} } },
  { endpoint: endpoints.revokeAgent as Endpoint, input: { params: { agentId: place.agentId }, body: {} } },
];
const ask = (client: Client, { endpoint, input }: ReturnType<typeof acts>[number], confirm?: object) =>
  client(endpoint, { ...input, body: { ...input.body, ...(confirm === undefined ? {} : { confirm }) } } as never);

test('an act on many lines needs their number and the life-safety lines among them, as they are now', async () => {
  for (const act of acts()) {
    const unstated = await problemOf(ask(oak.admin, act));
    expect([act.endpoint.id, unstated]).toMatchObject([
      act.endpoint.id,
      { status: 409, code: 'confirm-lines', touched: now() },
    ]);
    for (const wrong of [
      { ...now(), lines: lines - 1 },
      { ...now(), lifeSafetyLines: LIFE_SAFETY - 1 },
    ])
      expect(await problemOf(ask(oak.admin, act, wrong))).toMatchObject({ code: 'confirm-lines', touched: now() });
  }
  expect((await oak.admin(endpoints.listSilences)).items).toEqual([]);
  expect(await oak.admin(endpoints.getAgent, { params: { agentId: place.agentId } })).not.toMatchObject({
    state: 'revoked',
  });
});

test('a role that may touch fewer is refused, with the figures or without', async () => {
  const role = await oak.admin(endpoints.createRole, {
    body: {
      title: 'Careful',
      permissions: ['gateways.read', 'gateways.retire', 'silences.write'],
      maxLinesAtOnce: lines - 1,
    },
  });
  const careful = await api.member(oak.operatorId, role.id);
  const [silence, , retire] = acts();
  for (const act of [silence!, retire!])
    for (const confirm of [undefined, now()])
      expect(await problemOf(ask(careful, act, confirm))).toMatchObject({
        status: 403,
        code: 'too-many-lines',
        touched: now(),
      });
});

test('with the figures it is done', async () => {
  const [silence, maintenance, , revoke] = acts();
  await ask(oak.technician, silence!, now());
  await ask(oak.technician, maintenance!, now());
  await ask(oak.admin, revoke!, now());
  expect(await oak.admin(endpoints.getAgent, { params: { agentId: place.agentId } })).toMatchObject({
    state: 'revoked',
  });
});
