/**
 * Thousands of agents and a broker that restarts: no tenant may be paged, and everybody must be back soon. The real API
 * with its broker and PostgreSQL; agents that speak as real ones do (mutual TLS, MQTT 5, delayed last will, presence,
 * numbered messages, the same waits between tries) without disk and gateways, all in one process. In turn
 * - `term`: the API with its broker is stopped in good order and comes back,
 * - `kill`: it is killed,
 * - `postgres`: the database is killed under it,
 * - `control`: a few agents of two tenants lose their power for good, and exactly these are paged,
 * - `cut`: all others stand still for a minute, as when the way to us is cut; nobody restarts.
 *
 *     npm run bench -- storm [--agents 2000] [--operators 20] [--rounds term,kill,postgres,control,cut]
 *
 * Ends with an error when a tenant was paged for what was ours, agents did not come back, or the control was not paged.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type pg from 'pg';
import { agentIdOf, type FleetPlan, siteIdOf } from '../apps/api/bench/ingest/fleet.ts';
import { Pages, pause, spoken } from './lib/pages.ts';
import { portsOf } from './lib/ports.ts';
import { startStack, until } from './lib/stack.ts';
import { plantFleet } from './lib/storm/plant.ts';
import { PORTS } from './lib/storm/storm-plan.ts';
import type { StormCommand, StormStatus } from './lib/storm/storm-process.ts';

const { values } = parseArgs({
  options: {
    agents: { type: 'string', default: '2000' },
    operators: { type: 'string', default: '20' },
    rounds: { type: 'string', default: 'term,kill,postgres,control,cut' },
  },
});
const plan: FleetPlan = {
  agents: Number(values.agents),
  operators: Number(values.operators),
  gatewaysPerAgent: 1,
  ports: PORTS,
};
const BASE = portsOf('storm-bench');
const SPREAD_MS = 15_000;
const BACK_MS = 120_000;
/** What a restart could still lead to: a lease that ends, the settling of what follows from it, and some. */
const CONSEQUENCES_MS = 90_000;
const CUT_MS = 60_000;
const CONTROL_MS = 60_000;
/** Agents that are lost for good; two of the operator who is signed in, one of another. Fewer than an outage of ours. */
const VICTIMS = [0, plan.operators, 1];
const API = 'apps/api/dist/main.js';

const pages = await Pages.open();
const stack = await startStack(BASE, {
  demo: false,
  env: { LOOPSTART_OUTBOUND_ALLOW: '127.0.0.1', NODE_ENV: 'production' },
});
const storm = fork(join(import.meta.dirname, 'lib/storm/storm-process.ts'), {
  execArgv: ['--disable-warning=ExperimentalWarning'],
});
let wrong = 0;
let alive = plan.agents;
try {
  await pages.follow(stack);
  const started = Date.now();
  const first = await planted();
  await sendCommand({ do: 'start', plan, host: '127.0.0.1', port: BASE + 2, identities: first, spreadMs: SPREAD_MS });
  const took = await allBack(started);
  console.log(
    `${plan.agents} agents of ${plan.operators} tenants, ${plan.ports} lines each, all connected and acknowledged after ${seconds(took)}; API ${apiMemory()}`,
  );
  await pause(CONSEQUENCES_MS);
  check('start', await pagesSince(started));
  for (const round of values.rounds.split(',')) await (round === 'control' ? control() : interrupt(round));
} finally {
  storm.kill();
  await stack.stop();
  if (wrong === 0) stack.removeData();
  else console.log(`logs are kept: ${stack.dataDir}/logs`);
  await pages.stop();
}
process.exitCode = wrong === 0 ? 0 : 1;

async function planted(): Promise<string> {
  const database = await stack.database();
  const { rows } = await database.query<{ id: string }>('select operator_id as id from app_user');
  const file = await plantFleet(stack, database, plan, rows[0]!.id);
  await database.end();
  return file;
}

/** One interruption, until everybody is back and all that could follow from it has. */
async function interrupt(round: string): Promise<void> {
  const memory = apiMemory();
  const before = await sendCommand({ do: 'status' });
  const from = Date.now();
  if (round === 'cut') {
    // They send and receive nothing; the kernel keeps their connections, as a silent network does.
    process.kill(storm.pid!, 'SIGSTOP');
    await pause(CUT_MS);
    process.kill(storm.pid!, 'SIGCONT');
  } else {
    const what = round === 'postgres' ? join(stack.dataDir, 'postgres') : API;
    const pid = stack.pids(what)[0];
    if (pid === undefined) throw new Error(`there is no process ${what}`);
    process.kill(pid, round === 'term' ? 'SIGTERM' : 'SIGKILL');
    await until(`${what} in another process`, 60_000, async () =>
      stack.pids(what).some((other) => other !== pid) ? true : undefined,
    );
  }
  await ready();
  const readyMs = Date.now() - from;
  const back = await allBack(from);
  await pause(Math.max(0, CONSEQUENCES_MS - (Date.now() - from)));
  const after = await sendCommand({ do: 'status' });
  console.log(
    `${round}: API ready after ${seconds(readyMs)}, all ${alive} agents back and acknowledged after ${seconds(back)} (${after.connections - before.connections} connections, ${after.refused - before.refused} refused); API before ${memory}, after ${apiMemory()}; alerting ${await watchdog()}; said about ourselves ${suspicions(from)} times`,
  );
  check(round, await pagesSince(from));
}

