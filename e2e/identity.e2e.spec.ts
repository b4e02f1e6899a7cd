import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { endpoints, type Gateway } from '@loopstart/contracts';
import { SimFleet, type SimGateway } from '@loopstart/sim';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inRoot } from '../scripts/lib/process.ts';
import type { ApiCaller } from '../scripts/stack/api-caller.ts';
import { enrolAgent } from './lib/own-fleet.ts';
import { portsOf } from './lib/ports.ts';
import { type Stack, startStack, until } from './lib/stack.ts';

const BASE = portsOf('identity');
const SNMP_PORT = BASE + 20;
const READ_MS = 90_000;
/** Time until a gateway is found again where nothing answered for a while: by then it is tried every 25 s. */
const FOUND_AGAIN_MS = 120_000;
const HOUR_MS = 3_600_000;

/** An MP-118 whose lines are quiet. The same serial number and MAC address are the same unit, at whatever address. */
const unit = (name: string, address: string, number: number, upMs: number) =>
  ({
    name,
    driver: 'audiocodes',
    address,
    port: SNMP_PORT,
    serial: `77001${number}`,
    macAddress: `00:90:8f:00:00:0${number}`,
    upMs,
    access: { version: 'v2c', community: 'public', writeCommunity: 'private' },
    ports: Array.from({ length: 8 }, () => ({ device: 'unused' as const })),
  }) as const;
const lobby = unit('lobby', '127.0.73.1', 1, 9 * HOUR_MS);
const lobbyMoved = { ...lobby, name: 'lobby-moved', address: '127.0.73.2' };
const newcomer = unit('newcomer', '127.0.73.1', 2, HOUR_MS);
const annex = unit('annex', '127.0.73.3', 3, 9 * HOUR_MS);
/** The same device with another main board. */
const annexMended = { ...unit('annex-mended', '127.0.73.3', 4, HOUR_MS) };
const ADDRESSES = ['127.0.73.1', '127.0.73.2', '127.0.73.3'];

let stack: Stack;
let sim: SimFleet;
let api: ApiCaller;
let agentId: string;
let agent: ChildProcess;
let stateDir: string;

