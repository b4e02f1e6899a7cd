import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { NotificationReceiver, SnmpClient, type Notification, type SnmpTarget } from '@loopstart/snmp';
import { afterEach, describe, expect, test } from 'vitest';
import { ControlServer } from './control-server.ts';
import { SimFleet } from './sim-fleet.ts';
import type { SimFleetInput, SimGatewayInput } from './spec.ts';
import type { SimGatewayStatus } from './status.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const site = (gateways: SimGatewayInput[], timeZone = 'Europe/London'): SimFleetInput => ({
  customers: [{ name: 'Dentist', sites: [{ name: 'Main street', timeZone, gateways }] }],
});
const TWO: SimGatewayInput[] = [
  { name: 'one', driver: 'audiocodes', model: 'MP-118', ports: [{ label: 'Reception fax', device: 'fax' }] },
  { name: 'two' },
];

async function running(input: SimFleetInput): Promise<SimFleet> {
  const fleet = await SimFleet.create(input);
  await fleet.start();
  closing.push(() => fleet.stop());
  return fleet;
}

describe('a description', () => {
  test.for<[string, object, string, RegExp]>([
    ['no gateways', site([]), 'customers.0.sites.0.gateways', /./],
    [
      'an unknown driver',
      site([{ name: 'x', driver: 'acme' }]),
      'customers.0.sites.0.gateways.0.driver',
      /one of audiocodes/,
    ],
    [
      'an unknown model',
      site([{ name: 'x', driver: 'audiocodes', model: 'MP-9' }]),
      'customers.0.sites.0.gateways.0.model',
      /MP-118/,
    ],
    [
      'too many ports',
      site([{ name: 'x', driver: 'audiocodes', model: 'MP-112', ports: [{}, {}, {}] }]),
      'customers.0.sites.0.gateways.0.ports',
      /at most 2/,
    ],
    [
      'a fault on a port that is not there',
      site([{ name: 'x', faults: [{ kind: 'short', port: 99 }] }]),
      'customers.0.sites.0.gateways.0.faults.0.port',
      /at most 4/,
    ],
    ['two gateways of one name', site([{ name: 'x' }, { name: 'x' }]), 'customers.0.sites.0.gateways.1.name', /unique/],
    ['an unknown time zone', site([{ name: 'x' }], 'Europe/Camelot'), 'customers.0.sites.0.timeZone', /IANA/],
    [
      'an address that is none',
      site([{ name: 'x', address: 'localhost' }]),
      'customers.0.sites.0.gateways.0.address',
      /IPv4/,
    ],
    [
      'overrides over nothing',
      site([{ name: 'x', overrides: [{ oid: '1.3.6.1', type: 'octets', value: 'a' }] }]),
      'customers.0.sites.0.gateways.0.overrides',
      /no recording/,
    ],
    [
      'a recording that is not there',
      site([{ name: 'x', recording: '/nonexistent.snmprec' }]),
      'recording',
      /there is no such file/,
    ],
  ])('with %s is refused in one sentence that names the field', async ([, input, field, message]) => {
    const refusal = SimFleet.create(input as SimFleetInput);
    await expect(refusal).rejects.toMatchObject({ name: 'SimSpecError', field });
    await expect(refusal).rejects.toThrow(message);
    await expect(refusal).rejects.toThrow(/^[^\n]+\.$/);
  });

  test('starts no gateway where one of them cannot start', async () => {
    const first = await running(site([{ name: 'first' }]));
    const taken = first.gateway('first')?.endpoint?.port;
    const fleet = await SimFleet.create(site([{ name: 'free' }, { name: 'taken', port: taken }]));
    await expect(fleet.start()).rejects.toThrow(/Gateway "taken" cannot answer .* the port is in use\.$/);
    expect(fleet.gateway('free')?.endpoint).toBeNull();
  });
});

