import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SnmpClient } from './client.ts';
import { ERROR_STATUS } from '../../wire/errors.ts';
import { RequestSizer } from './request-size.ts';
import { SnmpResponder, type SnmpResponderOptions } from '../responder/responder.ts';
import { SortedMib } from '../responder/sorted-mib.ts';
import {
  AUTH_PRIV,
  ENGINE_ID,
  TABLE,
  V1,
  V2C,
  columnOids,
  openPeer,
  tableVarbinds,
  targetAt,
} from '../../testing/fixtures.ts';
import type { InterceptedRequest, Interception, Oid, SnmpCredentials, VarBind } from '../../wire/types.ts';

const credentials: SnmpCredentials[] = [V1, V2C, AUTH_PRIV];
const upTime: VarBind = { oid: '1.3.6.1.2.1.1.3.0', value: { type: 'timeticks', value: 100 } };
const all = tableVarbinds(24, 6);
const view = new SortedMib([upTime, ...all]);
const quick = { timeoutMs: 150, retries: 1 };
let client: SnmpClient;
const responders: SnmpResponder[] = [];

beforeAll(() => {
  client = new SnmpClient();
});
afterAll(async () => {
  for (const responder of responders) await responder.close();
  await client.close();
});

type Habit = (request: InterceptedRequest) => Interception;

async function startAgent(habit: Habit, override: Partial<SnmpResponderOptions> = {}) {
  const asked: InterceptedRequest[] = [];
  const intercept: Habit = (request) => {
    asked.push(request);
    return habit(request);
  };
  const responder = new SnmpResponder({ view, credentials, engineId: ENGINE_ID, intercept, ...override });
  responders.push(responder);
  const { port } = await responder.listen(0, '127.0.0.1');
  return { port, asked };
}

const refuse = (name: keyof typeof ERROR_STATUS, errorIndex: number): Interception => ({
  refuse: { errorStatus: ERROR_STATUS[name], errorIndex },
});
const valuesIn = ({ oids, repetitions }: InterceptedRequest) => oids.length * repetitions;

/** Habits of agents; with each of them, every value must be read. */
const HABITS: readonly (readonly [string, Habit, Partial<SnmpResponderOptions>?])[] = [
  ['answers everything', () => 'answer'],
  ['loses what does not fit into one packet', () => ({ loseBeyondBytes: 320 })],
  ['loses everything but single values', () => ({ loseBeyondBytes: 215 })],
  ['cuts its answers off', () => ({ cutAfterBytes: 320 })],
  ['answers twice', () => 'answer-twice'],
  ['never answers GETBULK', ({ kind }) => (kind === 'getBulk' ? 'drop' : 'answer')],
  ['never answers GETBULK of many', ({ repetitions }) => (repetitions > 5 ? 'drop' : 'answer')],
  ['refuses GETBULK with error index 0', ({ kind }) => (kind === 'getBulk' ? refuse('genErr', 0) : 'answer')],
  ['refuses GETBULK, blaming the first', ({ kind }) => (kind === 'getBulk' ? refuse('genErr', 1) : 'answer')],
  ['never answers GET of many', ({ kind, oids }) => (kind === 'get' && oids.length > 3 ? 'drop' : 'answer')],
  [
    'refuses GET of many, blaming the first',
    ({ kind, oids }) => (kind === 'get' && oids.length > 3 ? refuse('genErr', 1) : 'answer'),
  ],
  [
    'refuses large requests with error index 0',
    (request) => (valuesIn(request) > 4 ? refuse('resourceUnavailable', 0) : 'answer'),
  ],
  ['finds what is much too big', (request) => (valuesIn(request) > 6 ? refuse('tooBig', 0) : 'answer')],
  ['has room for three values', () => 'answer', { maxVarbinds: 3 }],
];

