import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SnmpClient, sendNotification } from './manager/client.ts';
import { ERROR_STATUS, SnmpError } from '../wire/errors.ts';
import {
  DAEMON_LEVEL,
  USERS,
  createUserLines,
  named,
  needing,
  openToolbox,
  stopDaemon,
  user,
  v3Options,
} from '../testing/net-snmp-tools.ts';
import { NotificationReceiver } from './receiver/receiver.ts';
import { SnmpResponder } from './responder/responder.ts';
import { SortedMib } from './responder/sorted-mib.ts';
import { ENGINE_ID, TABLE, V1, V2C, tableVarbinds, targetAt } from '../testing/fixtures.ts';
import type { MibView, Notification, VarBind } from '../wire/types.ts';

/** Our client, responder and receiver against the net-snmp tools, on loopback. */

const SNMPD_PORT = 21_050;
const { tool, start, close } = openToolbox();
afterAll(close);

const snmpd = needing('snmpd');
describe.skipIf(snmpd.missing)(`our client and net-snmp's agent${snmpd.note}`, () => {
  let agent: ChildProcess;
  const client = new SnmpClient();

  beforeAll(async () => {
    const allowed = USERS.map(({ user: name, level }) => `rwuser ${name} ${DAEMON_LEVEL[level]}`);
    const lines = ['rwcommunity public 127.0.0.1', 'sysContact operator', ...createUserLines(), ...allowed];
    agent = start('snmpd', lines, '-Lf', '/dev/null', `udp:127.0.0.1:${SNMPD_PORT}`);
    const target = targetAt(SNMPD_PORT, V2C, { timeoutMs: 250, retries: 40 });
    await client.get(target, ['1.3.6.1.2.1.1.3.0']);
  }, 20_000);

  afterAll(async () => {
    await stopDaemon(agent);
    await client.close();
  });

  test.for(named([V1, V2C, ...USERS]))('gets, walks and sets as $name', async ({ credentials }) => {
    const target = targetAt(SNMPD_PORT, credentials);
    const [contact, absent] = await client.get(target, ['1.3.6.1.2.1.1.4.0', '1.3.6.1.2.1.1.99.0']);
    expect(contact?.value.type).toBe('octets');
    expect(absent?.value.type).toMatch(/^noSuch/);
    // sysORTable of SNMPv2-MIB: snmpd fills it with the modules it has.
    const columns = await client.columns(target, ['1.3.6.1.2.1.1.9.1.2', '1.3.6.1.2.1.1.9.1.3']);
    const [ids, names] = [...columns.values()];
    expect(ids?.size).toBeGreaterThan(5);
    expect([...(ids?.keys() ?? [])]).toEqual([...(names?.keys() ?? [])]);
    expect(ids?.get('1')?.type).toBe('oid');
    const walked: string[] = [];
    for await (const { oid } of client.walk(target, '1.3.6.1.2.1.1', { maxRepetitions: 7 })) walked.push(oid);
    expect(walked).toEqual([...new Set(walked)]);
    expect(walked.length).toBeGreaterThan(20);
    const value = { type: 'octets', value: new TextEncoder().encode(`set by ${credentials.version}`) } as const;
    // sysName is writable where the configuration does not set it.
    await client.set(target, [{ oid: '1.3.6.1.2.1.1.5.0', value }]);
    expect((await client.get(target, ['1.3.6.1.2.1.1.5.0']))[0]?.value).toEqual(value);
  });

  test.for([
    { what: 'another user', change: { user: 'unknown' }, code: 'unknown-user' },
    { what: 'another passphrase', change: { authPassphrase: 'wrong-passphrase' }, code: 'auth' },
    { what: 'another privacy passphrase', change: { privPassphrase: 'wrong-passphrase' }, code: 'timeout' },
    { what: 'another digest', change: { authProtocol: 'sha512' }, code: 'auth' },
  ] as const)('names the error with $what', async ({ change, code }) => {
    const credentials = { ...user('sha256aes', 'sha256', 'aes128'), ...change };
    // net-snmp drops what it cannot decrypt, without a report.
    const target = targetAt(SNMPD_PORT, credentials, { timeoutMs: 300, retries: 0 });
    const error = await client.get(target, ['1.3.6.1.2.1.1.4.0']).catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(SnmpError);
    expect((error as SnmpError).code).toBe(code);
  });
});

