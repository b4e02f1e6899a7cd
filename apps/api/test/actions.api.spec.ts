import { randomUUID } from 'node:crypto';
import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AgentSignals } from '../src/agents/registry/agent-signals.ts';
import { DesiredStateRepository } from '../src/agents/desired-state/desired-state.repository.ts';
import { allPages, problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { plant, type Planted, type PlantedPort, type PlantOptions } from './fleet.ts';
import { asOwner } from './postgres.ts';

const NOW = new Date('2026-11-23T12:00:00Z');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);

let api: TestApp;
let oak: TestOperator;
let home: Planted;
beforeAll(async () => {
  api = await startApp({ clock: () => NOW.getTime() });
  oak = await api.operator('Oak');
  home = await planted({
    ports: [{}, { state: { hook: 'off-hook', call: 'talking' } }, { device: 'lift-phone' }, { device: 'unused' }],
  });
});
afterAll(() => api.close());

const planted = (options: PlantOptions) => plant(api.database.ownerUrl, oak.operatorId, { at: ago(5), ...options });
const ask = (gatewayId: string, body: object) =>
  oak.technician(endpoints.createAction, {
    params: { gatewayId },
    body: { idempotencyKey: randomUUID(), type: 'poll-now', ...body },
  });

const RINGING = [{ state: { call: 'ringing' } }] as const satisfies PlantedPort[];
/** As an AudioCodes reports it: on hook, and neither calls nor ringing. */
const ON_HOOK = [{ state: { call: null } }] satisfies PlantedPort[];
const AUDIOCODES: PlantOptions = { ports: ON_HOOK, idleEvidence: null, driverId: 'audiocodes' };
const RESET = { type: 'reset-port', position: 1 };
const LOCK = { type: 'lock-port', position: 1 };
const IDENTIFY = { type: 'identify' };
const OVERRIDE = { overrideReason: 'The porter sees that nobody is on the phone.' };

describe('asking', () => {
  test('is queued, signalled to the process with the agent, and audited', async () => {
    const signals: unknown[] = [];
    const off = api.app.get(AgentSignals).on((signal) => signals.push(signal));
    const action = await ask(home.gatewayId, { type: 'lock-port', position: 1 });
    off();
    expect(action).toMatchObject({
      state: 'queued',
      type: 'lock-port',
      position: 1,
      requestedBy: 'Oak technician',
      requestedAt: NOW.toISOString(),
      expiresAt: ago(-300).toISOString(),
    });
    expect(signals).toEqual([{ type: 'desired-state-changed', agentId: home.agentId, operatorId: oak.operatorId }]);
    const { rows } = await asOwner(api.database.ownerUrl, (sql) =>
      sql.query(
        'select verb, user_name, change, request_id is not null as traced from audit_entry where subject_id = $1',
        [home.gatewayId],
      ),
    );
    expect(rows).toContainEqual({
      verb: 'ask',
      user_name: 'Oak technician',
      change: { type: 'lock-port', position: 1, lifeSafetyConfirmed: false, overrideReason: null, overrode: null },
      traced: true,
    });
  });

  test.for<[string, PlantOptions, object, string]>([
    ['a port in a call', {}, { type: 'lock-port', position: 2 }, 'not-disturbable'],
    ['a lift phone without a word', {}, { type: 'reset-port', position: 3 }, 'not-disturbable'],
    ['a reboot during a call', {}, { type: 'reboot', lifeSafetyConfirmed: true }, 'not-disturbable'],
    ['what the driver cannot do', { actions: ['poll-now'] }, { type: 'reboot' }, 'unsupported-action'],
    ['behind a silent agent', { agentSeenAt: ago(91) }, {}, 'agent-silent'],
    [
      'a reading too old to know',
      { at: ago(121), agentSeenAt: ago(1) },
      { type: 'lock-port', position: 1 },
      'cannot-tell',
    ],
    ['a ringing port, whatever is said', { ports: RINGING }, { ...RESET, ...OVERRIDE }, 'not-disturbable'],
    ['on hook, by a model that cannot tell ringing', AUDIOCODES, RESET, 'cannot-tell'],
    ['on hook, by an older agent', { ...AUDIOCODES, ports: ON_HOOK }, { type: 'reboot' }, 'cannot-tell'],
    ['a reason too short to be one', AUDIOCODES, { ...RESET, overrideReason: '   because   ' }, 'invalid-input'],
    ['a gateway that may only be read', { canWrite: false }, RESET, 'no-write-access'],
    ['what an older agent only pretends', { actions: ['poll-now', 'identify'] }, IDENTIFY, 'unsupported-action'],
    ['locking what is locked', { ports: [{ state: { admin: 'locked' } }] }, LOCK, 'not-disturbable'],
    ['a port that is not there', {}, { type: 'lock-port', position: 40 }, 'not-found'],
    ['a port action without a port', {}, { type: 'lock-port' }, 'invalid-input'],
    ['a gateway action with a port', {}, { type: 'reboot', position: 1 }, 'invalid-input'],
    ['an action nobody knows', {}, { type: 'explode' }, 'invalid-input'],
  ])('%s is refused and leaves nothing behind', async ([, options, body, code]) => {
    const ids = await planted({
      ports: [{}, { state: { hook: 'off-hook', call: 'talking' } }, { device: 'lift-phone' }],
      ...options,
    });
    const problem = await problemOf(ask(ids.gatewayId, body));
    expect(problem.code).toBe(code);
    expect((await oak.viewer(endpoints.listActions, { query: { gatewayId: ids.gatewayId } })).total).toBe(0);
  });

  test('twice with one key is one action, also when the line is in use by then', async () => {
    const ids = await planted({});
    const idempotencyKey = randomUUID();
    const body = { type: 'reset-port', position: 1, idempotencyKey };
    const [first, second] = await Promise.all([ask(ids.gatewayId, body), ask(ids.gatewayId, body)]);
    expect(second).toEqual(first);
    await asOwner(api.database.ownerUrl, (sql) =>
      sql.query('update gateway_current set hook = array[1, 1]::smallint[] where gateway_id = $1', [ids.gatewayId]),
    );
    expect(await ask(ids.gatewayId, body)).toEqual(first);
    expect((await problemOf(ask(ids.gatewayId, { type: 'reset-port', position: 1 }))).code).toBe('not-disturbable');
    expect((await problemOf(ask(ids.gatewayId, { ...body, position: 2 }))).code).toBe('already-exists');
    expect((await oak.viewer(endpoints.listActions, { query: { gatewayId: ids.gatewayId } })).total).toBe(1);
  });
});

