import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endpoints, type GatewaySummary } from '@loopstart/contracts';
import type { SimFleetSpec } from '@loopstart/sim';
import { inRoot, run } from '../../scripts/lib/process.ts';
import type { ApiCaller } from '../../scripts/stack/api-caller.ts';
import { Service } from '../../scripts/stack/supervise.ts';
import { type Stack, until } from './stack.ts';

type SimSite = SimFleetSpec['customers'][number]['sites'][number];
type SimGateway = SimSite['gateways'][number];

/** How agents reach the broker, and how they reach their gateways. */
export interface Ways {
  mqttUrl(site: SimSite): Promise<string>;
  snmpPort(gateway: SimGateway): number;
  /** Where the agent of a site takes notifications; null: nowhere. */
  trapPort(site: SimSite): number | null;
}

export interface OwnFleet {
  gateways: GatewaySummary[];
  /** Orders a fault of a simulated gateway, or mends it. */
  fault(gateway: string, port: number | null, fault: string, on: boolean): Promise<void>;
  stop(): Promise<void>;
}

const FOUND_MS = 180_000;
const NAMED_AT_ONCE = 8;

/**
 * Simulated gateways in one process and a real agent a site, on a stack without a demo. Returns when every gateway is
 * read and its lines are named. The agents reach the rest of the world in the ways they are given.
 */
export async function startOwnFleet(
  stack: Stack,
  fleet: SimFleetSpec,
  controlPort: number,
  ways: Ways,
): Promise<OwnFleet> {
  const folder = join(stack.dataDir, 'fleet');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'fleet.json');
  writeFileSync(file, JSON.stringify(fleet));
  const services: Service[] = [];
  const start = (name: string, args: string[]) => {
    const service = new Service({ name, command: process.execPath, args }, join(stack.dataDir, 'logs'), (sentence) => {
      throw new Error(sentence);
    });
    services.push(service);
    service.cameUp();
    service.start();
  };
  const stop = async () => {
    await Promise.all(services.slice(1).map((service) => service.stop()));
    await services[0]?.stop();
  };
  try {
    start('simulator', [inRoot('packages/sim/dist/cli.js'), 'fleet', file, '--control-port', String(controlPort)]);
    const api = await stack.api();
    let number = 0;
    for (const { name, sites } of fleet.customers) {
      const customer = await api.call(endpoints.createCustomer, { body: { name } });
      for (const site of sites) {
        number += 1;
        const stateDir = join(folder, `site-${number}`);
        await enrolAgent(api, stack, customer.id, site, stateDir, ways);
        start(`agent-${number}`, [inRoot('apps/agent/dist/main.js'), 'run', '--state-dir', stateDir]);
      }
    }
    const gateways = await nameEverything(
      api,
      fleet.customers.flatMap(({ sites }) => sites.flatMap((site) => site.gateways)),
    );
    return {
      gateways,
      async fault(gateway, port, fault, on) {
        const body = JSON.stringify({ gateway, ...(port === null ? {} : { port }), fault, on });
        const headers = { 'content-type': 'application/json' };
        const response = await fetch(`http://127.0.0.1:${controlPort}/faults`, { method: 'POST', headers, body });
        if (!response.ok) throw new Error(`the simulator refused: ${await response.text()}`);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A site with an agent that is enrolled, has its targets, and is ready to be started; returns the id of the agent. */
export async function enrolAgent(
  api: ApiCaller,
  stack: Stack,
  customerId: string,
  site: SimSite,
  stateDir: string,
  ways: Ways,
): Promise<string> {
  const { id: siteId } = await api.call(endpoints.createSite, {
    body: { customerId, name: site.name, timeZone: site.timeZone },
  });
  const { token } = await api.call(endpoints.createEnrolmentToken, { params: { siteId } });
  const enrol = ['enrol', '--api', stack.apiUrl, '--token', token, '--state-dir', stateDir];
  await run(process.execPath, [inRoot('apps/agent/dist/main.js'), ...enrol], { quiet: true });
  const agent = (await api.all(endpoints.listAgents, { siteId }))[0];
  if (agent === undefined) throw new Error(`the agent of ${site.name} enrolled but the API does not list it`);
  const targets = site.gateways.map((gateway) => ({
    id: gateway.name,
    address: gateway.address,
    port: ways.snmpPort(gateway),
    access: gateway.access,
    pollIntervalMs: null,
  }));
  const trapPort = ways.trapPort(site);
  const body = { targets, ...(trapPort === null ? {} : { trapPort }) };
  await api.call(endpoints.putAgentTargets, { params: { agentId: agent.id }, body });
  const settings = { mqttUrl: await ways.mqttUrl(site), hostname: site.name };
  writeFileSync(join(stateDir, 'agent.json'), JSON.stringify(settings), { mode: 0o600 });
  return agent.id;
}

/** Waits until all gateways are read; gives them and their lines the names and uses that the description has. */
async function nameEverything(api: ApiCaller, gateways: readonly SimGateway[]): Promise<GatewaySummary[]> {
  const found = await until('reading every gateway', FOUND_MS, async () => {
    const read = (await api.all(endpoints.listGateways)).filter((one) => one.reachability === 'reachable');
    return read.length === gateways.length ? read : undefined;
  });
  for (const { id, address } of found) {
    const described = gateways.find((one) => address.split(':')[0] === one.address);
    if (described === undefined) throw new Error(`the description has no gateway at ${address}`);
    const { portList } = await api.call(endpoints.getGateway, { params: { gatewayId: id } });
    await inTurns(portList, async ({ position }) => {
      const { label, number, device = 'unused' } = described.ports[position - 1] ?? {};
      const body = { lineDeviceClass: device, ...(label && { label }), ...(number && { number }) };
      await api.call(endpoints.updatePort, { params: { gatewayId: id, position }, body });
    });
    await api.call(endpoints.updateGateway, { params: { gatewayId: id }, body: { name: described.name } });
  }
  return api.all(endpoints.listGateways);
}

/** Does the work for each, a few at a time. */
async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  await Promise.all(
    Array.from({ length: NAMED_AT_ONCE }, async () => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
    }),
  );
}
