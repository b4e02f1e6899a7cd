import { randomUUID } from 'node:crypto';
import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AgentSignals } from '../src/features/agents/agent-signals.ts';
import { allPages, problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { plant, type Planted, type PlantOptions } from './fleet.ts';
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

describe('asking', () => {
  test('is queued, told to whoever holds the agent, and written down', async () => {
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
    expect(signals).toEqual([{ type: 'action-created', agentId: home.agentId, operatorId: oak.operatorId }]);
    const { rows } = await asOwner(api.database.ownerUrl, (sql) =>
      sql.query(
        'select verb, user_name, change, request_id is not null as traced from audit_entry where subject_id = $1',
        [home.gatewayId],
      ),
    );
    expect(rows).toContainEqual({
      verb: 'ask',
      user_name: 'Oak technician',
      change: { type: 'lock-port', position: 1, lifeSafetyConfirmed: false },
      traced: true,
    });
  });

  test.for<[string, PlantOptions, object, string]>([
    ['a port in a call', {}, { type: 'lock-port', position: 2 }, 'not-disturbable'],
    ['a lift phone without a word', {}, { type: 'reset-port', position: 3 }, 'not-disturbable'],
    ['a reboot while somebody talks', {}, { type: 'reboot', lifeSafetyConfirmed: true }, 'not-disturbable'],
    ['what the driver cannot do', { actions: ['poll-now'] }, { type: 'reboot' }, 'unsupported-action'],
    ['behind a silent agent', { agentSeenAt: ago(91) }, {}, 'agent-silent'],
    [
      'a reading too old to know',
      { at: ago(121), agentSeenAt: ago(1) },
      { type: 'lock-port', position: 1 },
      'not-disturbable',
    ],
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

test('what is offered is what would be allowed, to whoever asks', async () => {
  const params = (position: number) => ({ gatewayId: home.gatewayId, position });
  const refusals = async (position: number, who = oak.technician) =>
    Object.fromEntries(
      (await who(endpoints.getPortActions, { params: params(position) })).offers.map((offer) => [
        offer.type,
        offer.refusal,
      ]),
    );
  expect(await refusals(1)).toEqual({
    'lock-port': null,
    'unlock-port': null,
    'reset-port': null,
    'line-test': 'unsupported',
  });
  expect(await refusals(2)).toMatchObject({ 'lock-port': 'off-hook', 'unlock-port': null });
  expect(await refusals(3)).toMatchObject({ 'lock-port': 'life-safety-line' });
  expect(await refusals(4)).toMatchObject({ 'lock-port': null });
  expect(await refusals(1, oak.viewer)).toMatchObject({ 'lock-port': 'role' });
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