test('an override is stored with its reason, audited, shown in the history and sent to the agent', async () => {
  const ids = await planted({ ...AUDIOCODES, ports: [...ON_HOOK, { device: 'alarm-panel' }] });
  const asked = await ask(ids.gatewayId, { ...RESET, overrideReason: `  ${OVERRIDE.overrideReason} ` });
  const { overrideReason } = OVERRIDE;
  expect(asked).toMatchObject({ state: 'queued', overrideReason, overrode: 'idle-not-told', reasonCode: null });
  const { items } = await oak.viewer(endpoints.listActions, { query: { gatewayId: ids.gatewayId } });
  expect(items).toMatchObject([{ overrideReason, overrode: 'idle-not-told', requestedBy: 'Oak technician' }]);
  const { rows } = await asOwner(api.database.ownerUrl, (sql) =>
    sql.query('select user_name, change from audit_entry where subject_id = $1', [ids.gatewayId]),
  );
  expect(rows).toMatchObject([{ user_name: 'Oak technician', change: { overrideReason, overrode: 'idle-not-told' } }]);
  const { messages } = await api.app.get(DesiredStateRepository).pending(oak.operatorId, ids.agentId, NOW);
  const actions = messages.filter((message) => message.kind === 'action');
  expect(actions).toEqual([
    expect.objectContaining({
      actionId: asked.id,
      overrideReason,
      ports: [
        { position: 1, lineDeviceClass: 'phone', emergencyHold: false },
        { position: 2, lineDeviceClass: 'alarm-panel', emergencyHold: false },
      ],
    }),
  ]);
});

