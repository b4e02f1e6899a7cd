import { AgentSettings } from '@loopstart/contracts';
import { driverById, encodeTables, exampleState, type Driver } from '@loopstart/drivers';
import {
  ERROR_STATUS,
  oidStartsWith,
  SnmpResponder,
  SortedMib,
  type InterceptedRequest,
  type Interception,
  type VarBind,
} from '@loopstart/snmp';
import { afterEach, describe, expect, test } from 'vitest';
import { audiocodes, online, siteMaker } from './testing/site-helpers.ts';
import { until } from './testing/until.ts';

const makeSite = siteMaker();
const responders: SnmpResponder[] = [];
afterEach(async () => {
  for (const responder of responders.splice(0)) await responder.close();
});

const driver = driverById('mediatrix-dgw') as Driver;
const whole = encodeTables(driver, exampleState(driver));
const SYS_UP_TIME = '1.3.6.1.2.1.1.3.0';
const SYSTEM = '1.3.6.1.2.1.1';

/** A gateway whose values and habits a test changes while an agent reads it; its uptime runs. */
class ChangingGateway {
  readonly address = '127.0.40.1';
  port = 0;
  habit: (request: InterceptedRequest) => Interception = () => 'answer';
  #startedAt = Date.now() - 86_400_000;
  #mib = new SortedMib(whole);

  show(values: readonly VarBind[]): void {
    this.#mib = new SortedMib(values);
  }

  restart(): void {
    this.#startedAt = Date.now();
  }

