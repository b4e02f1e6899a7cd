/**
 * Cost of the alert rules in the worst hour: every line of an operator with 10,000 gateways of 24 ports loses its
 * registration within one poll, stays unregistered for five minutes, and registers again. Measures the CPU of each
 * evaluation of the whole fleet (one every 15 s, in parts of 500 gateways as in the service), the longest single step
 * (nothing else runs in the process meanwhile), and the records kept. The reference in the same run is one
 * `JSON.stringify` of the records: about the least that storing them costs.
 *
 * npm run bench -- alert-storm [--gateways 10000]
 */
import { parseArgs } from 'node:util';
import {
  type AgentFacts,
  emptyEngine,
  type EngineInput,
  type GatewayFacts,
  REGISTRATION_STATES,
  step,
} from '@loopstart/domain';

const { values } = parseArgs({ options: { gateways: { type: 'string', default: '10000' } } });
const gateways = Number(values.gateways);
const PORTS = 24;
const PER_AGENT = 5;
const START = 1_800_000_000_000;
const SWEEP_MS = 15_000;
const POLL_MS = 30_000;
const PART = 500;
const LOST_AT = START + 60_000;
const BACK_AT = LOST_AT + 300_000;
const END = BACK_AT + 120_000;

const column = (value: number) => Array.from({ length: PORTS }, () => value);
const positions = Array.from({ length: PORTS }, (_, index) => index + 1);
const devices = positions.map((position) => (position % 12 === 0 ? 'alarm-panel' : 'phone') as 'phone');
const well = column(0);
const REGISTERED = column(REGISTRATION_STATES.indexOf('registered'));
const LOST = column(REGISTRATION_STATES.indexOf('unregistered'));

const id = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
const agentOf = (index: number) => Math.floor(index / PER_AGENT);
const customerOf = (agent: number) => `customer-${agent % 100}`;

function facts(index: number, now: number): GatewayFacts {
  // Each gateway is read every 30 s, at its own moment.
  const phase = (index * 7919) % POLL_MS;
  const observedAt = now - ((now - phase) % POLL_MS);
  const lost = observedAt >= LOST_AT && observedAt < BACK_AT;
  return {
    gatewayId: id(index),
    siteId: `site-${agentOf(index)}`,
    agentId: `agent-${agentOf(index)}`,
    customerId: customerOf(agentOf(index)),
    pollIntervalMs: POLL_MS,
    observedAt,
    reachability: 'reachable',
    reachabilityAt: START - 86_400_000,
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
    admin: well,
    oper: well,
    hook: well,
    call: well,
    registration: lost ? LOST : REGISTERED,
    fault: well,
    stateSince: column(lost ? observedAt : START - 86_400_000),
    lineVoltageV: null,
    loopCurrentMa: null,
    jitterMs: null,
    packetLossPercent: null,
    recentCalls: null,
    baselines: null,
    lineTests: null,
  };
}

const agents = Array.from({ length: Math.ceil(gateways / PER_AGENT) }, (_, agent) => agent);
const topology: EngineInput['topology'] = {
  sites: new Map(agents.map((n) => [`site-${n}`, { id: `site-${n}`, customerId: customerOf(n) }])),
  agents: new Map(agents.map((n) => [`agent-${n}`, { id: `agent-${n}`, siteId: `site-${n}` }])),
  gateways: new Map(
    Array.from({ length: gateways }, (_, n) => [
      id(n),
      {
        id: id(n),
        siteId: `site-${agentOf(n)}`,
        agentId: `agent-${agentOf(n)}`,
        model: 'model',
        firmware: '7.1',
        registrar: null,
      },
    ]),
  ),
};

let state = emptyEngine(START);
const evaluations: { at: number; cpuMs: number; longestMs: number; records: number }[] = [];
const notified: { at: number; what: string }[] = [];
let opened = 0;
let resolved = 0;
let mostRecords: unknown[] = [];
for (let now = START; now <= END; now += SWEEP_MS) {
  const fleet = Array.from({ length: gateways }, (_, index) => facts(index, now));
  let cpuMs = 0;
  let longestMs = 0;
  for (let from = 0; from < gateways; from += PART) {
    const input: EngineInput = {
      now,
      topology,
      agents: [] as AgentFacts[],
      gateways: fleet.slice(from, from + PART),
      thresholds: [],
      maintenance: new Map(),
      interruption: null,
      dueMax: Number.POSITIVE_INFINITY,
      gone: [],
    };
    const before = process.cpuUsage();
    const started = performance.now();
    const result = step(state, input);
    longestMs = Math.max(longestMs, performance.now() - started);
    const { user, system } = process.cpuUsage(before);
    cpuMs += (user + system) / 1000;
    state = result.state;
    for (const change of result.changes) {
      if (change.type === 'opened') opened += 1;
      else if (change.type === 'resolved') {
        resolved += 1;
        if (change.record.announced) notified.push({ at: now, what: `over: ${change.record.key}` });
      } else if (change.type === 'announce') notified.push({ at: now, what: `raised: ${change.record.key}` });
    }
  }
  if (state.records.size > mostRecords.length) mostRecords = [...state.records.values()];
  evaluations.push({ at: now, cpuMs, longestMs, records: state.records.size });
  console.log(
    `${String((now - LOST_AT) / 1000).padStart(4)} s after the loss: ${cpuMs.toFixed(0).padStart(6)} ms CPU, longest step ${longestMs.toFixed(0)} ms, ${state.records.size.toLocaleString('en')} records`,
  );
}
for (const { at, what } of notified) console.log(`${(at - LOST_AT) / 1000} s: ${what}`);
console.log(
  `${opened.toLocaleString('en')} opened, ${resolved.toLocaleString('en')} resolved, ${notified.length} notified`,
);
const worst = evaluations.reduce((a, b) => (a.cpuMs > b.cpuMs ? a : b));
const before = process.cpuUsage();
const bytes = JSON.stringify(mostRecords).length;
const { user, system } = process.cpuUsage(before);
const referenceMs = (user + system) / 1000;
console.log(
  `most expensive evaluation ${worst.cpuMs.toFixed(0)} ms CPU for ${worst.records.toLocaleString('en')} records; one JSON.stringify of them ` +
    `${referenceMs.toFixed(0)} ms (${(bytes / 1048576).toFixed(0)} MiB); ratio ${(worst.cpuMs / referenceMs).toFixed(2)}`,
);
if (notified.length !== 2) {
  console.error('Expected 2 notifications: one of the loss and one of its end.');
  process.exitCode = 1;
}
