import { createHash } from 'node:crypto';
import type { Inventory, Report, UpMessage } from '@loopstart/contracts';

/** A fleet for measuring: so many agents, each with so many gateways, spread over operators. */
export interface FleetPlan {
  agents: number;
  gatewaysPerAgent: number;
  ports: number;
  operators: number;
}

/** The same id for the same name in every process. */
export function idOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export const agentIdOf = (agent: number): string => idOf(`agent ${agent}`);
export const gatewayIdOf = (agent: number, gateway: number): string => idOf(`gateway ${agent}/${gateway}`);
export const operatorIdOf = (plan: FleetPlan, agent: number): string => idOf(`operator ${agent % plan.operators}`);
export const siteIdOf = (agent: number): string => idOf(`site ${agent}`);

/** One poll in so many is sent in full, as agents do every quarter of an hour at one poll a minute. */
const FULL_EVERY = 15;
/** One poll in so many finds that lines were picked up or put down. */
const CHANGE_EVERY = 10;

/** Message `seq` of an agent: reports of its next gateways. Pure: the same bytes whoever asks. */
export function reportsMessage(
  plan: FleetPlan,
  agent: number,
  seq: number,
  reportsPerMessage: number,
  startMs: number,
): UpMessage {
  const reports = Array.from({ length: reportsPerMessage }, (_, index) => {
    const nth = (seq - 1 - 2 * plan.gatewaysPerAgent) * reportsPerMessage + index;
    const poll = 1 + Math.floor(nth / plan.gatewaysPerAgent);
    return report(plan, agent, nth % plan.gatewaysPerAgent, poll, startMs, false);
  });
  return { v: 1, epoch: 1, seq, after: [seq === 1 ? 0 : 1, seq - 1], kind: 'reports', body: { reports } };
}

/** The first messages of an agent: a gateway, and what it is like. */
export function firstMessages(plan: FleetPlan, agent: number, gateway: number, startMs: number): UpMessage[] {
  const { v, epoch, seq } = inventoryMessage(plan, agent, gateway);
  const reports = [report(plan, agent, gateway, 0, startMs, true)];
  return [
    inventoryMessage(plan, agent, gateway),
    { v, epoch, seq: seq + 1, after: [epoch, seq], kind: 'reports', body: { reports } },
  ];
}

function inventoryMessage(plan: FleetPlan, agent: number, gateway: number): UpMessage {
  const seq = 2 * gateway + 1;
  const body = inventory(plan, agent, gateway);
  return { v: 1, epoch: 1, seq, after: [seq === 1 ? 0 : 1, seq - 1], kind: 'inventory', body };
}

function report(
  plan: FleetPlan,
  agent: number,
  gateway: number,
  poll: number,
  startMs: number,
  first: boolean,
): Report {
  const { ports } = plan;
  const noise = (port: number, salt: number) => Math.sin(agent * 7.3 + gateway * 3.1 + poll * 1.7 + port + salt);
  const column = (cell: (port: number) => number) => Array.from({ length: ports }, (_, port) => cell(port));
  const phase = poll + gateway * 5 + agent;
  const inUse = (port: number) => (port * 7 + Math.floor(phase / CHANGE_EVERY)) % 25 < 2;
  const full = first || (poll + gateway + agent) % FULL_EVERY === 0;
  const changed = phase % CHANGE_EVERY === 0;
  const hook = column((port) => (inUse(port) ? 1 : 0));
  const call = column((port) => (inUse(port) ? 4 : 0));
  return {
    gatewayId: gatewayIdOf(agent, gateway),
    at: startMs + poll * 1000 + gateway,
    revision: 1,
    full,
    pollMs: 40,
    ...(full
      ? {
          state: {
            admin: column(() => 0),
            oper: column(() => 0),
            hook,
            call,
            registration: column(() => 0),
            fault: column((port) => (port === 5 && agent % 10 === 0 ? 1 : 0)),
          },
        }
      : changed
        ? { state: { hook, call } }
        : {}),
    measures: {
      lineVoltageV: column((port) => Math.round((inUse(port) ? 7 : 48 + noise(port, 1)) * 10) / 10),
      loopCurrentMa: column((port) => (inUse(port) ? Math.round((22 + noise(port, 2)) * 10) / 10 : 0)),
      jitterMs: column((port) => (inUse(port) ? Math.round(3 + noise(port, 3)) : 0)),
      packetLossPercent: column(() => 0),
    },
    counters: { callsIn: column((port) => port * 3 + (poll >> 4)), callsOut: column((port) => port + (poll >> 5)) },
    gateway: { uptimeS: 86_400 + poll * 60, temperatureC: Math.round((40 + noise(0, 4)) * 10) / 10 },
  };
}

function inventory(plan: FleetPlan, agent: number, gateway: number): Inventory {
  return {
    gatewayId: gatewayIdOf(agent, gateway),
    revision: 1,
    address: `10.${agent >> 8}.${agent & 255}.${gateway + 1}`,
    driverId: 'generic',
    driverRevision: 1,
    evidence: 'generic',
    unknownHardware: false,
    pollIntervalMs: 60_000,
    gateway: {
      vendor: 'Acme',
      model: `FX-${plan.ports}`,
      firmware: '1.0',
      hardwareRevision: null,
      serial: `${agent}-${gateway}`,
      macAddress: null,
      sysName: `gw-${agent}-${gateway}`,
      sysDescr: null,
      sysObjectId: null,
      powerSource: null,
    },
    capabilities: {},
    actions: [],
    ports: Array.from({ length: plan.ports }, (_, port) => ({
      position: port + 1,
      key: String(port + 1),
      kind: 'fxs',
      name: null,
      number: null,
      signalling: null,
      impedance: null,
      countryProfile: null,
      codecs: null,
      t38: null,
    })),
  };
}