test('a scripted fault is notified when it begins, without any request', async () => {
  const clock = { at: Date.UTC(2026, 2, 3, 10) };
  let receive: (notification: Notification) => void = () => {};
  const received = new Promise<Notification>((resolve) => (receive = resolve));
  const receiver = new NotificationReceiver({
    engineId: Buffer.from('80001f88050102030405060708', 'hex'),
    engineBoots: 1,
    communities: () => ['public'],
    users: () => [],
    onNotification: receive,
  });
  const { port } = await receiver.listen(0, '127.0.0.1');
  closing.push(() => receiver.close());
  const faults = [{ kind: 'ground-fault' as const, port: 2, afterMs: 60_000 }];
  const gateway = {
    name: 'gw',
    driver: 'audiocodes',
    notify: { port },
    faults,
    ports: [{ device: 'unused' as const }],
  };
  const fleet = await SimFleet.create(site([gateway]), { now: () => clock.at, tickMs: 0 });
  await fleet.start();
  closing.push(() => fleet.stop());
  clock.at += 59_999;
  fleet.tick();
  expect(fleet.gateway('gw')?.notifications.sent).toBe(0);
  clock.at += 1;
  fleet.tick();
  expect(await received).toMatchObject({ trapOid: '1.3.6.1.4.1.5003.9.10.1.21.2.0.76', community: 'public' });
});