/** Agents that are really lost: exactly these are paged, to their own operators. */
async function control(): Promise<void> {
  const from = Date.now();
  await sendCommand({ do: 'die', agents: VICTIMS });
  alive -= VICTIMS.length;
  const expected = new Set(VICTIMS.flatMap((agent) => [agentIdOf(agent), siteIdOf(agent)]));
  const database = await stack.database();
  let raised: Page[] = [];
  await until('every lost agent is paged', CONTROL_MS, async () => {
    raised = await pagesOf(database, from);
    return raised.length >= VICTIMS.length ? true : undefined;
  }).catch((error: Error) => console.log(`  ${error.message}`));
  await pause(15_000);
  raised = await pagesOf(database, from);
  await database.end();
  const mine = pages.of('incident.raised', from);
  const right = raised.filter(({ subject }) => expected.has(subject));
  console.log(
    `control: ${VICTIMS.length} agents lost for good: ${raised.length} pages, ${right.length} of them of these agents, the last after ${seconds(Math.max(0, ...raised.map(({ at }) => at - from)))}; ${mine.length} arrived signed at the tenant's receiver`,
  );
  if (raised.length !== VICTIMS.length || right.length !== VICTIMS.length || mine.length !== 2) wrong += 1;
}

interface Page {
  operator: string;
  kind: string;
  subject: string;
  at: number;
}

/** Every page to any tenant since then, from the stored messages, independent of receivers. */
async function pagesOf(database: pg.Client, from: number): Promise<Page[]> {
  const { rows } = await database.query<Page>(
    `select operator_id as operator, payload->'data'->>'kind' as kind, payload->'data'->'subject'->>'id' as subject,
       extract(epoch from created_at)::float8 * 1000 as at
     from outbox_message where type = 'incident.raised' and created_at >= $1`,
    [new Date(from)],
  );
  return rows;
}

async function pagesSince(from: number): Promise<Page[]> {
  const database = await stack.database();
  const rows = await pagesOf(database, from);
  await database.end();
  return rows;
}

function check(round: string, raised: readonly Page[]): void {
  console.log(`  ${round}: pages to tenants ${raised.length}`);
  if (raised.length === 0) return;
  wrong += 1;
  for (const [kind, some] of Map.groupBy(raised, (one) => one.kind)) console.log(`    ${some.length} ${kind}`);
  for (const page of pages.of('incident.raised', 0).slice(-3)) console.log(`    ${spoken(page)}`);
}

/** How long after `from` every agent was connected and had everything acknowledged. */
async function allBack(from: number): Promise<number> {
  let last: StormStatus | undefined;
  try {
    await until('the agents are back', BACK_MS, async () => {
      last = await sendCommand({ do: 'status' });
      return last.online === alive && last.waiting === 0 ? true : undefined;
    });
  } catch (error) {
    wrong += 1;
    console.log(`  ${(error as Error).message}: ${JSON.stringify(last)}`);
  }
  return Date.now() - from;
}

async function ready(): Promise<void> {
  await until('the API is ready', 60_000, async () => ((await fetch(`${stack.apiUrl}/readyz`)).ok ? true : undefined));
}

async function watchdog(): Promise<string> {
  const { alerting } = (await (await fetch(`${stack.apiUrl}/readyz`)).json()) as { alerting: unknown };
  return typeof alerting === 'string' ? alerting : JSON.stringify(alerting);
}

/** How often the API reported that the path to the agents is the likely cause. */
function suspicions(from: number): number {
  const lines = readFileSync(join(stack.dataDir, 'logs/api.log'), 'utf8').split('\n');
  return lines.filter((line) => {
    if (!line.includes('the way to the broker is the likely cause')) return false;
    const at = /"time":"?([^",}]+)/.exec(line)?.[1] ?? '';
    return (/^\d+$/.test(at) ? Number(at) : Date.parse(at)) >= from;
  }).length;
}

/** Memory of the API's process. */
function apiMemory(): string {
  const pid = stack.pids(API)[0];
  if (pid === undefined) return 'not running';
  const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  return `${Math.round(kilobytes / 1024)} MB`;
}

function sendCommand(command: StormCommand): Promise<StormStatus> {
  return new Promise((resolve, reject) => {
    const child: ChildProcess = storm;
    const ended = () => reject(new Error('the process of the agents ended'));
    child.once('exit', ended);
    child.once('message', (status: StormStatus) => {
      child.off('exit', ended);
      resolve(status);
    });
    child.send(command);
  });
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
