import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AgentSettings, type Target } from '@loopstart/contracts';
import { SimFleet, type SimGatewayInput } from '@loopstart/sim';
import { Agent } from '../agent.ts';
import { MachineSettings, writeAgentSettings } from '../settings.ts';
import { prepareStateFolder, stateFolder, type StateFolder } from '../core/state-folder.ts';
import { writeIdentity, type Identity } from '../enrol/identity.ts';
import { mqttTransport } from '../uplink/mqtt-transport.ts';
import { fastClock } from './fast-clock.ts';
import { quietLog } from './quiet-log.ts';
import { startTestBroker, type TestBroker } from './test-broker.ts';
import { makeTestCa, makeTestIdentity, type TestCa } from './test-ca.ts';
import { TestCloud } from './test-cloud.ts';

export interface TestSite {
  folder: StateFolder;
  ca: TestCa;
  broker: TestBroker;
  cloud: TestCloud;
  sim: SimFleet;
  identity: Identity;
  /** A target for a simulated gateway. */
  target(name: string, part?: Partial<Target>): Target;
  /** Starts an agent on the site's folder. */
  start(): Promise<Agent>;
  /** Ends everything and removes the folder. */
  close(): Promise<void>;
}

export interface TestSiteOptions {
  gateways: readonly SimGatewayInput[];
  /** Names of the gateways in the cloud's settings; all by default. */
  configured?: readonly string[];
  certificateLife?: { fromMs: number; untilMs: number };
  trapPort?: number;
  syslogPort?: number;
  /** How much faster than real time the simulated lines live. */
  pace?: number;
  /** Where the site is; its lines are used by the hour there. */
  timeZone?: string;
  settings?: unknown;
  /** How much faster than real time the agent's intervals pass; 1 where a test is about rates. */
  haste?: number;
  /** Error of the agent's wall clock, ms; called whenever the clock is read. */
  wallAheadMs?: () => number;
}

/** A site in one process: simulated gateways, a broker with a cloud behind it, and a folder for an agent. */
export async function makeTestSite(options: TestSiteOptions): Promise<TestSite> {
  const folder = stateFolder(await mkdtemp(join(tmpdir(), 'loopstart-agent-')));
  await prepareStateFolder(folder);
  const ca = await makeTestCa();
  const agentId = randomUUID();
  const broker = await startTestBroker(ca);
  const cloud = new TestCloud(broker, agentId);
  const site = { name: 'site', timeZone: options.timeZone ?? 'Europe/London', gateways: [...options.gateways] };
  const sim = await SimFleet.create(
    { pace: options.pace ?? 1, customers: [{ name: 'customer', sites: [site] }] },
    { tickMs: 50 },
  );
  await sim.start();
  const identity: Identity = {
    agentId,
    siteId: randomUUID(),
    apiUrl: 'http://localhost:1',
    mqttUrl: broker.url,
    ...(await makeTestIdentity(ca, agentId, options.certificateLife)),
  };
  await writeIdentity(folder.identity, identity);
  const target = (name: string, part: Partial<Target> = {}): Target => {
    const gateway = sim.gateway(name);
    const endpoint = gateway?.endpoint;
    if (gateway === undefined || endpoint === null || endpoint === undefined) throw new Error(`no gateway ${name}`);
    const { access } = gateway.spec;
    return { id: name, address: endpoint.address, port: endpoint.port, access, pollIntervalMs: 1_000, ...part };
  };
  const configured = options.configured ?? options.gateways.map(({ name }) => name);
  const settings = MachineSettings.parse(
    options.settings ?? { overrides: { snmpTimeoutMs: 300, healthIntervalMs: 1_000 } },
  );
  await writeAgentSettings(
    folder,
    AgentSettings.parse({
      revision: 1,
      targets: configured.map((name) => target(name)),
      trapPort: options.trapPort ?? 0,
      syslogPort: options.syslogPort ?? 0,
    }),
  );
  const agents: Agent[] = [];
  const clock = fastClock(options.haste ?? 5, options.wallAheadMs);
  return {
    folder,
    ca,
    broker,
    cloud,
    sim,
    identity,
    target,
    async start() {
      const transport = (current: () => Identity) =>
        mqttTransport(() => {
          const { mqttUrl: url, ...access } = current();
          return { url, ...access };
        });
      const agent = await Agent.start({ folder, settings, identity, log: quietLog, transport, clock });
      agents.push(agent);
      return agent;
    },
    async close() {
      for (const agent of agents) await agent.stop().catch(() => undefined);
      await sim.stop();
      await broker.close();
      await rm(folder.root, { recursive: true, force: true });
    },
  };
}
