import { planAction } from '@loopstart/drivers';
import { NotificationReceiver, SnmpClient, SnmpError, type Notification, type SnmpTarget } from '@loopstart/snmp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Fault } from '../fault/fault.ts';
import { parseSpec, SimGatewaySpec, type SimGatewayInput } from '../fleet/spec.ts';
import { credentialsOf } from '../snmp/access.ts';
import { carryOutPlan } from '../testing/carry-out-plan.ts';
import { SimGateway } from './sim-gateway.ts';

const START = Date.UTC(2026, 2, 3, 10, 0, 0);
const SYS_DESCR = '1.3.6.1.2.1.1.1.0';
const SYS_UP_TIME = '1.3.6.1.2.1.1.3.0';
const COLD_START = '1.3.6.1.6.3.1.1.5.1';
const V3 = {
  version: 'v3',
  user: 'watcher',
  level: 'authPriv',
  authProtocol: 'sha256',
  authPassphrase: 'an auth passphrase',
  privProtocol: 'aes128',
  privPassphrase: 'a priv passphrase',
} as const;

let clock = { at: START };
let client: SnmpClient;
const running: SimGateway[] = [];

beforeEach(() => {
  clock = { at: START };
  client = new SnmpClient();
});
afterEach(async () => {
  await client.close();
  for (const gateway of running.splice(0)) await gateway.stop();
});

async function start(input: Partial<SimGatewayInput> = {}): Promise<{ gateway: SimGateway; target: SnmpTarget }> {
  const now = () => clock.at;
  const spec = parseSpec(SimGatewaySpec, { name: 'gw', driver: 'audiocodes', model: 'MP-118', ...input }, 'gateway');
  const gateway = new SimGateway(spec, { seed: 1, tempo: { timeZone: 'UTC', pace: 1 }, now });
  await gateway.start();
  running.push(gateway);
  const credentials = credentialsOf(spec.access).at(-1);
  if (credentials === undefined || gateway.endpoint === null) throw new Error('the gateway is not started');
  const { address: host, port } = gateway.endpoint;
  return { gateway, target: { host, port, credentials, timeoutMs: 250, retries: 0 } };
}

const faultOf = (kind: Fault['kind'], more: Partial<Fault> = {}): Fault => Fault.parse({ kind, ...more });
const textOf = async (target: SnmpTarget) => {
  const [answer] = await client.get(target, [SYS_DESCR]);
  return answer?.value.type === 'octets' ? new TextDecoder().decode(answer.value.value) : answer?.value.type;
};

describe.for([
  ['v2c', { version: 'v2c', community: 'read', writeCommunity: 'write' }],
  ['v1', { version: 'v1', community: 'read' }],
  ['v3', V3],
] as const)('a gateway that is read by %s', ([, access]) => {
  test.for(['hang', 'power-loss', 'reboot'] as const)('is silent during %s, and answers afterwards', async (kind) => {
    const { gateway, target } = await start({ access });
    expect(await textOf(target)).toContain('GW 8 FXS');
    gateway.living.setFault(faultOf(kind));
    await expect(client.get(target, [SYS_DESCR])).rejects.toMatchObject({ code: 'timeout' });
    clock.at += 30_000;
    gateway.living.clearFaults(() => true);
    await gateway.settled();
    expect(await textOf(target)).toContain('GW 8 FXS');
  });

  test('answers too late while it is slow', async () => {
    const { gateway, target } = await start({ access });
    gateway.living.setFault(faultOf('slow-answers', { delayMs: 60_000 }));
    await expect(client.get(target, [SYS_DESCR])).rejects.toMatchObject({ code: 'timeout' });
  });
});

