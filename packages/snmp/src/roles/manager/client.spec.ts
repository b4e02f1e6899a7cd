import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { BerReader } from '../../wire/ber-reader.ts';
import { SnmpClient } from './client.ts';
import { encodeCommunityMessage, enterMessage, readCommunity } from '../../wire/community-message.ts';
import { ERROR_STATUS, SnmpError } from '../../wire/errors.ts';
import { PDU, encodeBindings, readPdu, readVarbinds } from '../../wire/pdu.ts';
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
import type { SnmpCredentials, VarBind } from '../../wire/types.ts';

const credentials: SnmpCredentials[] = [V1, V2C, AUTH_PRIV];
const all = tableVarbinds(24, 8);
let client: SnmpClient;
const responders: SnmpResponder[] = [];

beforeAll(() => {
  client = new SnmpClient();
});
afterAll(() => client.close());
afterEach(async () => {
  for (const responder of responders.splice(0)) await responder.close();
});

async function startAgent(override: Partial<SnmpResponderOptions> = {}): Promise<number> {
  const responder = new SnmpResponder({ view: new SortedMib(all), credentials, engineId: ENGINE_ID, ...override });
  responders.push(responder);
  return (await responder.listen(0, '127.0.0.1')).port;
}

async function collect(values: AsyncIterable<VarBind>): Promise<VarBind[]> {
  const collected: VarBind[] = [];
  for await (const value of values) collected.push(value);
  return collected;
}

const errorOf = async (action: Promise<unknown>): Promise<SnmpError> => {
  const error: unknown = await action.then(
    () => new Error('nothing was refused'),
    (failure: unknown) => failure,
  );
  if (error instanceof SnmpError) return error;
  throw error;
};

describe.each(credentials)('$version', (asker) => {
  test('reads columns, walks and gets the same values', async () => {
    const target = targetAt(await startAgent(), asker);
    const columns = await client.columns(target, columnOids(8), { maxRepetitions: 9 });
    const read = [...columns].flatMap(([column, values]) =>
      [...values].map(([suffix, value]) => ({ oid: `${column}.${suffix}`, value })),
    );
    expect(read).toEqual(all);
    expect(await collect(client.walk(target, TABLE))).toEqual(all);
    const some = all.slice(3, 100).toReversed();
    expect(
      await client.get(
        target,
        some.map(({ oid }) => oid),
      ),
    ).toEqual(some);
  });

  test('continues where a small agent truncates the answer or returns tooBig', async () => {
    const target = targetAt(await startAgent({ maxVarbinds: 7, maxBytes: 700 }), asker);
    const columns = await client.columns(target, columnOids(8));
    expect([...columns.values()].map((values) => values.size)).toEqual(Array(8).fill(24));
    expect(
      await client.get(
        target,
        all.map(({ oid }) => oid),
      ),
    ).toEqual(all);
  });

  test('a missing instance is reported as missing, in its place', async () => {
    const target = targetAt(await startAgent(), asker);
    const [first, missing, last] = await client.get(target, [`${TABLE}.1.1`, `${TABLE}.1.99`, `${TABLE}.1.2`]);
    expect(first?.value).toEqual({ type: 'integer', value: 1 });
    expect(missing).toEqual({ oid: `${TABLE}.1.99`, value: { type: 'noSuchInstance' } });
    expect(last?.value).toEqual({ type: 'integer', value: 2 });
  });

  test('an absent table is empty', async () => {
    const target = targetAt(await startAgent(), asker);
    expect(await client.columns(target, ['1.3.6.1.2.1.2.2.1.1'])).toEqual(
      new Map([['1.3.6.1.2.1.2.2.1.1', new Map()]]),
    );
    expect(await collect(client.walk(target, '2.1'))).toEqual([]);
  });

  test('sets, and reports the reason for a refusal', async () => {
    const mib = new SortedMib(all);
    const view = {
      get: (oid: string) => mib.get(oid),
      next: (oid: string) => mib.next(oid),
      set(varbinds: VarBind[]) {
        const wrong = varbinds.findIndex(({ value }) => value.type !== 'integer');
        if (wrong >= 0) return { errorStatus: ERROR_STATUS.wrongType, errorIndex: wrong + 1 };
        for (const { oid, value } of varbinds) mib.put(oid, value);
        return { errorStatus: 0, errorIndex: 0 };
      },
    };
    const target = targetAt(await startAgent({ view }), asker);
    const wanted: VarBind[] = [{ oid: `${TABLE}.1.1`, value: { type: 'integer', value: -5 } }];
    expect(await client.set(target, wanted)).toEqual(wanted);
    expect(mib.get(`${TABLE}.1.1`)).toEqual({ type: 'integer', value: -5 });
    const wrong: VarBind = { oid: `${TABLE}.1.2`, value: { type: 'null' } };
    expect(await errorOf(client.set(target, [...wanted, wrong]))).toMatchObject({
      code: 'error-status',
      errorStatus: asker.version === 'v1' ? 'badValue' : 'wrongType',
      errorIndex: 2,
    });
    const readOnly = targetAt(await startAgent(), asker);
    expect((await errorOf(client.set(readOnly, wanted))).code).toBe('error-status');
  });

  test('repeats a lost request', async () => {
    let lost = 0;
    const intercept = () => (++lost <= 2 ? ('drop' as const) : ('answer' as const));
    const target = targetAt(await startAgent({ intercept }), asker, { timeoutMs: 60, retries: 5 });
    expect(await client.get(target, [`${TABLE}.1.1`])).toHaveLength(1);
    expect(lost).toBe(3);
  });

  test.for([
    ['drop', 'timeout'],
    [{ corrupt: 'truncate' }, 'decode'],
    [{ corrupt: 'garbage' }, 'decode'],
    [{ corrupt: 'loop' }, 'not-increasing'],
  ] as const)('an agent set to %o ends in %s', async ([order, code]) => {
    const target = targetAt(await startAgent({ intercept: () => order }), asker, { timeoutMs: 80, retries: 1 });
    expect((await errorOf(client.columns(target, columnOids(8)))).code).toBe(code);
    expect((await errorOf(collect(client.walk(target, TABLE)))).code).toBe(code);
  });

  test('values of unexpected types come as they are', async () => {
    const target = targetAt(await startAgent({ intercept: () => ({ corrupt: 'wrong-type' }) }), asker);
    const columns = await client.columns(target, columnOids(1));
    expect(columns.get(`${TABLE}.1`)?.get('2')).toEqual({ type: 'octets', value: new TextEncoder().encode('2') });
  });
});

