/**
 * Memory, CPU and traffic of an agent that reads 100 gateways of 24 ports every 30 s. The gateways, the agent and the
 * cloud (broker and acknowledgements, in this process) are processes of their own; the agent's figures come from /proc.
 * Run: node apps/agent/bench/agent.bench.ts [seconds] (after tsc -b apps/agent packages/sim).
 */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AgentSettings } from '@loopstart/contracts';
import { writeAgentSettings } from '../src/settings.ts';
import { prepareStateFolder, stateFolder } from '../src/core/state-folder.ts';
import { writeIdentity } from '../src/enrol/identity.ts';
import { startTestBroker } from '../src/testing/test-broker.ts';
import { makeTestCa, makeTestIdentity } from '../src/testing/test-ca.ts';
import { TestCloud } from '../src/testing/test-cloud.ts';
import { until } from '../src/testing/until.ts';

const GATEWAYS = 100;
const PORTS = 24;
const SECONDS = Number(process.argv[2] ?? 90);
/** Clock ticks of /proc/<pid>/stat in a second (proc(5); 100 on every Linux that Node runs on). */
const TICKS_PER_SECOND = 100;

/** User and system time of a process, ms. */
function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
}

/** A line of /proc/<pid>/status in MiB. */
function memoryMib(pid: number, line: 'VmRSS' | 'VmHWM' | 'RssAnon'): number {
  const found = new RegExp(`^${line}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(found?.[1] ?? Number.NaN) / 1024;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

const folder = stateFolder(mkdtempSync(join(tmpdir(), 'loopstart-bench-')));
const children: ChildProcess[] = [];
const ca = await makeTestCa();
const broker = await startTestBroker(ca);
try {
  const sim = fork(join(import.meta.dirname, 'simulated-gateways.ts'), [String(GATEWAYS)]);
  children.push(sim);
  const [{ targets, kinds }] = (await once(sim, 'message')) as [{ targets: unknown[]; kinds: string[] }];
  const agentId = randomUUID();
  const cloud = new TestCloud(broker, agentId);
  let bytes = 0;
  broker.broker.on('publish', (packet, client) => {
    if (client !== null) bytes += packet.payload.length;
  });
  await prepareStateFolder(folder);
  await writeAgentSettings(folder, AgentSettings.parse({ revision: 1, targets, trapPort: 0 }));
  const identity = { agentId, siteId: randomUUID(), apiUrl: 'http://localhost:1', mqttUrl: broker.url };
  await writeIdentity(folder.identity, { ...identity, ...(await makeTestIdentity(ca, agentId)) });
  const agent = spawn(
    process.execPath,
    [join(import.meta.dirname, '../dist/main.js'), 'run', '--state-dir', folder.root],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  children.push(agent);
  const pid = agent.pid as number;
  await until(() => new Set(cloud.reports().map(({ gatewayId }) => gatewayId)).size === GATEWAYS, 120_000);
  const fullBytes = cloud.stored
    .filter(({ kind }) => kind === 'reports')
    .reduce((sum, message) => sum + JSON.stringify(message).length, 0);
  const startCpuMs = cpuMs(pid);
  console.log(`${GATEWAYS} gateways of ${PORTS} ports, each every 30 s: ${kinds.join(', ')}`);
  console.log(`start: every gateway recognised and reported in full after ${(startCpuMs / 1000).toFixed(2)} s of CPU`);

  const polls = () => cloud.bodies('health').at(-1)?.pollsOk ?? 0;
  await until(() => cloud.bodies('health').length > 0, 60_000);
  const before = { cpu: cpuMs(pid), at: performance.now(), bytes, messages: cloud.stored.length, polls: polls() };
  let mostMib = 0;
  for (let second = 0; second < SECONDS; second += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    mostMib = Math.max(mostMib, memoryMib(pid, 'VmRSS'));
  }
  const seconds = (performance.now() - before.at) / 1000;
  const cpu = cpuMs(pid) - before.cpu;
  const health = cloud.bodies('health').at(-1);
  const perPoll = cpu / ((GATEWAYS * seconds) / 30);
  const wire = (bytes - before.bytes) / seconds;
  const inFull = (fullBytes / GATEWAYS) * (GATEWAYS / 30);
  console.log(`CPU: ${((cpu / seconds / 1000) * 100).toFixed(2)} % of one core, ${perPoll.toFixed(2)} ms a poll`);
  console.log(
    `memory: ${memoryMib(pid, 'VmRSS').toFixed(0)} MiB resident at the end, ${mostMib.toFixed(0)} MiB at most, ` +
      `${memoryMib(pid, 'RssAnon').toFixed(0)} MiB of it its own (the rest is the Node binary, shared)`,
  );
  console.log(
    `wire: ${(wire / 1024).toFixed(2)} KiB/s in ${((cloud.stored.length - before.messages) / seconds).toFixed(2)} messages/s; ` +
      `full reports of every poll would be ${(inFull / 1024).toFixed(2)} KiB/s: ratio ${(wire / inFull).toFixed(3)}`,
  );
  console.log(`polls failed: ${health?.pollsFailed ?? 'unknown'}, at most ${health?.pollLagMs ?? 'unknown'} ms late`);
  if (cloud.refused.length > 0) throw new Error(`messages not as agreed: ${cloud.refused.slice(0, 3).join('; ')}`);
} finally {
  for (const child of children) await end(child);
  await broker.close();
  rmSync(folder.root, { recursive: true, force: true });
}
