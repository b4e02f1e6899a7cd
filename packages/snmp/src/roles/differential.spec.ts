import { createSocket } from 'node:dgram';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINE_ID, TABLE, tableVarbinds, targetAt, V1, V2C } from '../testing/fixtures.ts';
import {
  library,
  libraryGet,
  libraryNotify,
  librarySession,
  libraryUser,
  libraryWalk,
  ourText,
  type LibraryAgent,
  type LibraryNotification,
  type LibraryReceiver,
} from '../testing/net-snmp-library.ts';
import { named, user } from '../testing/net-snmp-tools.ts';
import type { Notification, UserCredentials } from '../wire/types.ts';
import { sendNotification, SnmpClient } from './manager/client.ts';
import { encodeTrap } from './manager/outgoing-notification.ts';
import { NotificationReceiver } from './receiver/receiver.ts';
import { SnmpResponder } from './responder/responder.ts';
import { SortedMib } from './responder/sorted-mib.ts';

/**
 * Manager, agent and receiver against the npm library net-snmp, which has its own BER, PDUs and USM: each reads what
 * the other writes. The last part records where the two differ, which is why the library is a test peer and not a
 * dependency of the product (docs/decisions/0003).
 */
/** Without DES: the library uses OpenSSL for it, which no longer provides it. */
const USERS: UserCredentials[] = [
  user('md5aes', 'md5', 'aes128'),
  user('sha1aes', 'sha1', 'aes128'),
  user('sha256aes', 'sha256', 'aes128'),
  user('sha512aes256', 'sha512', 'aes256', { privKeyExtension: 'blumenthal' }),
  user('sha256only', 'sha256', 'aes128', { level: 'authNoPriv' }),
];
const TRAP_OID = '1.3.6.1.4.1.99999.2.0.7';
const AGENT_PORT = 21_081;
const RECEIVER_PORT = 21_082;
const END = { oid: '1.3.6.1.4.1.99999.9.0', value: { type: 'integer', value: 1 } } as const;

const content = (text: string) => [
  { oid: '1.3.6.1.4.1.99999.1.9.0', value: { type: 'octets', value: new TextEncoder().encode(text) } } as const,
];

describe("our agent and the library's manager", () => {
  const varbinds = tableVarbinds(24, 8);
  const credentials = [V1, V2C, ...USERS];
  const view = new SortedMib([...varbinds, END]);
  const responder = new SnmpResponder({ view, credentials, engineId: ENGINE_ID, engineBoots: 3 });
  const client = new SnmpClient();
  let port = 0;
  beforeAll(async () => {
    ({ port } = await responder.listen(0, '127.0.0.1'));
  });
  afterAll(async () => {
    await client.close();
    await responder.close();
  });

  test.for(named(credentials))('$name: both managers read the same', async ({ credentials: mine }) => {
    const session = librarySession(port, mine);
    const target = targetAt(port, mine);
    const oids = [`${TABLE}.1.5`, `${TABLE}.2.5`, `${TABLE}.4.7`];
    const ours: string[] = [];
    for await (const varbind of client.walk(target, TABLE)) ours.push(ourText(varbind));
    expect(await libraryGet(session, oids)).toEqual((await client.get(target, oids)).map(ourText));
    expect(await libraryWalk(session, TABLE)).toEqual(ours);
    expect(ours).toEqual(varbinds.map(ourText));
    session.close();
  });
});

describe("our manager and the library's agent", () => {
  const client = new SnmpClient();
  let agent: LibraryAgent;
  beforeAll(() => {
    const readWrite = library.MaxAccess['read-write'];
    const { Integer, OctetString } = library.ObjectType;
    agent = library.createAgent({ port: AGENT_PORT, address: '127.0.0.1' }, () => undefined);
    agent.getAuthorizer().addCommunity('public');
    for (const one of USERS) agent.getAuthorizer().addUser(libraryUser(one));
    agent.getMib().registerProvider({
      name: 'lines',
      type: library.MibProviderType['Table'],
      oid: '1.3.6.1.4.1.99999.3.1',
      maxAccess: library.MaxAccess['not-accessible'],
      tableColumns: [
        { number: 1, name: 'lineIndex', type: Integer, maxAccess: readWrite },
        { number: 2, name: 'lineName', type: OctetString, maxAccess: readWrite },
      ],
      tableIndex: [{ columnName: 'lineIndex' }],
    });
    for (let row = 1; row <= 24; row++) agent.getMib().addTableRow('lines', [row, `line ${row}`]);
  });
  afterAll(async () => {
    agent.close();
    await client.close();
  });

  test.for(named([V1, V2C, ...USERS]))('$name: gets, reads columns and sets', async ({ name, credentials }) => {
    const target = targetAt(AGENT_PORT, credentials);
    const entry = '1.3.6.1.4.1.99999.3.1';
    const columns = await client.columns(target, [`${entry}.1`, `${entry}.2`]);
    expect([...columns.values()].map(({ size }) => size)).toEqual([24, 24]);
    const value = { type: 'octets', value: new TextEncoder().encode(`by ${name}`) } as const;
    await client.set(target, [{ oid: `${entry}.2.7`, value }]);
    const [read] = await client.get(target, [`${entry}.2.7`]);
    expect(read && ourText(read)).toBe(`${entry}.2.7=by ${name}`);
  });
});