describe('bounds', () => {
  test('rows and values beyond the limit are refused', async () => {
    const target = targetAt(await startAgent(), V2C);
    expect((await errorOf(client.columns(target, columnOids(2), { rowsMax: 20 }))).code).toBe('limit');
    expect((await errorOf(collect(client.walk(target, TABLE, { valuesMax: 50 })))).code).toBe('limit');
  });

  test('an invalid OID and a v1 inform are refused before anything is sent', async () => {
    const target = targetAt(9, V2C);
    expect((await errorOf(client.get(target, ['sysName']))).code).toBe('limit');
    const inform = { trapOid: '1.3.6.1.4.1.1', uptimeTicks: 1, varbinds: [], inform: true };
    expect((await errorOf(client.notify(targetAt(9, V1), inform))).code).toBe('limit');
  });
});

describe('answers that do not match a request', () => {
  /** A v2c answer to a request, changed by the test. */
  function answerTo(
    request: Buffer,
    change: { id?: number; version?: number; tag?: number; varbinds?: VarBind[] },
  ): Buffer {
    const reader = new BerReader(request);
    const version = enterMessage(reader);
    const community = readCommunity(reader);
    const pdu = readPdu(reader);
    const question = readVarbinds(pdu.bindings);
    const varbinds =
      change.varbinds ?? question.map(({ oid }) => ({ oid, value: { type: 'integer', value: 7 } }) as const);
    const head = {
      tag: change.tag ?? PDU.response,
      requestId: pdu.requestId + (change.id ?? 0),
      errorStatus: 0,
      errorIndex: 0,
    };
    return encodeCommunityMessage(change.version ?? version, community, head, encodeBindings(varbinds));
  }
  const oid = `${TABLE}.1.1`;
  const seven: VarBind[] = [{ oid, value: { type: 'integer', value: 7 } }];
  const fast = { timeoutMs: 80, retries: 0 };

  test.for([
    ['another request id', { id: 1 }],
    ['another version', { version: 0 }],
    ['a request instead of a response', { tag: PDU.get }],
    ['a report', { tag: PDU.report }],
  ] as const)('%s is ignored', async ([, change]) => {
    const peer = await openPeer((request, send) => send(answerTo(request, change)));
    const before = client.counters.stray;
    expect((await errorOf(client.get(targetAt(peer.port, V2C, fast), [oid]))).code).toBe('timeout');
    expect(client.counters.stray).toBe(before + 1);
    await peer.close();
  });

  test('from another port, it is ignored, and the right one is still taken', async () => {
    const otherPeer = await openPeer(() => {});
    const peer = await openPeer((request, send) => {
      const forged = answerTo(request, { varbinds: [{ oid, value: { type: 'integer', value: 666 } }] });
      otherPeer.socket.send(forged, clientPort, '127.0.0.1', () => setTimeout(() => send(answerTo(request, {})), 30));
    });
    let clientPort = 0;
    peer.socket.prependListener('message', (_bytes, from) => {
      clientPort = from.port;
    });
    expect(await client.get(targetAt(peer.port, V2C), [oid])).toEqual(seven);
    await Promise.all([peer.close(), otherPeer.close()]);
  });

  test('twice, it is taken once', async () => {
    const peer = await openPeer((request, send) => {
      send(answerTo(request, {}));
      send(answerTo(request, { varbinds: [] }));
    });
    expect(await client.get(targetAt(peer.port, V2C), [oid])).toEqual(seven);
    await peer.close();
  });

  test.for([
    ['of another OID', [{ oid: `${TABLE}.1.2`, value: { type: 'integer', value: 7 } }]],
    ['of an OID below', [{ oid: `${oid}.0`, value: { type: 'integer', value: 7 } }]],
    ['with too few values', []],
    ['with too many values', [...seven, ...seven]],
  ] as [string, VarBind[]][])('%s is an error, not a value', async ([, varbinds]) => {
    const peer = await openPeer((request, send) => send(answerTo(request, { varbinds })));
    expect((await errorOf(client.get(targetAt(peer.port, V2C), [oid]))).code).toBe('decode');
    expect((await errorOf(client.set(targetAt(peer.port, V2C), seven))).code).toBe('decode');
    await peer.close();
  });

  test('in another order, it is refused: each value is requested alone', async () => {
    const peer = await openPeer((request, send) => {
      const reader = new BerReader(request);
      enterMessage(reader);
      readCommunity(reader);
      const asked = readVarbinds(readPdu(reader).bindings).map(({ oid: name }) => name);
      send(answerTo(request, { varbinds: all.filter((one) => asked.includes(one.oid)).toReversed() }));
    });
    const oids = [oid, `${TABLE}.1.2`];
    const values = await client.get(targetAt(peer.port, V2C, fast), oids);
    expect(values).toEqual([all[0], all[1]]);
    await peer.close();
  });

  test('noise is counted and ignored', async () => {
    const peer = await openPeer((request, send) => {
      send(Buffer.from('hello'));
      send(new Uint8Array(0));
      send(answerTo(request, {}));
    });
    const before = client.counters.malformed;
    expect(await client.get(targetAt(peer.port, V2C), [oid])).toEqual(seven);
    expect(client.counters.malformed).toBe(before + 2);
    await peer.close();
  });
});