const site = {
  name: 'North House',
  timeZone: 'Europe/London',
  gateways: [lobby, lobbyMoved, newcomer, annex, annexMended],
};
const startAgent = () =>
  spawn(process.execPath, [inRoot('apps/agent/dist/main.js'), 'run', '--state-dir', stateDir], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
async function stopAgent(): Promise<void> {
  const ended = new Promise((resolve) => agent.once('exit', resolve));
  agent.kill('SIGTERM');
  await ended;
}

beforeAll(async () => {
  stack = await startStack(BASE, { demo: false });
  sim = await SimFleet.create({ customers: [{ name: 'Oak', sites: [site] }] });
  api = await stack.api();
  const customer = await api.call(endpoints.createCustomer, { body: { name: 'Oak' } });
  stateDir = join(stack.dataDir, 'north-house');
  agentId = await enrolAgent(api, stack, customer.id, { ...sim.sites[0]!.spec, gateways: [] }, stateDir, {
    mqttUrl: async () => `mqtts://localhost:${BASE + 2}`,
    snmpPort: () => SNMP_PORT,
    trapPort: () => BASE + 21,
  });
  const targets = ADDRESSES.map((address) => ({
    id: address,
    address,
    port: SNMP_PORT,
    access: lobby.access,
    pollIntervalMs: 1_000,
  }));
  await api.call(endpoints.putAgentTargets, { params: { agentId }, body: { targets, trapPort: BASE + 21 } });
  for (const { name } of [lobby, annex]) await gateway(name).start();
  agent = startAgent();
});

afterAll(async () => {
  agent?.kill('SIGKILL');
  await sim?.stop();
  await stack?.stop();
  stack?.removeData();
});

function gateway(name: string): SimGateway {
  const found = sim.gateway(name);
  if (found === undefined) throw new Error(`no gateway ${name}`);
  return found;
}
const get = (gatewayId: string): Promise<Gateway> => api.call(endpoints.getGateway, { params: { gatewayId } });
/** The gateway in service at an address, once it is read there. */
const readAt = (address: string, not?: string) =>
  until(`a gateway is read at ${address}`, FOUND_AGAIN_MS, async () => {
    const found = await api.all(endpoints.listGateways);
    return found.find((one) => one.address === address && one.reachability === 'reachable' && one.id !== not);
  });
const incidentsOf = (gatewayId: string) => api.all(endpoints.listIncidents, { gatewayId, attention: 'all' });
const codes = async (gatewayId: string) => (await get(gatewayId)).notices.map(({ code }) => code);

test('a gateway that moved keeps its record, and the device at its old address is a question, not an assumption', async () => {
  const { id } = await readAt(lobby.address);
  const line = { params: { gatewayId: id, position: 3 } };
  await api.call(endpoints.updatePort, { ...line, body: { label: 'Lift', lineDeviceClass: 'lift-phone' } });
  const broken = { kind: 'hardware-failure', port: 3, delayMs: 3_000, corruption: 'mixed' } as const;
  for (const { name } of [lobby, lobbyMoved]) gateway(name).living.setFault(broken);
  const [incident] = await until('an incident', READ_MS, async () => {
    const open = await incidentsOf(id);
    return open.length > 0 ? open : undefined;
  });

  await gateway(lobby.name).stop();
  await gateway(newcomer.name).start();
  const other = await readAt(newcomer.address, id);
  await until('the question', READ_MS, async () => ((await codes(id)).includes('displaced') ? true : undefined));
  expect(await get(id)).toMatchObject({
    retired: null,
    reachability: 'unreachable',
    unreachableCode: 'another-gateway',
    notices: [{ code: 'displaced', other: { id: other.id } }],
  });
  expect(other.name).not.toBe((await get(id)).portList[2]?.label);
  expect((await get(other.id)).portList.map(({ label }) => label)).toEqual(Array.from({ length: 8 }, () => null));
  expect(await incidentsOf(id)).toMatchObject([{ id: incident!.id, attention: 'open', resolvedAt: null }]);

  await gateway(lobbyMoved.name).start();
  expect((await readAt(lobbyMoved.address)).id).toBe(id);
  await until('the question is answered', READ_MS, async () => ((await codes(id)).length === 0 ? true : undefined));
  const moved = await get(id);
  expect(moved).toMatchObject({ address: lobbyMoved.address, serial: lobby.serial, retired: null });
  expect(moved.portList[2]).toMatchObject({ label: 'Lift', lineDeviceClass: 'lift-phone', fault: 'hardware-failure' });
  expect(moved.portList).toHaveLength(8);
  expect(await incidentsOf(id)).toMatchObject([{ id: incident!.id, attention: 'open', resolvedAt: null }]);
  expect(await get(other.id)).toMatchObject({ address: newcomer.address, serial: newcomer.serial, retired: null });
});

test('two records of one device are merged: the agent learns it, and uses it from then on', async () => {
  const { id: kept } = await readAt(annex.address);
  await gateway(annex.name).stop();
  await gateway(annexMended.name).start();
  const { id: former } = await readAt(annexMended.address, kept);
  await until('the question', READ_MS, async () => ((await codes(kept)).includes('displaced') ? true : undefined));

  // Decided while the agent is away: it reads on, and says so afterwards under the id that it knows.
  await stopAgent();
  await api.call(endpoints.mergeGateway, { params: { gatewayId: former }, body: { intoGatewayId: kept } });
  expect(await get(former)).toMatchObject({ retired: { because: 'merged', agentsLearned: false } });
  agent = startAgent();
  await until('the agent has acknowledged the merge', READ_MS, async () =>
    (await get(former)).retired?.agentsLearned === true ? true : undefined,
  );
  const reads = async (position: number) =>
    until(`port ${position} of the record that is left is faulty`, READ_MS, async () =>
      (await get(kept)).portList[position - 1]?.fault === 'hardware-failure' ? true : undefined,
    );
  const break_ = (port: number) =>
    gateway(annexMended.name).living.setFault({ kind: 'hardware-failure', port, delayMs: 3_000, corruption: 'mixed' });
  break_(2);
  await reads(2);
  expect((await readAt(annexMended.address)).id).toBe(kept);
  expect(await get(kept)).toMatchObject({ serial: annexMended.serial, retired: null, notices: [] });

  const { id: actionId } = await api.call(endpoints.createAction, {
    params: { gatewayId: kept },
    body: { type: 'poll-now', idempotencyKey: crypto.randomUUID() },
  });
  await until('the action is done', READ_MS, async () =>
    (await api.call(endpoints.getAction, { params: { actionId } })).state === 'succeeded' ? true : undefined,
  );

  await stopAgent();
  break_(5);
  agent = startAgent();
  await reads(5);
  expect(await get(former)).toMatchObject({ retired: { agentsLearned: true, reportedAgain: false }, notices: [] });
  expect((await api.all(endpoints.listGateways)).map(({ id }) => id)).not.toContain(former);
});