describe('control over HTTP', () => {
  async function controlled() {
    const fleet = await running(site(TWO));
    const control = new ControlServer(fleet);
    const { url } = await control.listen(0);
    closing.push(() => control.close());
    const state = async (name: string) => {
      const response = await fetch(`${url}/state?gateway=${name}`);
      return ((await response.json()) as { gateways: SimGatewayStatus[] }).gateways[0];
    };
    const order = async (body: unknown, headers: Record<string, string> = { 'content-type': 'application/json' }) => {
      const response = await fetch(`${url}/faults`, {
        method: 'POST',
        headers,
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };
    return { url, fleet, state, order };
  }

  test('unplugs a line and plugs it in again', async () => {
    const { state, order } = await controlled();
    expect((await state('one'))?.ports[0]).toMatchObject({
      label: 'Reception fax',
      device: 'fax',
      state: { fault: 'none' },
    });
    const set = await order({ gateway: 'one', port: 1, fault: 'unplug', on: true });
    expect(set).toMatchObject({ status: 200, body: { gateway: 'one', faults: [{ kind: 'unplug', port: 1 }] } });
    // The real state is under `faults`; the gateway itself does not detect an idle line without its telephone.
    expect(await state('one')).toMatchObject({ faults: [{ kind: 'unplug', port: 1 }] });
    expect((await state('one'))?.ports[0]?.state.fault).toBe('none');
    const cleared = await order({ gateway: 'one', port: 1, on: false });
    expect(cleared).toMatchObject({ status: 200, body: { faults: [] } });
    expect((await state('one'))?.ports[0]?.state.fault).toBe('none');
  });

  test('clears one kind, one port, or all of a gateway', async () => {
    const { fleet, order } = await controlled();
    const kinds = () => fleet.gateway('one')?.living.life.active.map(({ kind, port }) => `${kind}@${port}`);
    for (const [fault, port] of [
      ['short', 1],
      ['unplug', 1],
      ['short', 2],
      ['slow-answers', null],
    ] as const) {
      expect((await order({ gateway: 'one', port, fault })).status).toBe(200);
    }
    await order({ gateway: 'one', port: 1, fault: 'unplug', on: false });
    expect(kinds()).toEqual(['short@1', 'short@2', 'slow-answers@null']);
    await order({ gateway: 'one', port: 1, on: false });
    expect(kinds()).toEqual(['short@2', 'slow-answers@null']);
    await order({ gateway: 'one', on: false });
    expect(kinds()).toEqual([]);
  });

  test('lists all gateways', async () => {
    const { url } = await controlled();
    const response = await fetch(`${url}/state`);
    const { gateways } = (await response.json()) as { gateways: SimGatewayStatus[] };
    expect(gateways.map(({ name, customer, site: at }) => [name, customer, at])).toEqual([
      ['one', 'Dentist', 'Main street'],
      ['two', 'Dentist', 'Main street'],
    ]);
  });

  test.for<[string, unknown, number, string | null, RegExp]>([
    ['an unknown gateway', { gateway: 'nine', port: 1, fault: 'short' }, 422, 'gateway', /no simulated gateway "nine"/],
    ['a port that is not there', { gateway: 'one', port: 9, fault: 'short' }, 422, 'port', /ports 1 to 8, not 9/],
    ['an unknown fault', { gateway: 'one', port: 1, fault: 'rust' }, 422, 'fault', /unplug/],
    ['no fault to set', { gateway: 'one', port: 1 }, 422, 'fault', /must be given/],
    ['a fault in the wrong place', { gateway: 'one', port: 1, fault: 'hang' }, 422, 'port', /whole gateway/],
    ['a text', '"short"', 422, '', /order/],
    ['no JSON', '{', 400, null, /not JSON/],
    ['too much', JSON.stringify({ gateway: 'x'.repeat(70_000) }), 413, null, /at most/],
  ])('refuses %s', async ([, body, status, field, message]) => {
    const { order } = await controlled();
    const answer = await order(body);
    expect(answer).toMatchObject({ status, body: { field } });
    expect(answer.body['error']).toMatch(message);
  });

  test('takes no request from a web page', async () => {
    const { order, url } = await controlled();
    const good = JSON.stringify({ gateway: 'one', port: 1, fault: 'short' });
    expect((await order(good, { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await fetch(`${url}/faults`)).status).toBe(405);
    expect((await fetch(`${url}/nothing`)).status).toBe(404);
    expect((await fetch(`${url}/state?gateway=nine`)).status).toBe(404);
  });

  test('a control port in use is reported in one sentence', async () => {
    const { fleet, url } = await controlled();
    const second = new ControlServer(fleet).listen(Number(new URL(url).port));
    await expect(second).rejects.toThrow(/^The control address 127\.0\.0\.1:\d+ cannot be had: the port is in use\.$/);
  });
});

describe('recordings', () => {
  const folder = fileURLToPath(new URL('../../../../../shared/recordings/', import.meta.url));
  const SYS_NAME = '1.3.6.1.2.1.1.5.0';
  const recordings = ['audiocodes_mp118', 'grandstream-gxw', 'patton-sn', 'iosxe_isr4321', 'linux_asterisk-v1'];

  test.for(recordings)('%s is replayed, with an uptime of its own and a value over it', async (name, context) => {
    const recording = `${folder}${name}.snmprec`;
    const present = await access(recording).then(
      () => true,
      () => false,
    );
    if (!present) context.skip('skipped: recordings absent');
    const overrides = [{ oid: SYS_NAME, type: 'octets' as const, value: 'replayed' }];
    const fleet = await running(site([{ name, recording, overrides }]));
    const client = new SnmpClient();
    closing.push(() => client.close());
    const { address: host = '', port = 0 } = fleet.gateway(name)?.endpoint ?? {};
    const credentials = { version: 'v2c', community: 'public' } as const;
    const target: SnmpTarget = { host, port, credentials, timeoutMs: 2_000, retries: 1 };
    const walked: string[] = [];
    for await (const { oid } of client.walk(target, '1.3.6.1')) walked.push(oid);
    expect(walked.length).toBeGreaterThan(15);
    expect(new Set(walked).size).toBe(walked.length);
    const [sysName] = await client.get(target, [SYS_NAME]);
    expect(sysName?.value).toEqual({
      type: 'octets',
      value: expect.toSatisfy((it: Uint8Array) => String(Buffer.from(it)) === 'replayed'),
    });
    fleet.gateway(name)?.living.setFault({ kind: 'hang', port: null, delayMs: 1, corruption: 'mixed' });
    await expect(client.get({ ...target, timeoutMs: 200, retries: 0 }, [SYS_NAME])).rejects.toMatchObject({
      code: 'timeout',
    });
  });
});
