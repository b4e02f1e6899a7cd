import { afterEach, describe, expect, test } from 'vitest';
import { BerReader } from '../../wire/ber-reader.ts';
import { SnmpClient } from '../manager/client.ts';
import { encodeCommunityMessage, enterMessage, readCommunity } from '../../wire/community-message.ts';
import { type MibRequest, answer, encodeAnswer } from './mib-answer.ts';
import { PDU, encodeBindings, readPdu, readVarbinds } from '../../wire/pdu.ts';
import { SnmpResponder, type SnmpResponderOptions } from './responder.ts';
import { SortedMib } from './sorted-mib.ts';
import { AUTH_PRIV, ENGINE_ID, TABLE, V1, V2C, openPeer, tableVarbinds, targetAt } from '../../testing/fixtures.ts';
import type { InterceptedRequest, MibView, SnmpCredentials, SnmpVersion, VarBind } from '../../wire/types.ts';

const mib = new SortedMib([
  ...tableVarbinds(3, 2),
  { oid: '1.3.6.1.4.1.99999.2.0', value: { type: 'counter64', value: 5n } },
  { oid: '1.3.6.1.4.1.99999.3.0', value: { type: 'integer', value: 9 } },
]);

function request(kind: MibRequest['kind'], oids: string[], more: Partial<MibRequest> = {}): MibRequest {
  const varbinds = oids.map((oid): VarBind => ({ oid, value: { type: 'null' } }));
  return { kind, version: 'v2c', varbinds, nonRepeaters: 0, maxRepetitions: 0, ...more };
}

const names = (varbinds: VarBind[]): string[] =>
  varbinds.map(({ oid, value }) => (value.type === 'endOfMibView' ? `${oid} end` : oid));

describe('what an agent answers (RFC 3416 section 4.2)', () => {
  test.for([
    [`${TABLE}.1.9`, 'noSuchInstance'],
    [`${TABLE}.9.1`, 'noSuchObject'],
    ['1.3.6.1.9.9.0', 'noSuchObject'],
  ] as const)('get %s: %s', ([oid, type]) => {
    expect(answer(mib, request('get', [oid]), 100).varbinds).toEqual([{ oid, value: { type } }]);
  });

  test('getNext follows the arcs and ends', () => {
    const oids = [TABLE, `${TABLE}.1.3`, '1.3.6.1.4.1.99999.3.0'];
    expect(names(answer(mib, request('getNext', oids), 100).varbinds)).toEqual([
      `${TABLE}.1.1`,
      `${TABLE}.2.1`,
      '1.3.6.1.4.1.99999.3.0 end',
    ]);
  });

  test('getBulk: single ones first, then rows, each column to its own end', () => {
    const asked = request('getBulk', [`${TABLE}.1.2`, `${TABLE}.2`, '1.3.6.1.4.1.99999.2'], {
      nonRepeaters: 1,
      maxRepetitions: 3,
    });
    expect(names(answer(mib, asked, 100).varbinds)).toEqual([
      `${TABLE}.1.3`,
      `${TABLE}.2.1`,
      '1.3.6.1.4.1.99999.2.0',
      `${TABLE}.2.2`,
      '1.3.6.1.4.1.99999.3.0',
      `${TABLE}.2.3`,
      '1.3.6.1.4.1.99999.3.0 end',
    ]);
  });

  test('getBulk of nothing, of no repetitions and with invalid numbers', () => {
    expect(answer(mib, request('getBulk', [], { maxRepetitions: 9 }), 100).varbinds).toEqual([]);
    expect(answer(mib, request('getBulk', [TABLE]), 100).varbinds).toEqual([]);
    expect(answer(mib, request('getBulk', [TABLE], { nonRepeaters: -5, maxRepetitions: -5 }), 100).varbinds).toEqual(
      [],
    );
    expect(answer(mib, request('getBulk', [TABLE], { maxRepetitions: 0x7fffffff }), 100).varbinds).toHaveLength(9);
    expect(answer(mib, request('getBulk', [TABLE], { maxRepetitions: 0x7fffffff }), 4).varbinds).toHaveLength(4);
  });

  test('v1 has no Counter64: get fails, getNext skips it', () => {
    const version: SnmpVersion = 'v1';
    const asked = request('get', [`${TABLE}.1.1`, '1.3.6.1.4.1.99999.2.0'], { version });
    expect(answer(mib, asked, 100)).toEqual({ errorStatus: 2, errorIndex: 2, varbinds: asked.varbinds });
    const next = answer(mib, request('getNext', [`${TABLE}.2.3`], { version }), 100);
    expect(names(next.varbinds)).toEqual(['1.3.6.1.4.1.99999.3.0']);
    expect(answer(mib, request('getNext', ['1.3.6.1.4.1.99999.3.0'], { version }), 100).errorStatus).toBe(2);
  });

  test.for([
    ['v2c', 17],
    ['v1', 2],
  ] as const)('set of a read-only view as %s: %i', ([version, status]) => {
    expect(answer(mib, request('set', [TABLE], { version }), 100)).toMatchObject({
      errorStatus: status,
      errorIndex: 1,
    });
  });

  test('a view that throws gives genErr', () => {
    const broken: MibView = {
      get: () => {
        throw new Error('broken');
      },
      next: () => undefined,
    };
    expect(answer(broken, request('get', [TABLE]), 100).errorStatus).toBe(5);
  });

  test('an answer that does not fit: getBulk is truncated, get gets tooBig', () => {
    const bulk = request('getBulk', [TABLE], { maxRepetitions: 6 });
    const full = answer(mib, bulk, 100);
    const room = encodeBindings(full.varbinds.slice(0, 3)).length;
    const cut = encodeAnswer(bulk, full, room);
    expect(cut.errorStatus).toBe(0);
    expect(readVarbinds(new BerReader(cut.bindings).inside(0x30))).toEqual(full.varbinds.slice(0, 3));
    const get = request(
      'get',
      full.varbinds.map(({ oid }) => oid),
    );
    expect(encodeAnswer(get, answer(mib, get, 100), room)).toMatchObject({
      errorStatus: 1,
      bindings: encodeBindings([]),
    });
    expect(answer(mib, get, 5)).toEqual({ errorStatus: 1, errorIndex: 0, varbinds: [] });
  });
});

