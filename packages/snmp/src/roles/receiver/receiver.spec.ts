import { afterEach, describe, expect, test } from 'vitest';
import { SnmpClient, sendNotification } from '../manager/client.ts';
import { SnmpError } from '../../wire/errors.ts';
import { encodeTrap } from '../manager/outgoing-notification.ts';
import { NotificationReceiver, type NotificationReceiverOptions } from './receiver.ts';
import { AUTH_PRIV, ENGINE_ID, V1, V2C, openPeer, targetAt } from '../../testing/fixtures.ts';
import type {
  Notification,
  OutgoingNotification,
  SnmpCredentials,
  UserCredentials,
  VarBind,
} from '../../wire/types.ts';

const door: VarBind = { oid: '1.3.6.1.4.1.99999.1.9.0', value: { type: 'integer', value: 1 } };
const trap: OutgoingNotification = { trapOid: '1.3.6.1.4.1.99999.2.0.7', uptimeTicks: 4711, varbinds: [door] };
const inform: OutgoingNotification = { ...trap, inform: true };
const SENDER = Buffer.from('80001f8804feedbeef', 'hex');
const engineAt = (boots: number, timeSeconds: number) => ({ engine: { engineId: SENDER, boots, timeSeconds } });

const closing: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const open of closing.splice(0)) await open.close();
});

async function start(override: Partial<NotificationReceiverOptions> = {}) {
  const seen: Notification[] = [];
  const refused: string[] = [];
  const receiver = new NotificationReceiver({
    engineId: ENGINE_ID,
    engineBoots: 2,
    communities: () => ['public'],
    users: () => [AUTH_PRIV],
    onNotification: (notification) => void seen.push(notification),
    onRefused: (reason, from) => {
      expect(from.address).toBe('127.0.0.1');
      refused.push(reason);
    },
    ...override,
  });
  closing.push(receiver);
  const { port } = await receiver.listen(0, '127.0.0.1');
  /** Sends the given octets and waits until they have been checked. */
  const deliver = async (...datagrams: Uint8Array[]): Promise<void> => {
    const peer = await openPeer(() => {});
    for (const bytes of datagrams) {
      const before = total(receiver);
      peer.socket.send(bytes, port, '127.0.0.1');
      await expect.poll(() => total(receiver)).toBeGreaterThan(before);
    }
    await peer.close();
  };
  return { seen, refused, receiver, port, deliver };
}

const total = ({ counters }: NotificationReceiver): number =>
  Object.values(counters).reduce((sum, count) => sum + count, 0);

describe('which senders are accepted', () => {
  const others: UserCredentials = { ...AUTH_PRIV, authPassphrase: 'guessed wrong', privPassphrase: 'guessed wrong' };
  const cases: [string, SnmpCredentials, string][] = [
    ['v1 of a listed community', V1, 'accepted'],
    ['v2c of a listed community', V2C, 'accepted'],
    ['v1 of another community', { ...V1, community: 'private' } as SnmpCredentials, 'unknown-community'],
    ['v2c of another community', { ...V2C, community: '' } as SnmpCredentials, 'unknown-community'],
    ['v3 of a listed user', AUTH_PRIV, 'accepted'],
    ['v3 of an empty user without authentication', { version: 'v3', user: '', level: 'noAuthNoPriv' }, 'unknown-user'],
    ['v3 of the listed user without authentication', { ...AUTH_PRIV, level: 'noAuthNoPriv' }, 'unsupported-level'],
    ['v3 of the listed user without encryption', { ...AUTH_PRIV, level: 'authNoPriv' }, 'unsupported-level'],
    ['v3 of another user', { ...AUTH_PRIV, user: 'unknown' }, 'unknown-user'],
    ['v3 with other passphrases', others, 'wrong-digest'],
    ['v3 with another encryption', { ...AUTH_PRIV, privPassphrase: 'guessed wrong' }, 'decryption-failed'],
  ];
  test.for(cases)('trap by %s: %s', async ([, credentials, outcome]) => {
    const { seen, receiver, deliver, refused } = await start();
    await deliver(encodeTrap(credentials, { ...trap, ...engineAt(1, 5) }));
    expect(receiver.counters).toEqual({ [outcome]: 1 });
    expect(seen).toHaveLength(outcome === 'accepted' ? 1 : 0);
    expect(refused).toEqual(outcome === 'accepted' ? [] : [outcome]);
  });

  test('a user may use a higher level than the listed one, where there are keys', async () => {
    const listed: UserCredentials = { ...AUTH_PRIV, level: 'authNoPriv' };
    const { seen, deliver } = await start({ users: () => [listed] });
    await deliver(
      encodeTrap(listed, { ...trap, ...engineAt(1, 5) }),
      encodeTrap(AUTH_PRIV, { ...trap, ...engineAt(1, 6) }),
    );
    expect(seen.map(({ securityLevel }) => securityLevel)).toEqual(['authNoPriv', 'authPriv']);
  });

  test('lists are read anew for each message', async () => {
    let communities = ['old'];
    const { seen, port, receiver } = await start({ communities: () => communities });
    const target = targetAt(port, { version: 'v2c', community: 'new' });
    await sendNotification(target, trap);
    await expect.poll(() => receiver.counters).toEqual({ 'unknown-community': 1 });
    communities = ['new'];
    await sendNotification(target, trap);
    await expect.poll(() => seen).toHaveLength(1);
  });
});