  async start(): Promise<void> {
    const own = (found: VarBind | undefined): VarBind | undefined =>
      found?.oid === SYS_UP_TIME ? { oid: found.oid, value: this.#upTime() } : found;
    const view = {
      get: (oid: string) => (oid === SYS_UP_TIME ? this.#upTime() : this.#mib.get(oid)),
      next: (oid: string) => own(this.#mib.next(oid)),
    };
    const responder = new SnmpResponder({
      view,
      credentials: [{ version: 'v2c', community: 'public' }],
      engineId: Buffer.from('80001f8804c0ffee02', 'hex'),
      intercept: (request) => this.habit(request),
    });
    responders.push(responder);
    ({ port: this.port } = await responder.listen(0, this.address));
  }

  #upTime(): VarBind['value'] {
    return { type: 'timeticks', value: Math.floor((Date.now() - this.#startedAt) / 10) };
  }
}

async function watched(haste: number) {
  const gateway = new ChangingGateway();
  await gateway.start();
  const site = await makeSite({ gateways: [audiocodes('other', '127.0.40.9')], configured: [], haste });
  const agent = await site.start();
  await online(site);
  const access = { version: 'v2c' as const, community: 'public' };
  const target = { id: 'a', address: gateway.address, port: gateway.port, access, pollIntervalMs: 1_000 };
  await site.cloud.send({
    v: 1,
    kind: 'config',
    config: AgentSettings.parse({ revision: 2, trapPort: 0, targets: [target] }),
  });
  await until(() => site.cloud.reports().length > 0, 30_000);
  return { ...site, agent, gateway };
}

const count = whole.length;
const ports = exampleState(driver).ports.length;

describe('a gateway that answers earlier than its lines after a start', () => {
  test('keeps them as not read, and reads them again when they answer', async () => {
    const { cloud, gateway } = await watched(5);
    const [first] = cloud.bodies('inventory');
    expect(first?.ports).toHaveLength(ports);
    gateway.show(whole.filter(({ oid }) => oidStartsWith(oid, SYSTEM)));
    gateway.restart();
    await until(() => cloud.events().some(({ kind }) => kind === 'cold-start'), 20_000);
    await until(
      () =>
        cloud
          .reports()
          .at(-1)
          ?.state?.oper?.every((cell) => cell === null) === true,
      20_000,
    );
    const silent = cloud.reports().at(-1);
    expect(silent?.nulls).toContainEqual({ field: 'oper', reason: 'not-answered', ports: '*' });
    await until(() => cloud.bodies('inventory').at(-1)?.portList === 'incomplete', 20_000);
    expect(cloud.bodies('inventory').at(-1)?.ports).toEqual(first?.ports);
    gateway.show(whole);
    await until(
      () =>
        cloud
          .reports()
          .at(-1)
          ?.state?.oper?.every((cell) => cell !== null) === true,
      20_000,
    );
    for (const inventory of cloud.bodies('inventory')) {
      expect(inventory.ports).toEqual(first?.ports);
      expect(inventory.gateway).toEqual(first?.gateway);
    }
    expect(cloud.bodies('reachability').every(({ reachable }) => reachable)).toBe(true);
  }, 60_000);

  test('loses lines that complete readings over ten minutes lack, also when the agent restarted in between', async () => {
    const site = await watched(100);
    const { cloud, gateway } = site;
    const key = cloud.bodies('inventory')[0]?.ports.at(-1)?.key ?? '';
    gateway.show(whole.filter(({ oid }) => !oid.endsWith(`.${key}`)));
    await site.agent.stop();
    await site.start();
    await until(() => cloud.bodies('inventory').at(-1)?.portList === 'incomplete', 20_000);
    expect(cloud.bodies('inventory').at(-1)?.ports).toHaveLength(ports);
    await until(() => cloud.bodies('inventory').at(-1)?.portList === 'confirmed', 40_000);
    expect(cloud.bodies('inventory').at(-1)?.ports).toHaveLength(ports - 1);
  }, 90_000);
});

describe('a gateway that can be read in small requests only', () => {
  const genErr: Interception = { refuse: { errorStatus: ERROR_STATUS.genErr, errorIndex: 1 } };
  test.for([
    ['refuses GETBULK', ({ kind }: InterceptedRequest) => (kind === 'getBulk' ? genErr : 'answer')],
    ['loses large answers', () => ({ loseBeyondBytes: 300 })],
  ] as const)('and %s for a while loses nothing', { timeout: 60_000 }, async ([, habit]) => {
    const { cloud, gateway, agent } = await watched(5);
    gateway.habit = habit;
    const before = cloud.stored.length;
    const [gatewayId] = cloud.bodies('inventory').map((inventory) => inventory.gatewayId);
    const position = [...cloud.committed] as [number, number];
    await cloud.send({ v: 1, kind: 'ack', position, inventoryOf: [gatewayId as string] });
    const since = (kind: string) => cloud.stored.slice(before).filter((message) => message.kind === kind);
    await until(() => since('inventory').length > 0 && since('unchanged').length > 1, 40_000);
    for (const inventory of cloud.bodies('inventory')) expect(inventory.ports).toHaveLength(ports);
    expect(cloud.reports().every((report) => report.state?.oper?.includes(null) !== true)).toBe(true);
    expect(cloud.bodies('reachability').every(({ reachable }) => reachable)).toBe(true);
    const { gateways } = (await agent.answer('gateways', null)) as { gateways: { reason: string | null }[] };
    expect(gateways.map(({ reason }) => reason)).toEqual([null]);
  });

  test('and later only in the smallest is not readable, and not reported as gone', async () => {
    const { cloud, gateway } = await watched(5);
    gateway.habit = ({ oids }) => (oids.length === 1 && oids[0] === SYS_UP_TIME ? 'answer' : 'drop');
    await until(() => cloud.bodies('reachability').at(-1)?.reachable === false, 60_000);
    expect(cloud.bodies('reachability').at(-1)).toMatchObject({
      code: 'small-questions-only',
      reason: expect.stringContaining('small questions only'),
    });
  }, 90_000);
});

test('an object without an answer costs no other', async () => {
  const bad = whole.find(({ oid }) => !oidStartsWith(oid, SYSTEM))?.oid as string;
  const { cloud, gateway } = await watched(5);
  const before = cloud.reports().at(-1);
  gateway.habit = ({ kind, oids }) =>
    kind === 'get' && oids.includes(bad) ? { refuse: { errorStatus: ERROR_STATUS.genErr, errorIndex: 0 } } : 'answer';
  const from = cloud.bodies('unchanged').length;
  await until(() => cloud.bodies('unchanged').length > from + 1, 20_000);
  expect(cloud.reports().at(-1)).toEqual(before);
  expect(count).toBeGreaterThan(ports);
});
