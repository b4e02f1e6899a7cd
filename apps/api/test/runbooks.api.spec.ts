import { randomUUID } from 'node:crypto';
import { endpoints, type RunbookRun } from '@loopstart/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { plant, type Planted, type PlantOptions } from './fleet.ts';
import { plantIncident } from './incident.ts';
import { asOwner } from './postgres.ts';

const START = new Date('2026-11-23T12:00:00Z').getTime();
let now = START;
const ago = (seconds: number) => new Date(now - seconds * 1000);

let api: TestApp;
let oak: TestOperator;
let elm: TestOperator;
beforeAll(async () => {
  api = await startApp({ clock: () => now });
  oak = await api.operator('Oak');
  elm = await api.operator('Elm');
});
afterAll(() => api.close());

const planted = (options: PlantOptions = {}): Promise<Planted> =>
  plant(api.database.ownerUrl, oak.operatorId, { at: ago(5), agentSeenAt: ago(1), actions: ['line-test'], ...options });
const start = (gatewayId: string, body: object = {}, position = 1, who = oak.technician): Promise<RunbookRun> =>
  who(endpoints.startRunbook, {
    params: { gatewayId, position },
    body: { symptom: 'no-dial-tone', idempotencyKey: randomUUID(), ...body },
  });
const again = (run: RunbookRun, who = oak.viewer) => who(endpoints.getRunbook, { params: { runId: run.id } });
const endAction = (id: string | null, state: string, reason: string | null, result: object) =>
  asOwner(api.database.ownerUrl, (sql) =>
    sql.query('update action set state = $2, reason = $3, result = $4 where id = $1', [
      id,
      state,
      reason,
      JSON.stringify(result),
    ]),
  );
const valueOf = (run: RunbookRun, key: string) => run.evidence.find((item) => item.key === key)?.value;

describe('a line that may be tested', () => {
  test('is tested, weighed when the test is over, and noted in its incident', async () => {
    const ids = await planted();
    const { incidentId } = await plantIncident(api.database.ownerUrl, ids, ago(60));
    const run = await start(ids.gatewayId, { incidentId });
    expect(run).toMatchObject({ state: 'gathering', next: null, incidentId, lineTest: { state: 'running' } });
    expect(valueOf(run, 'registration')).toBe('registered');
    expect((await again(run)).state).toBe('gathering');
    await endAction(run.lineTest.actionId, 'failed', 'The gateway says that it failed.', { lineVoltageV: 3 });
    const done = await again(run);
    expect(done).toMatchObject({ state: 'done', lineTest: { state: 'done' } });
    expect(valueOf(done, 'lineTestPassed')).toBe(false);
    expect(valueOf(done, 'lineVoltageV')).toBe(3);
    expect(valueOf(done, 'widerTrouble')).toBe('Gateway unreachable');
    expect(done.hypotheses[0]?.id).toBe('wider-trouble');
    const incident = await oak.viewer(endpoints.getIncident, { params: { incidentId } });
    expect(incident.timeline.filter(({ kind }) => kind === 'runbook')).toHaveLength(1);
    expect((await again(run)).finishedAt).toBe(done.finishedAt);
  });

  test.for<[string, object, string, boolean | null | undefined]>([
    ['0 V on hook', { lineVoltageV: 0, hook: 'on-hook', outcome: 'done' }, 'fail', false],
    ['48 V on hook', { lineVoltageV: 48.1, hook: 'on-hook', outcome: 'done' }, 'pass', true],
    ['a lifted receiver', { lineVoltageV: 7, hook: 'off-hook', outcome: 'done' }, 'inconclusive', null],
    ['nothing measured', { hook: 'on-hook', outcome: 'done' }, 'not-measurable', null],
  ])('%s is judged once, for the runbook and for the list of actions', async ([, result, verdict, passed]) => {
    const ids = await planted();
    const run = await start(ids.gatewayId);
    await endAction(run.lineTest.actionId, 'succeeded', null, result);
    const done = await again(run);
    expect(valueOf(done, 'lineTestPassed')).toBe(passed);
    const { items } = await oak.viewer(endpoints.listActions, { query: { gatewayId: ids.gatewayId } });
    expect(items[0]?.lineTest).toMatchObject({ verdict, text: valueOf(done, 'lineTestText') });
    expect(items[0]?.lineTest?.testedAt).toBe(items[0]?.updatedAt);
  });

  test('is not waited for longer than a minute', async () => {
    const run = await start((await planted()).gatewayId);
    now += 61_000;
    try {
      expect(await again(run)).toMatchObject({
        state: 'done',
        lineTest: { state: 'failed', reason: 'The line test did not end within a minute.' },
      });
    } finally {
      now = START;
    }
  });
});