// Most of the time is spent waiting for answers that do not come.
describe.concurrent.each(credentials)('$version: an agent that', (asker) => {
  test.for(HABITS)('%s is read completely', async ([, habit, override]) => {
    const { port } = await startAgent(habit, override);
    const target = targetAt(port, asker, quick);
    const sizer = new RequestSizer();
    const table = await client.readColumns(target, columnOids(6), {}, sizer);
    expect(table.failures).toEqual([]);
    const cells = [...table.columns].flatMap(([column, values]) =>
      [...values].map(([suffix, value]) => ({ oid: `${column}.${suffix}`, value })),
    );
    expect(cells).toEqual(all);
    const oids = all.slice(0, 60).map(({ oid }) => oid);
    expect(await client.read(target, oids, sizer)).toEqual({ varbinds: all.slice(0, 60), failures: [] });
  });

  test.for([
    ['blames rightly', (bad: number) => bad + 1],
    ['names no varbind', () => 0],
    ['blames the last', (_bad: number, count: number) => count],
    ['blames the first', () => 1],
    ['blames one that was not asked', () => 200],
  ] as const)('cannot answer two objects and %s loses only these', async ([, index]) => {
    const bad = new Set([`${TABLE}.1.5`, `${TABLE}.3.9`]);
    const { port } = await startAgent(({ kind, oids }) => {
      const at = kind === 'get' ? oids.findIndex((oid) => bad.has(oid)) : -1;
      return at < 0 ? 'answer' : refuse('genErr', index(at, oids.length));
    });
    const oids = all.map(({ oid }) => oid);
    const { varbinds, failures } = await client.read(targetAt(port, asker, quick), oids);
    expect(varbinds).toEqual(all.filter(({ oid }) => !bad.has(oid)));
    expect(failures.map(({ oid }) => oid).sort()).toEqual([...bad]);
    expect(failures[0]?.error).toMatchObject({ code: 'error-status', errorStatus: 'genErr' });
  });

  test.for([['genErr'], ['tooBig'], ['drop']] as const)(
    'answers one cell of a table with %s loses only that cell',
    async ([how]) => {
      const bad = `${TABLE}.2.7`;
      const before = `${TABLE}.2.6`;
      const { port } = await startAgent(({ kind, oids, repetitions }) => {
        const touched =
          kind === 'get'
            ? oids.includes(bad)
            : oids.some((oid) => {
                const [column, row] = oid.slice(TABLE.length + 1).split('.');
                return column === '2' && Number(row ?? 0) <= 6 && Number(row ?? 0) + repetitions >= 7;
              });
        if (!touched) return 'answer';
        return how === 'drop' ? 'drop' : refuse(how, how === 'genErr' ? 1 : 0);
      });
      const { columns, failures } = await client.readColumns(targetAt(port, asker, quick), columnOids(6));
      expect(failures.map(({ oid }) => oid)).toEqual([bad]);
      expect(columns.get(`${TABLE}.2`)?.has('7')).toBe(false);
      expect(columns.get(`${TABLE}.2`)?.has(before.slice(TABLE.length + 3))).toBe(true);
      expect([...columns.values()].map((values) => values.size)).toEqual([24, 23, 24, 24, 24, 24]);
    },
  );

  test('answers nothing but its uptime cannot be read, and is not reported as silent', async () => {
    const { port } = await startAgent(({ oids }) => (oids.length === 1 && oids[0] === upTime.oid ? 'answer' : 'drop'));
    const target = targetAt(port, asker, quick);
    await expect(client.columns(target, columnOids(6))).rejects.toMatchObject({ code: 'not-answered' });
  });

  test('is absent is noticed by one attempt more than a single request makes', async () => {
    const { port, asked } = await startAgent(() => 'drop');
    await expect(client.columns(targetAt(port, asker, quick), columnOids(6))).rejects.toThrow();
    // The one more asks for less, as an agent may lose large answers alone.
    expect(asked).toHaveLength(2 + quick.retries);
  });
});

describe('v1', () => {
  test.for([
    ['no varbind', () => 0],
    ['the last', (oids: readonly Oid[]) => oids.length],
  ] as const)('objects that are not there, with %s blamed', async ([, index]) => {
    const { port } = await startAgent(({ kind, oids }) =>
      kind === 'get' && oids.some((oid) => view.get(oid) === undefined) ? refuse('noSuchName', index(oids)) : 'answer',
    );
    const missing = [`${TABLE}.9.1`, `${TABLE}.1.99`];
    const oids = [
      ...all.slice(0, 10).map(({ oid }) => oid),
      missing[0] as Oid,
      ...all.slice(10, 30).map(({ oid }) => oid),
      missing[1] as Oid,
    ];
    const { varbinds, failures } = await client.read(targetAt(port, V1, quick), oids);
    expect(failures).toEqual([]);
    expect(varbinds.filter(({ value }) => value.type === 'noSuchInstance').map(({ oid }) => oid)).toEqual(missing);
    expect(varbinds.filter(({ value }) => value.type !== 'noSuchInstance')).toEqual(all.slice(0, 30));
  });
});

