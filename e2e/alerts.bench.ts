/**
 * Time from a cut to the page, and from the repair to the all-clear, on the real system: simulated gateways, real
 * agents, broker, ingest, alert engine, outbox, signed webhook to a receiver that checks every signature. At least 200
 * faults: lines (reported by a notification, or found by a poll), gateways that hang, agents that stop.
 *
 * npm run bench -- alerts [--faults 200] [--only lines,gateways,agents]
 *
 * The reference in the same run is a round trip to the API's health check.
 */
import { parseArgs } from 'node:util';
import { endpoints, type GatewaySummary } from '@loopstart/contracts';
import { type Received, WebhookSink } from '../scripts/lib/webhook-sink.ts';
import type { ApiCaller } from '../scripts/stack/api-caller.ts';
import { portsOf } from './lib/ports.ts';
import { type Stack, startStack } from './lib/stack.ts';

const { values } = parseArgs({
  options: { faults: { type: 'string', default: '200' }, only: { type: 'string', default: 'lines,gateways,agents' } },
});
const only = new Set(values.only.split(','));
const faults = Number(values.faults);
/** Goals of the product, seconds at the 99th percentile. */
const GOALS = { 'line, by notification': 5, 'line, by poll': 35, gateway: 60, agent: 45 } as const;
type Class = keyof typeof GOALS;
const GIVE_UP_MS = 150_000;
/** Gateways and agents give about so many faults; the rest are lines, for at most so long. */
const OTHER_FAULTS = 30;
const LINES_MS = 25 * 60_000;
/** How long one line is waited for: one poll and a margin. */
const LINE_MS = 50_000;
const LINE_FAULTS = ['ground-fault', 'over-temperature', 'hardware-failure'];
const AGENT_ROUNDS_MAX = 3;
/** This long after a repair the same thing may be broken again without counting as restless. */
const REST_MS = 8 * 60_000;
/** Fewer than the number that counts as many agents lost together. */
const AGENTS_AT_ONCE = 3;

interface Sample {
  class: Class;
  raisedMs: number;
  resolvedMs: number;
}

const sink = await WebhookSink.start();
const stack = await startStack(portsOf('alerts-bench'), { demo: true, env: { LOOPSTART_OUTBOUND_ALLOW: '127.0.0.1' } });
const samples: Sample[] = [];
const problems: string[] = [];
try {
  const api = await stack.api();
  const created = await api.call(endpoints.createChannel, {
    body: { kind: 'webhook', name: 'Bench', url: sink.url, filters: {}, signing: 'v1' },
  });
  sink.secret = created.signingSecret ?? '';
  const reference = await roundTrip(stack);
  const gateways = (await api.all(endpoints.listGateways)).filter((one) => one.reachability === 'reachable');
  console.log(
    `${gateways.length} gateways of ${new Set(gateways.map(({ site }) => site.id)).size} sites; waiting for a quiet start`,
  );
  await pause(100_000);

  if (only.has('lines')) await each(gateways, (gateway) => lines(api, gateway));
  if (only.has('gateways'))
    await each(groupedBySite(gateways), async (atSite) => {
      for (const gateway of atSite) await gatewayHangs(gateway);
    });
  for (let round = 0; only.has('agents') && samples.length < faults && round < AGENT_ROUNDS_MAX; round += 1) {
    if (round > 0) await pause(REST_MS);
    await agentsStop(api);
  }

  for (const name of Object.keys(GOALS) as Class[]) report(name);
  console.log(
    `faults: ${samples.length}; signatures refused: ${sink.refused.length}; not as expected: ${problems.length}`,
  );
  for (const problem of problems.slice(0, 20)) console.log(`  ${problem}`);
  console.log(`reference, health check there and back: ${reference.toFixed(1)} ms`);
} finally {
  await stack.stop();
  stack.removeData();
  await sink.stop();
}

/** Each line of a gateway once, one at a time, until there were enough of all gateways or the phase is over. */
async function lines(api: ApiCaller, gateway: GatewaySummary): Promise<void> {
  const { portList } = await api.call(endpoints.getGateway, { params: { gatewayId: gateway.id } });
  const usable = portList.filter(
    (port) => port.severity === 'ok' && port.lineDeviceClass !== 'unused' && port.kind === 'fxs',
  );
  const end = Date.now() + LINES_MS;
  let fault = 0;
  for (const { position } of usable) {
    if (Date.now() > end || samples.length >= faults - OTHER_FAULTS) return;
    // Gateways differ in the faults they can report of a line.
    while (fault < LINE_FAULTS.length && !(await lineFails(api, gateway, position, LINE_FAULTS[fault]!))) fault += 1;
    if (fault === LINE_FAULTS.length) {
      console.log(`${gateway.name} reports nothing of a line that fails`);
      return;
    }
  }
}