describe('the content of a notification', () => {
  test('of a v1 trap', async () => {
    const { seen, deliver } = await start();
    const v1 = { enterprise: '1.3.6.1.4.1.99999.2', generic: 6, specific: 7, agentAddress: '10.1.2.3' };
    await deliver(encodeTrap(V1, { ...trap, v1 }));
    expect(seen[0]).toMatchObject({
      version: 'v1',
      community: 'public',
      inform: false,
      trapOid: trap.trapOid,
      uptimeTicks: 4711,
    });
    expect(seen[0]?.varbinds).toContainEqual(door);
    expect(seen[0]?.varbinds).toContainEqual({ oid: '1.3.6.1.6.3.18.1.3.0', value: { type: 'ip', value: '10.1.2.3' } });
  });

  test('of a v3 trap', async () => {
    const { seen, deliver } = await start();
    await deliver(encodeTrap(AUTH_PRIV, { ...trap, ...engineAt(1, 5) }));
    expect(seen).toEqual([
      {
        from: { address: '127.0.0.1', port: expect.any(Number) },
        version: 'v3',
        user: 'operator',
        securityLevel: 'authPriv',
        engineId: SENDER.toString('hex'),
        inform: false,
        trapOid: trap.trapOid,
        uptimeTicks: 4711,
        varbinds: [door],
      },
    ]);
  });
});

describe('replays of v3 traps', () => {
  const at = (boots: number, timeSeconds: number): Uint8Array =>
    encodeTrap(AUTH_PRIV, { ...trap, ...engineAt(boots, timeSeconds) });

  test('the same octets again', async () => {
    const { receiver, deliver } = await start();
    const bytes = at(3, 100);
    await deliver(bytes, bytes, bytes);
    expect(receiver.counters).toEqual({ accepted: 1, replayed: 2 });
  });

  test('from before a restart, or older than the window', async () => {
    let nowMs = 0;
    const { receiver, deliver } = await start({ now: () => nowMs });
    const old = at(3, 1000);
    await deliver(at(2, 5000), at(3, 1000), at(2, 5001), at(3, 850), at(3, 849));
    expect(receiver.counters).toEqual({ accepted: 3, 'not-in-time-window': 2 });
    nowMs = 151_000;
    await deliver(old);
    expect(receiver.counters).toEqual({ accepted: 3, 'not-in-time-window': 3 });
  });

  test('a forged future time does not lock out the real sender', async () => {
    const { receiver, deliver } = await start();
    const forger: UserCredentials = { ...AUTH_PRIV, authPassphrase: 'guessed wrong' };
    await deliver(at(3, 100), encodeTrap(forger, { ...trap, ...engineAt(9, 100) }), at(3, 101));
    expect(receiver.counters).toEqual({ accepted: 2, 'wrong-digest': 1 });
  });

  test('each engine has its own time', async () => {
    const { receiver, deliver } = await start();
    const other = { engine: { engineId: Buffer.from('80001f880400000001', 'hex'), boots: 1, timeSeconds: 5 } };
    await deliver(at(3, 1000), encodeTrap(AUTH_PRIV, { ...trap, ...other }), at(3, 1001));
    expect(receiver.counters).toEqual({ accepted: 3 });
  });
});