const managers = needing('snmpget', 'snmpbulkwalk', 'snmpwalk', 'snmpset');
describe.skipIf(managers.missing)(`our agent and net-snmp's managers${managers.note}`, () => {
  const behind = { oid: '1.3.6.1.4.1.99999.9.0', value: { type: 'null' } } as const;
  const mib = new SortedMib([...tableVarbinds(24, 16), behind]);
  const name = `${TABLE}.4.7`;
  const view: MibView = {
    get: (oid) => mib.get(oid),
    next: (oid) => mib.next(oid),
    set(varbinds) {
      const foreign = varbinds.findIndex(({ oid }) => oid !== name);
      if (foreign >= 0) return { errorStatus: ERROR_STATUS.notWritable, errorIndex: foreign + 1 };
      for (const { oid, value } of varbinds) mib.put(oid, value);
      return { errorStatus: 0, errorIndex: 0 };
    },
  };
  const credentials = [V1, V2C, ...USERS];
  const responder = new SnmpResponder({ view, credentials, engineId: ENGINE_ID, engineBoots: 3, maxBytes: 1400 });
  let agent = '';

  beforeAll(async () => {
    const { port } = await responder.listen(21_060, '127.0.0.1');
    agent = `127.0.0.1:${port}`;
  });
  afterAll(() => responder.close());

  const cases = [
    { title: 'v1', options: ['-v1', '-c', 'public'], walk: 'snmpwalk' },
    { title: 'v2c', options: ['-v2c', '-c', 'public'], walk: 'snmpbulkwalk' },
    ...USERS.map((credentials) => ({ title: credentials.user, options: v3Options(credentials), walk: 'snmpbulkwalk' })),
  ];
  test.for(cases)('answers $title', async ({ options, walk }) => {
    const all = [...options, '-t', '2', '-r', '1', '-On'];
    expect(await tool('snmpget', ...all, agent, `${TABLE}.1.5`, `${TABLE}.2.5`)).toBe(
      `.${TABLE}.1.5 = INTEGER: 5\n.${TABLE}.2.5 = Counter32: 4000000005\n`,
    );
    const walked = (await tool(walk, ...all, agent, TABLE)).trim().split('\n');
    expect(walked).toHaveLength(384);
    expect(walked.at(-1)).toMatch(new RegExp(`^\\.${TABLE}\\.16\\.24 = `));
    await tool('snmpset', ...all, agent, name, 's', 'new');
    expect(mib.get(name)).toEqual({ type: 'octets', value: new TextEncoder().encode('new') });
    await expect(tool('snmpset', ...all, agent, `${TABLE}.1.1`, 'i', '1')).rejects.toThrow(/notWritable|noSuchName/);
  });

  test('refuses a wrong passphrase and an unknown user by report', async () => {
    const wrong = user('sha256aes', 'sha256', 'aes128', { authPassphrase: 'wrong-passphrase' });
    await expect(tool('snmpget', ...v3Options(wrong), '-r', '0', agent, name)).rejects.toThrow(
      /Authentication failure/,
    );
    const unknown = user('unknown', 'sha256', 'aes128');
    await expect(tool('snmpget', ...v3Options(unknown), '-r', '0', agent, name)).rejects.toThrow(/Unknown user name/);
  });
});