/** Breaks a line, waits for the page, repairs it, waits for the end; false: the gateway cannot report this fault. */
async function lineFails(api: ApiCaller, gateway: GatewaySummary, position: number, fault: string): Promise<boolean> {
  const subject = `${gateway.id}/${position}`;
  const from = Date.now();
  await stack.fault(gateway.name, position, fault, true);
  const seen = await sink.waitFor(subject, LINE_MS, about('incident.raised', subject, from)).catch(() => undefined);
  const port = await api.call(endpoints.getPort, { params: { gatewayId: gateway.id, position } });
  const mendedAt = Date.now();
  await stack.fault(gateway.name, position, fault, false);
  if (seen === undefined) {
    if (port.oper !== 'out-of-service' && (port.fault ?? 'none') === 'none') return false;
    problems.push(`${gateway.name} port ${position}: ${fault} was detected and not notified`);
    return true;
  }
  const events = await api.call(endpoints.listEvents, {
    query: { gatewayId: gateway.id, position, from: new Date(from - 1000).toISOString() },
  });
  const byNotification = events.items.some(({ source }) => source === 'trap' || source === 'inform');
  await finish(byNotification ? 'line, by notification' : 'line, by poll', subject, from, seen, mendedAt);
  await pause(2_000);
  return true;
}

async function gatewayHangs(gateway: GatewaySummary): Promise<void> {
  const from = Date.now();
  await stack.fault(gateway.name, null, 'hang', true);
  const seen = await sink
    .waitFor(gateway.name, GIVE_UP_MS, about('incident.raised', gateway.id, from))
    .catch(() => undefined);
  const mendedAt = Date.now();
  await stack.fault(gateway.name, null, 'hang', false);
  if (seen === undefined) problems.push(`${gateway.name} hung without a page`);
  else await finish('gateway', gateway.id, from, seen, mendedAt);
  await pause(5_000);
}

/** Stops agents, a few at a time: their connections stay open without data, as when a cable is cut. */
async function agentsStop(api: ApiCaller): Promise<void> {
  const agents = await api.all(endpoints.listAgents);
  const pids = stack.pids('agent');
  for (let first = 0; first < pids.length; first += AGENTS_AT_ONCE) {
    const from = Date.now();
    const some = pids.slice(first, first + AGENTS_AT_ONCE);
    for (const pid of some) process.kill(pid, 'SIGSTOP');
    const told = new Map<string, Received>();
    const end = Date.now() + GIVE_UP_MS;
    while (told.size < some.length && Date.now() < end) {
      for (const { id, site } of agents) {
        const found = sink.received.find(
          (one) => about('incident.raised', id, from)(one) || about('incident.raised', site.id, from)(one),
        );
        if (found !== undefined) told.set(id, found);
      }
      await pause(50);
    }
    const mendedAt = Date.now();
    for (const pid of some) process.kill(pid, 'SIGCONT');
    if (told.size < some.length) problems.push(`${some.length} agents stopped, ${told.size} were paged`);
    await Promise.all([...told].map(([, seen]) => finish('agent', subjectOf(seen), from, seen, mendedAt)));
    await pause(30_000);
  }
}

async function finish(name: Class, subject: string, from: number, seen: Received, mendedAt: number): Promise<void> {
  const ended = await sink
    .waitFor(`end of ${subject}`, GIVE_UP_MS, about('incident.resolved', subject, from))
    .catch(() => undefined);
  if (ended === undefined) {
    problems.push(`${name} ${subject}: no all-clear`);
    return;
  }
  const sample = { class: name, raisedMs: seen.at - from, resolvedMs: ended.at - mendedAt };
  samples.push(sample);
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  console.log(
    `  ${samples.length} ${name} ${subject}: page ${seconds(sample.raisedMs)}, all-clear ${seconds(sample.resolvedMs)}`,
  );
}

function about(
  type: 'incident.raised' | 'incident.resolved',
  subject: string,
  from: number,
): (one: Received) => boolean {
  return (one) => one.at >= from && one.payload.type === type && subjectOf(one) === subject;
}

function subjectOf({ payload }: Received): string {
  return payload.type === 'incident.raised' || payload.type === 'incident.resolved' ? payload.data.subject.id : '';
}

function report(name: Class): void {
  const some = samples.filter((sample) => sample.class === name);
  if (some.length === 0) {
    console.log(`${name}: none`);
    return;
  }
  const at = (times: number[], share: number) =>
    (times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0) / 1000;
  const raised = some.map(({ raisedMs }) => raisedMs);
  const resolved = some.map(({ resolvedMs }) => resolvedMs);
  console.log(
    `${name.padEnd(22)} ${String(some.length).padStart(4)} faults: page median ${at(raised, 0.5).toFixed(1)} s, p99 ${at(raised, 0.99).toFixed(1)} s (goal ${GOALS[name]} s, ratio ${(at(raised, 0.99) / GOALS[name]).toFixed(2)}); all-clear median ${at(resolved, 0.5).toFixed(1)} s, p99 ${at(resolved, 0.99).toFixed(1)} s (goal 60 s)`,
  );
}

function groupedBySite(gateways: readonly GatewaySummary[]): GatewaySummary[][] {
  return [...Map.groupBy(gateways, ({ site }) => site.id).values()];
}

async function each<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  await Promise.all(items.map(work));
}

async function roundTrip({ apiUrl }: Stack): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < 30; index += 1) {
    const started = performance.now();
    await (await fetch(`${apiUrl}/readyz`)).arrayBuffer();
    times.push(performance.now() - started);
  }
  return times.toSorted((a, b) => a - b)[15] ?? 0;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