test('an emergency call that the gateway reported holds its lines for half an hour, in API and agent', async () => {
  const ids = await planted({ ports: [{}, {}] });
  const tell = (at: Date, position: number | null) =>
    asOwner(api.database.ownerUrl, (sql) =>
      sql.query(
        `insert into gateway_event (id, operator_id, site_id, gateway_id, at, received_at, kind, severity, "position", text, source, detail)
         values ($1, $2, $3, $4, $5, $5, 'emergency-call', 'major', $6, 'An emergency call.', 'trap', '{}')`,
        [randomUUID(), ids.operatorId, ids.siteId, ids.gatewayId, at, position],
      ),
    );
  const queued = await ask(ids.gatewayId, { type: 'lock-port', position: 1 });
  await tell(ago(1801), null);
  await tell(ago(1799), 2);
  expect((await problemOf(ask(ids.gatewayId, { type: 'lock-port', position: 2 }))).detail).toMatch(/emergency call/);
  expect((await problemOf(ask(ids.gatewayId, { type: 'reboot', ...OVERRIDE }))).detail).toMatch(/^Port 2: .*emergency/);
  await tell(ago(10), null);
  expect((await problemOf(ask(ids.gatewayId, { type: 'lock-port', position: 1 }))).detail).toMatch(/emergency call/);
  const { messages } = await api.app.get(DesiredStateRepository).pending(oak.operatorId, ids.agentId, NOW);
  const actions = messages.filter((message) => message.kind === 'action');
  expect(actions.find(({ actionId }) => actionId === queued.id)?.ports).toEqual([
    { position: 1, lineDeviceClass: 'phone', emergencyHold: true },
    { position: 2, lineDeviceClass: 'phone', emergencyHold: true },
  ]);
});

test('every caller is offered exactly the permitted actions', async () => {
  const params = (position: number) => ({ gatewayId: home.gatewayId, position });
  const refusals = async (position: number, who = oak.technician) =>
    Object.fromEntries(
      (await who(endpoints.getPortActions, { params: params(position) })).offers.map((offer) => [
        offer.type,
        offer.refusal?.code ?? null,
      ]),
    );
  // What the model cannot do, and unlocking what is not locked, are not offered.
  expect(await refusals(1)).toEqual({ 'lock-port': null, 'reset-port': null });
  expect(await refusals(2)).toEqual({ 'lock-port': 'off-hook', 'reset-port': 'off-hook' });
  expect(await refusals(3)).toMatchObject({ 'lock-port': 'life-safety-line' });
  expect(await refusals(4)).toMatchObject({ 'lock-port': null });
  expect(await refusals(1, oak.viewer)).toMatchObject({ 'lock-port': 'role' });
});

test('what is offered of a whole gateway', async () => {
  const offers = async ({ gatewayId }: Planted) =>
    (await oak.technician(endpoints.getGatewayActions, { params: { gatewayId } })).offers;
  expect(await offers(home)).toMatchObject([
    { type: 'poll-now', allowed: true, refusal: null },
    { type: 'reboot', allowed: false, refusal: { code: 'off-hook', position: 2 }, needsOverride: false },
  ]);
  const blind = await planted({ ...AUDIOCODES, ports: [...ON_HOOK, { device: 'lift-phone' }] });
  expect((await offers(blind))[1]).toMatchObject({
    allowed: false,
    refusal: { code: 'idle-not-told', position: 1, text: expect.stringMatching(/^Port 1: This model cannot tell/) },
    needsOverride: true,
    needsLifeSafetyConfirmation: true,
  });
  expect((await offers(await planted({ canWrite: false })))[1]).toMatchObject({
    refusal: { code: 'no-write-access', text: expect.stringMatching(/no write community/) },
    needsOverride: false,
  });
});

describe('taking back', () => {
  test('ends what nobody has begun, and leaves alone what has', async () => {
    const ids = await planted({});
    const action = await ask(ids.gatewayId, {});
    const params = { actionId: action.id };
    expect(await oak.technician(endpoints.cancelAction, { params })).toMatchObject({ state: 'cancelled' });
    const other = await ask(ids.gatewayId, {});
    await asOwner(api.database.ownerUrl, (sql) =>
      sql.query(`update action set state = 'running' where id = $1`, [other.id]),
    );
    expect(await oak.technician(endpoints.cancelAction, { params: { actionId: other.id } })).toMatchObject({
      state: 'running',
    });
  });
});

test('actions are listed newest first, of a port where one is named', async () => {
  const ids = await planted({ ports: [{}, {}] });
  const [first, second] = [
    await ask(ids.gatewayId, { type: 'lock-port', position: 1 }),
    await ask(ids.gatewayId, { type: 'lock-port', position: 2 }),
  ];
  const listed = await allPages((cursor) =>
    oak.viewer(endpoints.listActions, { query: { gatewayId: ids.gatewayId, limit: 1, ...cursor } }),
  );
  expect(listed.map((action) => action.id).sort()).toEqual([first.id, second.id].sort());
  const ofPort = await oak.viewer(endpoints.listActions, { query: { gatewayId: ids.gatewayId, position: 2 } });
  expect(ofPort.items.map((action) => action.id)).toEqual([second.id]);
});