describe('a responder', () => {
  const closing: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const open of closing.splice(0)) await open.close();
  });
  async function start(override: Partial<SnmpResponderOptions> = {}) {
    const options = { view: mib, credentials: [V1, V2C, AUTH_PRIV], engineId: ENGINE_ID, ...override };
    const responder = new SnmpResponder(options);
    const client = new SnmpClient();
    closing.push(responder, client);
    const { port } = await responder.listen(0, '127.0.0.1');
    return { responder, client, port };
  }

  test('encodes anew when the view has changed, else answers from its cache', async () => {
    const changing = new SortedMib([{ oid: `${TABLE}.1.1`, value: { type: 'integer', value: 1 } }]);
    let lookups = 0;
    const view: MibView = {
      get revision() {
        return changing.revision;
      },
      get: (oid) => (lookups++, changing.get(oid)),
      next: (oid) => changing.next(oid),
    };
    const { client, port } = await start({ view });
    const read = async () => (await client.get(targetAt(port, V2C), [`${TABLE}.1.1`]))[0]?.value;
    expect([await read(), await read(), lookups]).toEqual([
      { type: 'integer', value: 1 },
      { type: 'integer', value: 1 },
      1,
    ]);
    changing.put(`${TABLE}.1.1`, { type: 'integer', value: 2 });
    expect([await read(), await read(), lookups]).toEqual([
      { type: 'integer', value: 2 },
      { type: 'integer', value: 2 },
      2,
    ]);
  });

  test('shows each authentic request to its interceptor', async () => {
    const seen: InterceptedRequest[] = [];
    const { client, port } = await start({ intercept: (asked) => (seen.push(asked), { delayMs: 1 }) });
    await client.get(targetAt(port, AUTH_PRIV), [`${TABLE}.1.1`]);
    await client.columns(targetAt(port, V2C), [TABLE]);
    expect(seen.slice(0, 2)).toMatchObject([
      { kind: 'get', version: 'v3', oids: [`${TABLE}.1.1`], from: { address: '127.0.0.1' } },
      { kind: 'getBulk', version: 'v2c', oids: [TABLE] },
    ]);
  });

  test.for([
    ['of another community', V2C, 'private', PDU.get],
    ['v1 where only v2c is listed', V1, 'public', PDU.get],
    ['that is no request', V2C, 'public', PDU.response],
    ['that is a trap', V2C, 'public', PDU.trap],
  ] as const)('is silent to a message %s', async ([, { version }, community, tag]) => {
    const { responder, port } = await start({ credentials: [V2C] });
    const peer = await openPeer(() => {
      throw new Error('answered');
    });
    closing.push(peer);
    const head = { tag, requestId: 1, errorStatus: 0, errorIndex: 0 };
    const bindings = encodeBindings([{ oid: TABLE, value: { type: 'null' } }]);
    peer.socket.send(encodeCommunityMessage(version === 'v1' ? 0 : 1, community, head, bindings), port, '127.0.0.1');
    await expect.poll(() => responder.counters).toEqual({ answered: 0, refused: 1, malformed: 0 });
  });

  test('survives noise', async () => {
    const { responder, client, port } = await start();
    const peer = await openPeer(() => {});
    closing.push(peer);
    for (const noise of ['', '30', '3003020101', '300a0201010406aabbccddeeff', '30050201030500']) {
      peer.socket.send(Buffer.from(noise, 'hex'), port, '127.0.0.1');
    }
    await expect.poll(() => responder.counters.malformed).toBe(5);
    expect(await client.get(targetAt(port, V2C), [`${TABLE}.1.1`])).toHaveLength(1);
  });

  test('keeps the request id of each of two equal requests', async () => {
    const { port } = await start();
    const ids: number[] = [];
    const peer = await openPeer((bytes) => {
      const reader = new BerReader(bytes);
      enterMessage(reader);
      readCommunity(reader);
      ids.push(readPdu(reader).requestId);
    });
    closing.push(peer);
    const bindings = encodeBindings([{ oid: `${TABLE}.1.1`, value: { type: 'null' } }]);
    for (const requestId of [-5, 77, 0x7fffffff]) {
      const head = { tag: PDU.get, requestId, errorStatus: 0, errorIndex: 0 };
      peer.socket.send(encodeCommunityMessage(1, 'public', head, bindings), port, '127.0.0.1');
    }
    await expect.poll(() => ids).toEqual([-5, 77, 0x7fffffff]);
  });

  test('names the port that is not available', async () => {
    const { port } = await start();
    const other = new SnmpResponder({ view: mib, credentials: [V2C], engineId: ENGINE_ID });
    closing.push(other);
    await expect(other.listen(port, '127.0.0.1')).rejects.toMatchObject({ code: 'unreachable' });
  });

  test('two addresses of the loopback network share a port', async () => {
    const addresses = ['127.0.3.1', '127.0.3.2'];
    const port = 21_085;
    for (const [i, address] of addresses.entries()) {
      const view = new SortedMib([{ oid: `${TABLE}.1.1`, value: { type: 'integer', value: i } }]);
      const responder = new SnmpResponder({ view, credentials: [V2C], engineId: ENGINE_ID });
      closing.push(responder);
      await responder.listen(port, address);
    }
    const client = new SnmpClient();
    closing.push(client);
    const read = (host: string) => client.get(targetAt(port, V2C, { host }), [`${TABLE}.1.1`]);
    const answers = await Promise.all(addresses.map(read));
    expect(answers.map(([varbind]) => varbind?.value)).toEqual([
      { type: 'integer', value: 0 },
      { type: 'integer', value: 1 },
    ]);
  });
});

