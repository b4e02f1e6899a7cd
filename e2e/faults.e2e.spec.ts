import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { endpoints } from '@loopstart/contracts';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inRoot, run } from '../scripts/lib/process.ts';
import { portsOf } from './lib/ports.ts';
import { type Stack, startStack, until } from './lib/stack.ts';

const BASE = portsOf('faults');
const AGENTS = 3;
const MESSAGES_A_SECOND = 20;
const CALM_MS = 3_000;

interface LoadAgent {
  agentId: string;
  gatewayId: string;
  folder: string;
  process: ChildProcess;
}

let stack: Stack;
const agents: LoadAgent[] = [];

const pause = (ms: number) =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

function startLoad(agent: Omit<LoadAgent, 'process'>): ChildProcess {
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      inRoot('e2e/lib/load-agent.ts'),
      agent.folder,
      join(agent.folder, 'identity.json'),
      agent.gatewayId,
      String(MESSAGES_A_SECOND),
    ],
    { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, NODE_OPTIONS: '' } },
  );
  return child;
}

beforeAll(async () => {
  stack = await startStack(BASE, { demo: false });
  const api = await stack.api();
  const customer = await api.call(endpoints.createCustomer, { body: { name: 'Load' } });
  for (let index = 0; index < AGENTS; index += 1) {
    const site = await api.call(endpoints.createSite, {
      body: { customerId: customer.id, name: `Site ${index}`, timeZone: 'UTC' },
    });
    const { token } = await api.call(endpoints.createEnrolmentToken, { params: { siteId: site.id } });
    const folder = join(stack.dataDir, `load-${index}`);
    mkdirSync(folder, { recursive: true });
    await run(
      process.execPath,
      [inRoot('apps/agent/dist/main.js'), 'enrol', '--api', stack.apiUrl, '--token', token, '--state-dir', folder],
      { quiet: true },
    );
    const { agentId } = JSON.parse(readFileSync(join(folder, 'identity.json'), 'utf8')) as { agentId: string };
    const agent = { agentId, gatewayId: crypto.randomUUID(), folder };
    agents.push({ ...agent, process: startLoad(agent) });
  }
});

afterAll(async () => {
  for (const agent of agents) agent.process.kill('SIGKILL');
  await stack?.stop();
  stack?.removeData();
});

test(
  'kill -9 of agents, API with broker, and database in turn loses nothing and doubles nothing',
  { timeout: 400_000 },
  async () => {
    /** Kills the one process, waits until the whole is ready again, and lets it work for a while. */
    const kill = async (what: string) => {
      const pid = await until(`a process of ${what}`, 60_000, async () => stack.pids(what)[0]);
      process.kill(pid, 'SIGKILL');
      await until('another process', 60_000, async () =>
        stack.pids(what).some((other) => other !== pid) ? true : undefined,
      );
      await until('Loopstart is ready again', 60_000, async () =>
        (await fetch(`${stack.apiUrl}/readyz`)).ok ? true : undefined,
      );
      await pause(CALM_MS);
    };
    await pause(CALM_MS);
    for (let round = 0; round < 2; round += 1) {
      for (const agent of agents) {
        agent.process.kill('SIGKILL');
        await new Promise((resolve) => agent.process.once('exit', resolve));
        agent.process = startLoad(agent);
      }
      await pause(CALM_MS);
      await kill('apps/api/dist/main.js');
      // The postmaster; its children notice and end themselves.
      await kill(join(stack.dataDir, 'postgres'));
    }
    // Stop making messages, let everything that is on disk be said, then stop.
    for (const agent of agents) agent.process.kill('SIGUSR2');
    await Promise.all(
      agents.map(async (agent) => {
        const ended = new Promise((resolve) => agent.process.once('exit', resolve));
        agent.process.kill('SIGTERM');
        await ended;
      }),
    );

    const database = await until('the database answers', 30_000, () => stack.database());
    for (const agent of agents) await check(database, agent);
    await database.end();
  },
);

/** Compares what an agent had on disk with what is stored. */
async function check(database: pg.Client, agent: LoadAgent): Promise<void> {
  const ledger = readFileSync(join(agent.folder, 'ledger.txt'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(' ') as [string, string]);
  const events = await database.query<{ id: string; copies: number }>(
    'select id, count(*)::int as copies from gateway_event where gateway_id = $1 group by id',
    [agent.gatewayId],
  );
  const samples = await database.query<{ at: string; copies: number }>(
    'select (extract(epoch from taken_at) * 1000)::bigint::text as at, count(*)::int as copies from gateway_sample where gateway_id = $1 group by taken_at',
    [agent.gatewayId],
  );
  const stored = new Set(events.rows.map((row) => row.id));
  const sampled = new Set(samples.rows.map((row) => row.at));
  expect(ledger.length).toBeGreaterThan(100);
  expect(
    ledger.filter(([id]) => !stored.has(id)),
    'events on disk at the agent that are not stored',
  ).toEqual([]);
  expect(
    ledger.filter(([, at]) => !sampled.has(at)),
    `reports on disk at the agent that are not stored, of ${ledger.length}; ${samples.rowCount} are`,
  ).toEqual([]);
  expect(
    events.rows.filter((row) => row.copies > 1),
    'events stored twice',
  ).toEqual([]);
  // A kill between flushing a message and writing its line makes the ledger one short, once a kill at the most.
  expect(stored.size - ledger.length).toBeLessThanOrEqual(2);
  const { rows } = await database.query<{ rejected: string; lost: string }>(
    'select rejected_messages as rejected, lost_messages as lost from agent where id = $1',
    [agent.agentId],
  );
  expect(rows[0]).toEqual({ rejected: '0', lost: '0' });
}