describe('informs', () => {
  test.for([V2C, AUTH_PRIV])('$version: acknowledged only after the handler', async (credentials) => {
    let handled = false;
    const { port } = await start({
      onNotification: async () => {
        await new Promise((resolve) => setTimeout(resolve, 30));
        handled = true;
      },
    });
    await sendNotification(targetAt(port, credentials), inform);
    expect(handled).toBe(true);
  });

  test.for([V2C, AUTH_PRIV])('$version: repeats are handled once and all acknowledged', async (credentials) => {
    let handled = 0;
    const { port, receiver } = await start({
      onNotification: async () => {
        handled++;
        await new Promise((resolve) => setTimeout(resolve, 120));
      },
    });
    await sendNotification(targetAt(port, credentials, { timeoutMs: 50, retries: 10 }), inform);
    expect(handled).toBe(1);
    expect(receiver.counters['accepted']).toBe(1);
    expect(receiver.counters['repeated']).toBeGreaterThan(0);
  });

  test('a failed handler leaves the inform to be repeated', async () => {
    let tries = 0;
    const { port, receiver } = await start({
      onNotification: () => {
        if (++tries < 3) throw new Error('database is down');
      },
    });
    await sendNotification(targetAt(port, V2C, { timeoutMs: 50, retries: 5 }), inform);
    expect(receiver.counters).toMatchObject({ 'handler-failed': 2, accepted: 1 });
  });

  test('a sender with a wrong time gets our time', async () => {
    let nowMs = 0;
    const { port, receiver } = await start({ now: () => nowMs });
    const client = new SnmpClient({ now: () => 0 });
    closing.push(client);
    await client.notify(targetAt(port, AUTH_PRIV, { retries: 0 }), inform);
    nowMs = 3_600_000;
    await client.notify(targetAt(port, AUTH_PRIV, { retries: 0 }), { ...inform, uptimeTicks: 4712 });
    expect(receiver.counters).toEqual({ accepted: 2, discovery: 1, 'not-in-time-window': 1 });
  });

  test('refusals of v3 requests are reported', async () => {
    const { port } = await start();
    const outcome = async (change: Partial<UserCredentials>): Promise<unknown> =>
      sendNotification(targetAt(port, { ...AUTH_PRIV, ...change }, { retries: 0 }), inform).catch((error: unknown) =>
        error instanceof SnmpError ? error.code : error,
      );
    expect(await outcome({ user: 'unknown' })).toBe('unknown-user');
    expect(await outcome({ authPassphrase: 'guessed wrong' })).toBe('auth');
    expect(await outcome({ privPassphrase: 'guessed wrong' })).toBe('auth');
    expect(await outcome({ level: 'noAuthNoPriv' })).toBe('auth');
    expect(await outcome({})).toBeUndefined();
  });

  test('are not acknowledged to unknown senders', async () => {
    const { port, seen } = await start();
    const target = targetAt(port, { version: 'v2c', community: 'private' }, { timeoutMs: 80, retries: 0 });
    await expect(sendNotification(target, inform)).rejects.toMatchObject({ code: 'timeout' });
    expect(seen).toEqual([]);
  });
});

describe('bad input', () => {
  test.for([
    ['nothing', '', 'malformed'],
    ['text', Buffer.from('GET / HTTP/1.1').toString('hex'), 'malformed'],
    [
      'a v2c get',
      '3026020101040670 75626c6963a019020101020100020100300e300c06082b060102010103000500',
      'not-a-notification',
    ],
    ['a v2c trap without a trap OID', '3018020101040670 75626c6963a70b0201010201000201003000', 'no-trap-oid'],
    [
      'a v1 trap of generic 7',
      '3025020100040670 75626c6963a41806052b0601040140040a000001020107020100430101 3000',
      'malformed',
    ],
  ] as const)('%s', async ([, hex, reason]) => {
    const { receiver, deliver } = await start();
    await deliver(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
    expect(receiver.counters).toEqual({ [reason]: 1 });
  });

  test('a trap in the name of our own engine', async () => {
    const { receiver, deliver, seen } = await start();
    await deliver(encodeTrap(AUTH_PRIV, { ...trap, engine: { engineId: ENGINE_ID, boots: 2, timeSeconds: 0 } }));
    expect(receiver.counters).toEqual({ 'not-a-notification': 1 });
    expect(seen).toEqual([]);
  });

  test('a flood of notifications with a slow handler is limited', async () => {
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    let waiting = 0;
    const { receiver, port } = await start({ onNotification: () => (waiting++, gate) });
    const peer = await openPeer(() => {});
    closing.push(peer);
    const bytes = encodeTrap(V2C, trap);
    while (!receiver.counters['overloaded']) {
      peer.socket.send(bytes, port, '127.0.0.1');
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(waiting).toBe(2000);
    release();
    await expect.poll(() => receiver.counters['accepted']).toBe(2000);
  });

  test('an engine id of another length than RFC 3411 allows is refused', () => {
    const options = { communities: () => [], users: () => [], onNotification: () => {}, engineBoots: 1 };
    expect(() => new NotificationReceiver({ ...options, engineId: new Uint8Array(4) })).toThrow(SnmpError);
    expect(() => new NotificationReceiver({ ...options, engineId: new Uint8Array(33) })).toThrow(SnmpError);
  });
});