describe('a line that must be left alone', () => {
  test.for<[string, PlantOptions, object, RegExp]>([
    ['a call is in progress', { ports: [{ state: { hook: 'off-hook', call: 'talking' } }] }, {}, /off the hook/],
    ['a lift phone without a word', { ports: [{ device: 'lift-phone' }] }, {}, /lift phone/],
    [
      'the model cannot tell whether it rings',
      { ports: [{ state: { call: null } }], idleEvidence: null },
      {},
      /cannot tell whether a line is idle/,
    ],
    ['the gateway has no line test', { actions: ['poll-now'] }, {}, /cannot do that by SNMP/],
    ['nobody asked for it', {}, { lineTest: false }, /not asked for/],
    ['the agent is silent', { agentSeenAt: ago(100), at: ago(100) }, {}, /not connected/],
  ])('%s: the rest is weighed all the same', async ([, options, body, reason]) => {
    const run = await start((await planted(options)).gatewayId, body);
    expect(run.state).toBe('done');
    expect(run.lineTest.state).toBe('not-run');
    expect(run.lineTest.reason).toMatch(reason);
    expect(run.next).not.toBeNull();
    expect(valueOf(run, 'lineTestPassed')).toBeUndefined();
  });

  test('in a call no step interrupts it', async () => {
    const ids = await planted({ ports: [{ state: { hook: 'off-hook', call: 'talking', fault: 'ground-fault' } }] });
    expect(await start(ids.gatewayId)).toMatchObject({ busy: true, next: { disturbs: false } });
  });

  test('a lift phone is tested when a person on site agrees', async () => {
    const ids = await planted({ ports: [{ device: 'lift-phone' }] });
    expect(await start(ids.gatewayId, { lifeSafetyConfirmed: true })).toMatchObject({ lineTest: { state: 'running' } });
  });
});

test('what is behind a silent agent is unknown, with the reason', async () => {
  const run = await start((await planted({ agentSeenAt: ago(100), at: ago(100) })).gatewayId);
  expect(run.evidence.find(({ key }) => key === 'hook')).toMatchObject({ value: null, reason: 'agent-silent' });
  expect(run.next?.text).toMatch(/cannot be read/);
});

test('one key is one run; for another line or symptom it is refused', async () => {
  const ids = await planted({ ports: [{}, {}] });
  const idempotencyKey = randomUUID();
  const [first, second] = await Promise.all([
    start(ids.gatewayId, { idempotencyKey }),
    start(ids.gatewayId, { idempotencyKey }),
  ]);
  expect(second.id).toBe(first.id);
  expect((await problemOf(start(ids.gatewayId, { idempotencyKey }, 2))).code).toBe('already-exists');
  expect((await problemOf(start(ids.gatewayId, { idempotencyKey, symptom: 'no-ring' }))).code).toBe('already-exists');
  const list = await oak.viewer(endpoints.listRunbooks, { query: { gatewayId: ids.gatewayId } });
  expect(list).toMatchObject({ total: 1, items: [{ id: first.id }] });
});

describe('who may', () => {
  test('a viewer reads and does not start', async () => {
    const ids = await planted();
    expect((await problemOf(start(ids.gatewayId, {}, 1, oak.viewer))).code).toBe('not-allowed');
    expect((await oak.viewer(endpoints.listRunbooks, { query: { gatewayId: ids.gatewayId } })).items).toEqual([]);
  });

  test('another operator sees nothing of it, and its incidents cannot be named', async () => {
    const ids = await planted();
    const run = await start(ids.gatewayId);
    expect((await problemOf(again(run, elm.viewer))).code).toBe('not-found');
    expect((await problemOf(start(ids.gatewayId, {}, 1, elm.technician))).code).toBe('not-found');
    const theirs = await plant(api.database.ownerUrl, elm.operatorId, { at: ago(5) });
    const { incidentId } = await plantIncident(api.database.ownerUrl, theirs, ago(60));
    expect((await problemOf(start(ids.gatewayId, { incidentId }))).code).toBe('not-found');
    expect((await elm.viewer(endpoints.listRunbooks, { query: { gatewayId: ids.gatewayId } })).total).toBe(0);
  });

  test.for<[string, object, number, string]>([
    ['a port that is not there', {}, 40, 'not-found'],
    ['a symptom nobody knows', { symptom: 'smells' }, 1, 'invalid-input'],
    ['no key', { idempotencyKey: undefined }, 1, 'invalid-input'],
  ])('%s is refused', async ([, body, position, code]) => {
    expect((await problemOf(start((await planted()).gatewayId, body, position))).code).toBe(code);
  });
});
