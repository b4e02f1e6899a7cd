import { spawn } from 'node:child_process';
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endpoints } from '@loopstart/contracts';
import { listenToTopics } from '../../../apps/api/test/mqtt-listener.ts';
import { inRoot } from '../../../scripts/lib/process.ts';
import { enrolAgent } from '../own-fleet.ts';
import { type Stack, until } from '../stack.ts';
import { canaries, WITNESS, witness } from './search.ts';
import type { Pieces } from './sinks.ts';
import type { Visitor } from './visitor.ts';

const WAIT_MS = 60_000;

/** Where agents work, and who adds them. */
interface Place {
  stack: Stack;
  owner: Visitor;
  /** First port of the stack. */
  base: number;
}

/** A real agent that logs all it can, and whose gateways do not answer. */
export async function startAgent({ stack, owner, base }: Place) {
  const customer = await owner.call(endpoints.createCustomer, { body: { name: WITNESS } });
  const folder = join(stack.dataDir, 'agent');
  const site = { name: 'North House', timeZone: 'Europe/London', addressLines: [], gateways: [] };
  const agentId = await enrolAgent(caller(owner), stack, customer.id, site, folder, {
    mqttUrl: async () => `mqtts://localhost:${base + 2}`,
    snmpPort: () => 161,
    trapPort: () => 0,
  });
  const file = join(folder, 'agent.json');
  const settings = { ...(JSON.parse(readFileSync(file, 'utf8')) as object), logLevel: 'trace', hostname: WITNESS };
  writeFileSync(file, JSON.stringify(settings));
  canaries.add('key of an agent', keyLine(folder));
  const agent = spawn(process.execPath, [inRoot('apps/agent/dist/main.js'), 'run', '--state-dir', folder], {
    env: { PATH: process.env['PATH'] },
  });
  const log = createWriteStream(join(stack.dataDir, 'logs', 'agent.log'));
  for (const stream of [agent.stdout!, agent.stderr!]) stream.pipe(log, { end: false });
  const found = await owner.call(endpoints.getAgent, { params: { agentId } });
  return { agent, folder, agentId, siteId: found.site.id };
}

/** The owner for helpers that page through lists. */
const caller = (owner: Visitor) => ({
  call: owner.once,
  all: async (endpoint: never, query: object) =>
    ((await owner.once(endpoint, { query } as never)) as { items: never[] }).items,
});

/** A line out of the middle of the key of an agent. */
const identityOf = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'identity.json'), 'utf8')) as Record<
    'agentId' | 'keyPem' | 'certificatePem' | 'caPem',
    string
  >;
const keyLine = (folder: string): string => identityOf(folder).keyPem.split('\n')[1]!;

/** Another agent that asks the broker for everything, and keeps what it gets. Returns what ends it. */
export async function listenToBroker({ stack, owner, base }: Place, packets: Pieces): Promise<() => Promise<void>> {
  const customer = await owner.call(endpoints.createCustomer, { body: { name: 'Elm' } });
  const folder = join(stack.dataDir, 'other-agent');
  const site = { name: 'South House', timeZone: 'Europe/London', addressLines: [], gateways: [] };
  await enrolAgent(caller(owner), stack, customer.id, site, folder, {
    mqttUrl: async () => `mqtts://localhost:${base + 2}`,
    snmpPort: () => 161,
    trapPort: () => 0,
  });
  const identity = identityOf(folder);
  const { agentId } = identity;
  const topics = ['#', 'loopstart/v1/agents/+/down', 'loopstart/v1/agents/+/up', `loopstart/v1/agents/${agentId}/down`];
  const end = await listenToTopics(`mqtts://localhost:${base + 2}`, identity, topics, (at, content) =>
    packets.push({ at, content }),
  );
  const target = {
    id: 'w',
    address: '127.0.79.50',
    port: 161,
    access: { version: 'v2c', community: WITNESS },
    pollIntervalMs: null,
  } as const;
  await owner.call(endpoints.putAgentTargets, { params: { agentId }, body: { targets: [target] } });
  await until('the settings of the other agent', WAIT_MS, async () =>
    packets.some(({ content }) => witness.find(content).length > 0) ? true : undefined,
  );
  return end;
}