describe('wrong answers', () => {
  test.for(['truncate', 'garbage'] as const)('of form %s count as no answer', async (corruption) => {
    const { gateway, target } = await start();
    gateway.living.setFault(faultOf('wrong-answers', { corruption }));
    await expect(client.get(target, [SYS_DESCR])).rejects.toThrow(SnmpError);
  });

  test('of a wrong type have another content', async () => {
    const { gateway, target } = await start();
    gateway.living.setFault(faultOf('wrong-answers', { corruption: 'wrong-type' }));
    expect(await textOf(target)).toBe('integer');
  });

  test('that loop end a walk with an error', async () => {
    const { gateway, target } = await start();
    gateway.living.setFault(faultOf('wrong-answers', { corruption: 'loop' }));
    const walk = async () => {
      for await (const varbind of client.walk(target, '1.3.6.1.2.1.1')) expect(varbind.oid).toContain('1.3.6.1.2.1.1');
    };
    await expect(walk()).rejects.toThrow(SnmpError);
  });
});

test('a reboot restarts the clock', async () => {
  const { gateway, target } = await start();
  const ticks = async () => (await client.get(target, [SYS_UP_TIME]))[0]?.value;
  expect(await ticks()).toMatchObject({
    type: 'timeticks',
    value: expect.toSatisfy((value: number) => value > 60_000),
  });
  gateway.living.setFault(faultOf('reboot'), { forMs: 20_000 });
  clock.at += 25_000;
  expect(await ticks()).toEqual({ type: 'timeticks', value: 500 });
});

test('a fault of a port shows in the tables, and ends', async () => {
  const { gateway, target } = await start({ ports: [{}, {}, {}] });
  const AlarmSeverity = '1.3.6.1.4.1.5003.9.10.10.2.5.4.0';
  const severity = async () => (await client.get(target, [AlarmSeverity]))[0]?.value;
  expect(await severity()).toEqual({ type: 'integer', value: 0 });
  gateway.living.setFault(faultOf('ground-fault', { port: 3 }));
  expect(await severity()).toEqual({ type: 'integer', value: 4 });
  expect(gateway.state().states[2]?.fault).toBe('ground-fault');
  gateway.living.clearFaults(({ port }) => port === 3);
  expect(await severity()).toEqual({ type: 'integer', value: 0 });
});

describe('writing', () => {
  async function act(
    gateway: SimGateway,
    target: SnmpTarget,
    type: Parameters<typeof planAction>[1],
    position: number,
  ) {
    const { driver, model } = gateway.living.plan;
    const port = gateway.state().ports[position - 1] ?? null;
    const plan = planAction(driver, type, port, { model: model.name, firmware: null });
    if ('unsupported' in plan) throw new Error(plan.unsupported);
    return carryOutPlan(client, target, plan, clock);
  }

  test('a line test runs, ends and reports its measurements', async () => {
    const { gateway, target } = await start({ ports: [{ device: 'unused' }] });
    const result = await act(gateway, target, 'line-test', 1);
    expect(result).toMatchObject({ hook: 'on-hook', ringing: 'no', polarity: 'normal' });
  });

  test('a reset of a port drops its call', async () => {
    const { gateway, target } = await start({ ports: [{ device: 'phone' }] });
    while (gateway.living.life.ports[0]?.call !== 'talking') clock.at += 1_000;
    await act(gateway, target, 'reset-port', 1);
    expect(gateway.living.life.ports[0]?.call).toBe('idle');
  });

  test('a reboot reboots', async () => {
    const { gateway, target } = await start();
    await act(gateway, target, 'reboot', 1);
    await expect(client.get(target, [SYS_DESCR])).rejects.toMatchObject({ code: 'timeout' });
    clock.at += 60_000;
    expect(gateway.living.life.boots).toBe(2);
    expect(await textOf(target)).toContain('GW 8 FXS');
  });

  test('a read-only object is not writable', async () => {
    const { target } = await start({ access: { version: 'v2c', community: 'read', writeCommunity: 'write' } });
    const write = client.set(target, [{ oid: SYS_DESCR, value: { type: 'integer', value: 1 } }]);
    await expect(write).rejects.toMatchObject({ code: 'error-status', errorStatus: 'notWritable' });
  });
});

