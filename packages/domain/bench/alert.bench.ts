/**
 * How fast the alert rules evaluate a fleet, and how much state they keep. One evaluation is one port or one gateway
 * with every condition it can have. The reference in the same run is a bare loop that only reads the same arrays.
 *
 * npm run bench -- alert [--gateways 10000]
 */
import { parseArgs } from 'node:util';
import { emptyEngine, type EngineInput, type GatewayFacts, step } from '@loopstart/domain';

const { values } = parseArgs({ options: { gateways: { type: 'string', default: '10000' } } });
const gateways = Number(values.gateways);
const PORTS = 24;
const NOW = 1_800_000_000_000;
const ROUNDS = 9;

const column = (value: number) => Array.from({ length: PORTS }, () => value);
const positions = Array.from({ length: PORTS }, (_, index) => index + 1);
const devices = positions.map((position) => (position % 12 === 0 ? 'alarm-panel' : 'phone') as 'phone');

/**
 * `badPorts` lines of the gateway are out of service; with measurements every port is also compared with its baseline.
 */
function facts(index: number, now: number, badPorts: number, measured: boolean): GatewayFacts {
  const oper = column(0);
  const fault = column(0);
  for (let port = 0; port < badPorts; port += 1) {
    oper[(index + port * 5) % PORTS] = 1;
    fault[(index + port * 5) % PORTS] = 1;
  }
  return {
    gatewayId: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    siteId: `site-${index % 1000}`,
    agentId: `agent-${index % 1000}`,
    customerId: `customer-${index % 100}`,
    pollIntervalMs: 60_000,
    observedAt: now - 1000,
    reachability: 'reachable',
    reachabilityAt: NOW,
    unreadable: null,
    uptimeS: 100_000,
    restartedAt: null,
    temperatureC: 41,
    alarms: [],
    happened: [],
    registrarAlarm: false,
    failedActions: [],
    configuration: { change: null, drift: null },
    positions,
    devices,
    admin: column(0),
    oper,
    hook: column(0),
    call: column(0),
    registration: column(0),
    fault,
    stateSince: column(NOW),
    lineVoltageV: measured ? column(48) : null,
    loopCurrentMa: measured ? column(0) : null,
    jitterMs: measured ? column(4) : null,
    packetLossPercent: measured ? column(0.1) : null,
    recentCalls: null,
    baselines: measured
      ? positions.map(() => ({ lineVoltageV: { mean: 48.2, deviation: 0.4, samples: 400 }, loopCurrentMa: null }))
      : null,
    lineTests: null,
  };
}

const topology: EngineInput['topology'] = {
  sites: new Map(
    Array.from({ length: 1000 }, (_, n) => [`site-${n}`, { id: `site-${n}`, customerId: `customer-${n % 100}` }]),
  ),
  agents: new Map(Array.from({ length: 1000 }, (_, n) => [`agent-${n}`, { id: `agent-${n}`, siteId: `site-${n}` }])),
  gateways: new Map(),
};
const input = (now: number, some: GatewayFacts[]): EngineInput => ({
  now,
  topology,
  agents: [],
  gateways: some,
  thresholds: [],
  maintenance: new Map(),
  interruption: null,
  dueMax: Number.POSITIVE_INFINITY,
  gone: [],
});

let sum = 0;
function bare(some: readonly GatewayFacts[]): void {
  for (const { admin, oper, hook, call, registration, fault } of some)
    for (let port = 0; port < PORTS; port += 1)
      sum +=
        (admin![port] ?? 0) +
        (oper![port] ?? 0) +
        (hook![port] ?? 0) +
        (call![port] ?? 0) +
        (registration![port] ?? 0) +
        (fault![port] ?? 0);
}

/** Evaluations a second of CPU, median over the rounds. */
function rate(work: (round: number) => void): number {
  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.cpuUsage();
    work(round);
    const { user, system } = process.cpuUsage(before);
    rates.push((gateways * (PORTS + 1)) / ((user + system) / 1e6));
  }
  return rates.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
}

const formatRate = (rate: number) => `${Math.round(rate).toLocaleString('en')} evaluations/s a core`;
console.log(`${gateways.toLocaleString('en')} gateways of ${PORTS} ports`);
for (const { name, bad, measured } of [
  { name: 'all well', bad: () => 0, measured: false },
  { name: 'no fault, with measurements against baselines', bad: () => 0, measured: true },
  { name: '1 port in 100 out of service', bad: (index: number) => (index % 4 === 0 ? 1 : 0), measured: false },
]) {
  const fleets = Array.from({ length: ROUNDS }, (_, round) =>
    Array.from({ length: gateways }, (_unused, index) => facts(index, NOW + round * 15_000, bad(index), measured)),
  );
  const reference = rate((round) => bare(fleets[round]!));
  let state = emptyEngine(NOW);
  globalThis.gc?.();
  const heapBefore = process.memoryUsage().heapUsed;
  const judged = rate((round) => {
    // In parts, as in the service.
    for (let from = 0; from < gateways; from += 250)
      state = step(state, input(NOW + round * 15_000, fleets[round]!.slice(from, from + 250))).state;
  });
  globalThis.gc?.();
  const heap = process.memoryUsage().heapUsed - heapBefore;
  const stored = JSON.stringify([...state.records.values()]).length;
  console.log(
    `${name}: ${formatRate(judged)}; bare loop ${formatRate(reference)}; ratio ${(judged / reference).toFixed(3)}`,
  );
  console.log(
    `  kept: ${state.records.size.toLocaleString('en')} records, ${(stored / 1024).toFixed(0)} KiB stored` +
      (state.records.size === 0 ? '' : `, ${Math.round(stored / state.records.size)} B each`) +
      (globalThis.gc === undefined ? '' : `, heap ${(heap / 1048576).toFixed(1)} MiB`),
  );
}
if (!Number.isFinite(sum)) throw new Error('the bare loop read nothing');