describe('the request size of an agent', () => {
  test('is remembered: the second reading loses nothing and sends no request in vain', async () => {
    const { port, asked } = await startAgent(({ repetitions }) => (repetitions > 5 ? 'drop' : 'answer'));
    const target = targetAt(port, V2C, quick);
    const sizer = new RequestSizer();
    await client.readColumns(target, columnOids(6), {}, sizer);
    const again = new RequestSizer(JSON.parse(JSON.stringify(sizer.memory)));
    asked.length = 0;
    await client.readColumns(target, columnOids(6), {}, again);
    expect(asked.every(({ repetitions }) => repetitions <= 5)).toBe(true);
  });

  test('grows after a while, and the agent gets full requests again', async () => {
    let bears = 5;
    let nowMs = 1_000_000;
    const { port, asked } = await startAgent(({ repetitions }) => (repetitions > bears ? 'drop' : 'answer'));
    const target = targetAt(port, V2C, quick);
    const sizer = new RequestSizer(null, () => nowMs);
    await client.readColumns(target, columnOids(6), {}, sizer);
    expect(sizer.memory).not.toBeNull();
    bears = 100;
    for (let reading = 0; reading < 12; reading += 1) {
      nowMs += 700_000;
      await client.readColumns(target, columnOids(6), {}, sizer);
    }
    expect(Math.max(...asked.map(({ repetitions }) => repetitions))).toBe(25);
    asked.length = 0;
    await client.readColumns(target, columnOids(6), {}, sizer);
    expect(asked[0]?.repetitions).toBe(25);
  });

  test('is tested ever more rarely while it stays small', async () => {
    let nowMs = 1_000_000;
    const { port, asked } = await startAgent(({ kind }) => (kind === 'getBulk' ? refuse('genErr', 0) : 'answer'));
    const sizer = new RequestSizer(null, () => nowMs);
    const readings = 200;
    for (let reading = 0; reading < readings; reading += 1) {
      nowMs += 600_000;
      await client.readColumns(targetAt(port, V2C, quick), columnOids(1), {}, sizer);
    }
    // 200 readings in 33 hours.
    expect(asked.filter(({ kind }) => kind === 'getBulk').length).toBeLessThan(12);
  });
});

describe('why nothing is read', () => {
  test('answered from another address, and refused', async () => {
    const elsewhere = await openPeer(() => {});
    const { port: honest } = await startAgent(() => 'answer');
    const peer = await openPeer((request, _send) => {
      const relay = elsewhere.socket;
      relay.once('message', (answer) => relay.send(answer, clientPort, '127.0.0.1'));
      relay.send(request, honest, '127.0.0.1');
    });
    let clientPort = 0;
    peer.socket.prependListener('message', (_bytes, from) => {
      clientPort = from.port;
    });
    const target = targetAt(peer.port, V2C, { timeoutMs: 150, retries: 0 });
    await expect(client.get(target, [upTime.oid])).rejects.toMatchObject({
      code: 'other-address',
      message: expect.stringContaining(`from 127.0.0.1:${elsewhere.port}`),
    });
    await Promise.all([peer.close(), elsewhere.close()]);
  });

  test('slow is not silent: after a late answer, the next request waits longer', async () => {
    const { port } = await startAgent(() => ({ delayMs: 300 }));
    const target = targetAt(port, V2C, { timeoutMs: 60, retries: 1 });
    await expect(client.get(target, [upTime.oid])).rejects.toMatchObject({ code: 'timeout' });
    await new Promise((resolve) => setTimeout(resolve, 350));
    expect(await client.get(target, [upTime.oid])).toEqual([upTime]);
    expect((await client.columns(target, columnOids(2))).size).toBe(2);
  });
});