describe("our receiver and the library's sender", () => {
  const seen: Notification[] = [];
  const receiver = new NotificationReceiver({
    engineId: ENGINE_ID,
    engineBoots: 5,
    communities: () => ['public'],
    users: () => USERS,
    onNotification: (notification) => void seen.push(notification),
  });
  let port = 0;
  beforeAll(async () => {
    ({ port } = await receiver.listen(0, '127.0.0.1'));
  });
  afterAll(() => receiver.close());

  test.for(
    named([V2C, ...USERS]).flatMap(({ name, credentials }) =>
      (['trap', 'inform'] as const).map((kind) => ({ name, kind, credentials })),
    ),
  )('$kind by $name', async ({ name, kind, credentials }) => {
    const session = librarySession(port, credentials);
    await libraryNotify(session, kind, TRAP_OID, `${kind} by ${name}`);
    await expect.poll(() => seen.length, { timeout: 5_000 }).toBe(1);
    const notification = seen.pop() as Notification;
    expect(notification).toMatchObject({ trapOid: TRAP_OID, inform: kind === 'inform' });
    expect(notification.varbinds.map(ourText)).toContain(`1.3.6.1.4.1.99999.1.9.0=${kind} by ${name}`);
    session.close();
  });
});

describe("the library's receiver", () => {
  const seen: LibraryNotification[] = [];
  let receiver: LibraryReceiver;
  let handle: () => Promise<void> = async () => undefined;
  beforeAll(async () => {
    const options = { port: RECEIVER_PORT, address: '127.0.0.1', includeAuthentication: true };
    receiver = library.createReceiver(options, (error, data) => {
      if (error !== null) return undefined;
      seen.push(data);
      return handle();
    });
    receiver.getAuthorizer().addCommunity('public');
    for (const one of USERS) receiver.getAuthorizer().addUser(libraryUser(one));
    // The library does not report when it listens.
    const ready = { trapOid: TRAP_OID, uptimeTicks: 1, varbinds: content('ready'), inform: true };
    await sendNotification(targetAt(RECEIVER_PORT, V2C, { timeoutMs: 250, retries: 40 }), ready);
    seen.splice(0);
  }, 20_000);
  afterAll(() => receiver.close());

  const engine = { engineId: Buffer.from('80001f8804feedbeef', 'hex'), boots: 2, timeSeconds: 100 };
  const arrived = async (count: number): Promise<LibraryNotification[]> => {
    await expect.poll(() => seen.length, { timeout: 5_000 }).toBe(count);
    return seen.splice(0);
  };

  test.for(named([V2C, ...USERS]))('reads our trap by $name', async ({ name, credentials }) => {
    const notification = { trapOid: TRAP_OID, uptimeTicks: 4711, varbinds: content(name), engine };
    await sendNotification(targetAt(RECEIVER_PORT, credentials), notification);
    const [received] = await arrived(1);
    expect(received?.pdu.varbinds.map(({ value }) => String(value))).toEqual(['4711', TRAP_OID, name]);
  });

  describe('accepts what ours refuses', () => {
    const refused: string[] = [];
    const ours: Notification[] = [];
    const strict = new NotificationReceiver({
      engineId: ENGINE_ID,
      engineBoots: 5,
      communities: () => ['public'],
      users: () => USERS,
      onNotification: (notification) => void ours.push(notification),
      onRefused: (reason) => void refused.push(reason),
    });
    let port = 0;
    beforeAll(async () => {
      ({ port } = await strict.listen(0, '127.0.0.1'));
    });
    afterAll(() => strict.close());

    /** Sends the same bytes this many times to both receivers. */
    const sendToBoth = async (bytes: Uint8Array, times: number) => {
      const socket = createSocket('udp4');
      for (let sent = 0; sent < times; sent++) {
        for (const to of [port, RECEIVER_PORT]) {
          await new Promise((resolve) => socket.send(bytes, to, '127.0.0.1', resolve));
        }
      }
      socket.close();
    };
    const trapBy = (credentials: UserCredentials) =>
      encodeTrap(credentials, { trapOid: TRAP_OID, uptimeTicks: 1, varbinds: content('forged'), engine });

    test('an SNMPv3 notification of a user without a name', async () => {
      await sendToBoth(trapBy({ version: 'v3', user: '', level: 'noAuthNoPriv' }), 1);
      expect(await arrived(1)).toHaveLength(1);
      await expect.poll(() => refused.splice(0), { timeout: 5_000 }).toEqual(['unknown-user']);
      expect(ours).toEqual([]);
    });

    test('the same authenticated notification a second time', async () => {
      await sendToBoth(trapBy(USERS[2] as UserCredentials), 2);
      expect(await arrived(2)).toHaveLength(2);
      await expect.poll(() => ours.length, { timeout: 5_000 }).toBe(1);
      expect(ours.splice(0)).toHaveLength(1);
      expect(refused.splice(0)).toEqual(['replayed']);
    });
  });

  test('acknowledges an inform whose handler is still running and may fail; ours does not', async () => {
    const unfinished = new Promise<void>(() => undefined);
    const ours = new NotificationReceiver({
      engineId: ENGINE_ID,
      engineBoots: 5,
      communities: () => ['public'],
      users: () => [],
      onNotification: () => unfinished,
    });
    const { port } = await ours.listen(0, '127.0.0.1');
    const inform = { trapOid: TRAP_OID, uptimeTicks: 1, varbinds: content('kept?'), inform: true };
    const hasty = { timeoutMs: 500, retries: 0 };
    handle = () => unfinished;
    await expect(sendNotification(targetAt(RECEIVER_PORT, V2C), inform)).resolves.toBeUndefined();
    await expect(sendNotification(targetAt(port, V2C, hasty), inform)).rejects.toMatchObject({ code: 'timeout' });
    await arrived(1);
    await ours.close();
  });
});