const senders = needing('snmptrap', 'snmpinform');
describe.skipIf(senders.missing)(`our receiver and net-snmp's snmptrap${senders.note}`, () => {
  const seen: Notification[] = [];
  const receiver = new NotificationReceiver({
    engineId: ENGINE_ID,
    engineBoots: 5,
    communities: () => ['public'],
    users: () => USERS,
    onNotification: (notification) => void seen.push(notification),
  });
  let address = '';
  const trapOid = '1.3.6.1.4.1.99999.2.0.7';
  const content = ['1.3.6.1.4.1.99999.1.9.0', 's', 'door open'];
  const varbinds = [{ oid: content[0], value: { type: 'octets', value: new TextEncoder().encode('door open') } }];

  beforeAll(async () => {
    const { port } = await receiver.listen(21_070, '127.0.0.1');
    address = `127.0.0.1:${port}`;
  });
  afterAll(() => receiver.close());

  /** Waits for the next notification; traps are not acknowledged, so the tool ends before the trap arrives. */
  const next = async (): Promise<Notification> => {
    await expect.poll(() => seen.length, { timeout: 5000 }).toBeGreaterThan(0);
    return seen.shift() as Notification;
  };

  test('v1 trap, converted', async () => {
    await tool(
      'snmptrap',
      '-v1',
      '-c',
      'public',
      address,
      '1.3.6.1.4.1.99999.2',
      '10.1.2.3',
      '6',
      '7',
      '4711',
      ...content,
    );
    const notification = await next();
    expect(notification).toMatchObject({
      version: 'v1',
      community: 'public',
      inform: false,
      trapOid,
      uptimeTicks: 4711,
    });
    expect(notification.varbinds.slice(0, 1)).toEqual(varbinds);
    expect(notification.varbinds.at(1)?.value).toEqual({ type: 'ip', value: '10.1.2.3' });
  });

  test.for([
    { title: 'v2c', options: ['-v2c', '-c', 'public'], expected: { version: 'v2c', community: 'public' } },
    ...USERS.map((credentials) => ({
      title: `v3 ${credentials.user}`,
      options: [...v3Options(credentials), '-e', '0x80001f8804feedbeef'],
      expected: {
        version: 'v3',
        user: credentials.user,
        securityLevel: credentials.level,
        engineId: '80001f8804feedbeef',
      },
    })),
  ])('$title trap', async ({ options, expected }) => {
    await tool('snmptrap', ...options, address, '4711', trapOid, ...content);
    expect(await next()).toMatchObject({ ...expected, inform: false, trapOid, uptimeTicks: 4711, varbinds });
  });

  test.for([
    { title: 'v2c', options: ['-v2c', '-c', 'public'] },
    ...USERS.map((credentials) => ({ title: `v3 ${credentials.user}`, options: v3Options(credentials) })),
  ])('$title inform is acknowledged', async ({ options }) => {
    // snmpinform fails where no acknowledgement comes.
    await tool('snmpinform', ...options, '-r', '0', '-t', '3', address, '4711', trapOid, ...content);
    expect(await next()).toMatchObject({ inform: true, trapOid, uptimeTicks: 4711, varbinds });
    expect(seen).toEqual([]);
  });
});

const trapd = needing('snmptrapd');
describe.skipIf(trapd.missing)(`our notifications and net-snmp's snmptrapd${trapd.note}`, () => {
  const PORT = 21_075;
  const trapOid = '1.3.6.1.4.1.99999.2.0.7';
  const content = (text: string): VarBind[] => [
    { oid: '1.3.6.1.4.1.99999.1.9.0', value: { type: 'octets', value: new TextEncoder().encode(text) } },
  ];
  const engine = { engineId: ENGINE_ID, boots: 2, timeSeconds: 100 };
  let daemon: ChildProcess;
  let output = '';

  beforeAll(async () => {
    const remote = `-e 0x${ENGINE_ID.toString('hex')} `;
    // Traps have the sender's engine id, and snmptrapd needs its users for each; informs have its own.
    const users = createUserLines().flatMap((line) => [line, line.replace('createUser ', `createUser ${remote}`)]);
    const allowed = USERS.map(({ user: name, level }) => `authUser log ${name} ${DAEMON_LEVEL[level]}`);
    const lines = ['authCommunity log public', 'doNotRetainNotificationLogs yes', ...users, ...allowed];
    daemon = start('snmptrapd', lines, '-n', '-On', '-Lo', '-x', '/dev/null', `udp:127.0.0.1:${PORT}`);
    daemon.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    const ready = { trapOid, uptimeTicks: 1, varbinds: content('ready'), inform: true };
    await sendNotification(targetAt(PORT, V2C, { timeoutMs: 250, retries: 40 }), ready);
  }, 20_000);
  afterAll(() => stopDaemon(daemon));

  test.for(named([V1, V2C, ...USERS]))('trap by $name is logged', async ({ name, credentials }) => {
    const notification = { trapOid, uptimeTicks: 4711, varbinds: content(`trap by ${name}`), engine };
    await sendNotification(targetAt(PORT, credentials), notification);
    await expect.poll(() => output, { timeout: 5000 }).toContain(`trap by ${name}"`);
  });

  test.for(named([V2C, ...USERS]))('inform by $name is acknowledged', async ({ name, credentials }) => {
    const notification = { trapOid, uptimeTicks: 4711, varbinds: content(`inform by ${name}`), inform: true };
    await sendNotification(targetAt(PORT, credentials), notification);
    await expect.poll(() => output, { timeout: 5000 }).toContain(`inform by ${name}"`);
  });
});