describe('unreachable peers', () => {
  test('no process on the port', async () => {
    const peer = await openPeer(() => {});
    await peer.close();
    const target = targetAt(peer.port, V2C, { timeoutMs: 50, retries: 1 });
    expect((await errorOf(client.get(target, [TABLE]))).code).toBe('timeout');
  });

  test.for([
    ['a name that does not resolve', { host: 'no-such-host.invalid' }],
    ['a network that is not routed', { host: '255.255.255.255' }],
  ] as const)('%s', async ([, override]) => {
    const target = targetAt(161, V2C, { timeoutMs: 5000, retries: 0, ...override });
    expect((await errorOf(client.get(target, [TABLE]))).code).toBe('unreachable');
  });

  test('a local address that does not exist', async () => {
    const elsewhere = new SnmpClient({ bindAddress: '192.0.2.1' });
    expect((await errorOf(elsewhere.get(targetAt(161, V2C), [TABLE]))).code).toBe('unreachable');
    await elsewhere.close();
  });

  test('a closed client ends waiting requests and accepts no further ones', async () => {
    const peer = await openPeer(() => {});
    const closing = new SnmpClient();
    const waiting = errorOf(closing.get(targetAt(peer.port, V2C, { timeoutMs: 60_000 }), [TABLE]));
    await new Promise((resolve) => peer.socket.once('message', resolve));
    await closing.close();
    expect((await waiting).code).toBe('closed');
    expect((await errorOf(closing.get(targetAt(peer.port, V2C), [TABLE]))).code).toBe('closed');
    await closing.close();
    await peer.close();
  });
});

test('many gateways are polled at once through one socket', async () => {
  const ports = await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      startAgent({ view: new SortedMib([{ oid: `${TABLE}.1.1`, value: { type: 'integer', value: i } }]) }),
    ),
  );
  const answers = await Promise.all(ports.map((port) => client.get(targetAt(port, V2C), [`${TABLE}.1.1`])));
  expect(answers.map(([varbind]) => varbind?.value)).toEqual(ports.map((_, i) => ({ type: 'integer', value: i })));
});

test('over IPv6, however the address is written', async () => {
  const responder = new SnmpResponder({ view: new SortedMib(all), credentials, engineId: ENGINE_ID });
  responders.push(responder);
  const { port } = await responder.listen(0, '::1');
  const target = targetAt(port, V2C, { host: '0:0:0:0:0:0:0:1' });
  expect(await client.get(target, [`${TABLE}.1.1`])).toEqual([all[0]]);
});
