import { randomUUID } from 'node:crypto';
import type { CallStep } from '@loopstart/contracts';
import { beforeEach, describe, expect, test } from 'vitest';
import { inventoryOf, itemOf, rowsOf, stepOf, useIngest } from '../../../test/ingest.ts';

const NOW = Date.now();
const HOUR = 3_600_000;

const setting = useIngest(() => NOW);
let gatewayId: string;

beforeEach(async () => {
  gatewayId = randomUUID();
  await commit(setting.stream.say('inventory', inventoryOf(gatewayId, [1, 2])));
});

const commit = (...messages: Parameters<typeof itemOf>[1][]) =>
  setting.ingest.committer.commit(messages.map((message) => itemOf(setting.agent.agentId, message, NOW)));
const say = (...steps: CallStep[]) => commit(setting.stream.say('calls', { calls: steps }));
const stored = () =>
  rowsOf<Record<string, unknown>>(
    setting.database.ownerUrl,
    `select call_key, phases, "position", dialled, talk_ms::float8 as talk_ms, cause, nulls, started_at is not null as started,
       (extract(epoch from started_at) * 1000)::float8 as started_at, (extract(epoch from ended_at) * 1000)::float8 as ended_at, mos
     from call_record where gateway_id = $1 order by at`,
    [gatewayId],
  );

const start = (part: Partial<CallStep> = {}) =>
  stepOf(gatewayId, NOW - 60_000, { dialled: '9123', position: 2, nulls: {}, ...part });
const connect = (part: Partial<CallStep> = {}) =>
  stepOf(gatewayId, NOW - 50_000, { phase: 'connect', position: 2, nulls: {}, ...part });
const end = (part: Partial<CallStep> = {}) =>
  stepOf(gatewayId, NOW - 10_000, { phase: 'end', talkMs: 40_000, cause: 'NORMAL', position: 2, nulls: {}, ...part });

describe('steps of one call are one row', () => {
  const expected = [
    expect.objectContaining({
      phases: 7,
      position: 2,
      dialled: '9123',
      talk_ms: 40_000,
      cause: 'NORMAL',
      started_at: NOW - 60_000,
      ended_at: NOW - 10_000,
    }),
  ];

  test.for([
    ['in one message', () => [[start(), connect(), end()]]],
    ['in three', () => [[start()], [connect()], [end()]]],
    ['the start late', () => [[connect()], [end()], [start()]]],
    ['the end first', () => [[end()], [start()], [connect()]]],
    ['each twice', () => [[start(), start()], [connect()], [connect(), end()], [end()]]],
  ] as const)('%s', async ([, messages]) => {
    for (const steps of messages()) await say(...steps);
    expect(await stored()).toEqual(expected);
  });

  test('a message that is sent again has no effect', async () => {
    const message = setting.stream.say('calls', { calls: [start(), end()] });
    await commit(message);
    await commit(message);
    expect(await stored()).toHaveLength(1);
  });
});

describe('what is not known is not made up', () => {
  test('an end without a start has no beginning in our clock unless the gateway gives one', async () => {
    await say(end({ talkMs: null, nulls: { talkMs: 'unit-not-known' } }));
    expect(await stored()).toEqual([
      expect.objectContaining({ phases: 4, started: false, talk_ms: null, nulls: { talkMs: 'unit-not-known' } }),
    ]);
  });

  test('with the clock of the gateway a year off, the call began as long before its end as that clock says', async () => {
    const year = 365 * 24 * HOUR;
    await say(end({ gatewaySetupAt: NOW - year - 70_000, gatewayReleaseAt: NOW - year - 10_000 }));
    expect(await stored()).toEqual([expect.objectContaining({ started_at: NOW - 70_000, ended_at: NOW - 10_000 })]);
  });

  test('a start without an end stays without one', async () => {
    await say(start());
    expect(await stored()).toEqual([expect.objectContaining({ phases: 1, talk_ms: null, ended_at: null })]);
  });
});

describe('another call under the same key', () => {
  test('after a restart of the gateway, by its time of setup', async () => {
    await say(
      start({ gatewaySetupAt: NOW - 60_000 }),
      start({ at: NOW - 20_000, gatewaySetupAt: NOW - 20_000, dialled: '9777' }),
    );
    await say(end({ gatewaySetupAt: NOW - 60_000 }));
    expect(await stored()).toMatchObject([
      { phases: 5, dialled: '9123' },
      { phases: 1, dialled: '9777' },
    ]);
  });

  test('without times, a start after the end is a new call', async () => {
    await say(start(), end(), start({ at: NOW - 5_000, dialled: '9777' }));
    expect(await stored()).toMatchObject([{ dialled: '9123' }, { dialled: '9777', phases: 1 }]);
  });
});

test('a call of a line is found by the number that people gave the line', async () => {
  await rowsOf(setting.database.ownerUrl, `update port set number = '02-02' where gateway_id = $1 and "position" = 1`, [
    gatewayId,
  ]);
  await say(start({ position: null, lineNumber: '0202', nulls: { position: 'base-not-known' } }));
  expect(await stored()).toMatchObject([{ position: 1, nulls: {} }]);
});

test('a gateway of another agent is refused, and the rest counts', async () => {
  const foreign = randomUUID();
  const outcomes = await say(start(), stepOf(foreign, NOW));
  expect(outcomes.flatMap(({ rejections }) => rejections)).toHaveLength(1);
  expect(await stored()).toHaveLength(1);
});

test('a step from before what is kept is refused', async () => {
  const outcomes = await say(start({ at: NOW - 9 * 24 * HOUR }));
  expect(outcomes.flatMap(({ rejections }) => rejections)[0]?.rejection.code).toBe('time-out-of-range');
  expect(await stored()).toEqual([]);
});

test('the gateway is known to send records from its first one on', async () => {
  const sources = () =>
    rowsOf(setting.database.ownerUrl, 'select gateway_id from call_source where gateway_id = $1', [gatewayId]);
  expect(await sources()).toEqual([]);
  await say(start());
  expect(await sources()).toHaveLength(1);
});