describe('requesters with read access only', () => {
  const READ: SnmpCredentials = { version: 'v2c', community: 'read' };
  const closing: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const open of closing.splice(0)) await open.close();
  });

  test.for([
    ['a v1 community', { ...READ, version: 'v1' }, 'noSuchName', 1],
    ['a v2c community', READ, 'noAccess', 1],
    ['a v3 user', AUTH_PRIV, 'authorizationError', 0],
  ] as const)('%s reads, but a SET is refused and changes nothing', async ([, reader, errorStatus, errorIndex]) => {
    const written: VarBind[][] = [];
    const view: MibView = {
      get: (oid) => mib.get(oid),
      next: (oid) => mib.next(oid),
      set: (varbinds) => (written.push(varbinds), { errorStatus: 0, errorIndex: 0 }),
    };
    const writer: SnmpCredentials =
      reader.version === 'v3' ? { ...AUTH_PRIV, user: 'writer' } : { ...reader, community: 'write' };
    const responder = new SnmpResponder({
      view,
      credentials: [{ ...reader, readOnly: true }, writer],
      engineId: ENGINE_ID,
    });
    const client = new SnmpClient();
    closing.push(responder, client);
    const { port } = await responder.listen(0, '127.0.0.1');
    const order: VarBind[] = [{ oid: `${TABLE}.1.1`, value: { type: 'integer', value: 7 } }];
    expect(await client.get(targetAt(port, reader), [`${TABLE}.1.1`])).toHaveLength(1);
    const refused = client.set(targetAt(port, reader), order);
    await expect(refused).rejects.toMatchObject({ code: 'error-status', errorStatus, errorIndex });
    expect(written).toEqual([]);
    await client.set(targetAt(port, writer), order);
    expect(written).toEqual([order]);
  });
});