describe('the notifications of a gateway', () => {
  async function listening(access: SimGatewayInput['access'], inform: boolean, more: Partial<SimGatewayInput> = {}) {
    const received: Notification[] = [];
    const waiting: (() => void)[] = [];
    const receiver = new NotificationReceiver({
      engineId: Buffer.from('80001f88050102030405060708', 'hex'),
      engineBoots: 1,
      communities: () => ['read'],
      users: () => [V3],
      onNotification: (notification) => {
        received.push(notification);
        for (const resolve of waiting.splice(0)) resolve();
      },
    });
    const { port } = await receiver.listen(0, '127.0.0.1');
    const { gateway } = await start({
      access,
      address: '127.77.200.7',
      notify: { port, inform },
      ports: [{ device: 'unused' }, { device: 'unused' }],
      ...more,
    });
    const count = async (least: number) => {
      while (received.length < least) await new Promise<void>((resolve) => waiting.push(resolve));
      return received;
    };
    return { gateway, receiver, count };
  }

  test.for([
    ['a v2c trap', { version: 'v2c', community: 'read' }, false],
    ['a v1 trap', { version: 'v1', community: 'read' }, false],
    ['a v2c inform', { version: 'v2c', community: 'read' }, true],
    ['a v3 trap', V3, false],
    ['a v3 inform', V3, true],
  ] as const)(
    "%s notifies of a port fault and of a cold start, from the gateway's own address",
    async ([, access, inform]) => {
      const { gateway, receiver, count } = await listening(access, inform);
      try {
        gateway.living.setFault(faultOf('ground-fault', { port: 2 }));
        const [fault] = await count(1);
        expect(fault).toMatchObject({
          inform,
          trapOid: '1.3.6.1.4.1.5003.9.10.1.21.2.0.76',
          from: { address: '127.77.200.7' },
        });
        gateway.living.setFault(faultOf('reboot'), { forMs: 20_000 });
        clock.at += 20_000;
        expect(gateway.living.life.boots).toBe(2);
        const trapOids = (await count(2)).map(({ trapOid }) => trapOid);
        expect(trapOids).toContain(COLD_START);
      } finally {
        await gateway.stop();
        await receiver.close();
      }
      expect(gateway.notifications.failed).toBe(0);
    },
  );

  test('a vendor whose notification names no port sends it once for all ports', async () => {
    const vega = { driver: 'sangoma-vega', model: 'Vega 50', ports: [{}, {}, {}, {}, {}] } as const;
    const { gateway, receiver, count } = await listening({ version: 'v2c', community: 'read' }, false, {
      ...vega,
      ports: [...vega.ports],
    });
    gateway.living.setFault(faultOf('registrar-lost'));
    clock.at += 10_000;
    expect(gateway.living.life.ports.slice(0, 5).map(({ registration }) => registration)).toEqual(
      Array.from({ length: 5 }, () => 'unreachable'),
    );
    const received = await count(1);
    await gateway.stop();
    await receiver.close();
    expect(received.map(({ trapOid }) => trapOid)).toEqual(['1.3.6.1.4.1.4686.11.0.51']);
    expect(gateway.notifications.sent).toBe(1);
  });

  test('a gateway that hangs sends nothing', async () => {
    const { gateway, receiver } = await listening({ version: 'v2c', community: 'read' }, false);
    gateway.living.setFault(faultOf('hang'));
    gateway.living.setFault(faultOf('ground-fault', { port: 2 }));
    await gateway.stop();
    await receiver.close();
    expect(gateway.notifications).toEqual({ sent: 0, failed: 0 });
  });
});

test('a port in use is reported in one sentence', async () => {
  const { gateway } = await start();
  const taken = start({ name: 'second', port: gateway.endpoint?.port });
  await expect(taken).rejects.toThrow(/^Gateway "second" cannot answer on UDP 127\.0\.0\.1:\d+: the port is in use\.$/);
});
