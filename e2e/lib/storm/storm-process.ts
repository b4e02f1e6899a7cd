/** Child of storm.bench.ts: thousands of light agents in one process, driven over IPC. */
import { readFileSync } from 'node:fs';
import { agentIdOf, type FleetPlan, gatewayIdOf } from '../../../apps/api/bench/ingest/fleet.ts';
import { LightAgent } from './light-agent.ts';
import { gatewayOf, HEALTH_MS, healthOf } from './storm-plan.ts';

export type StormCommand =
  | { do: 'start'; plan: FleetPlan; host: string; port: number; identities: string; spreadMs: number }
  | { do: 'status' }
  | { do: 'die'; agents: number[] };

export interface StormStatus {
  online: number;
  /** Connections that were made from the start on, all agents together. */
  connections: number;
  refused: number;
  acknowledged: number;
  waiting: number;
}

const startedAt = Date.now();
const CERTIFICATE_MS = 90 * 86_400_000;
let agents: LightAgent[] = [];

function start({ plan, host, port, identities, spreadMs }: Extract<StormCommand, { do: 'start' }>): void {
  const known = JSON.parse(readFileSync(identities, 'utf8')) as {
    caPem: string;
    agents: { keyPem: string; certificatePem: string }[];
  };
  const epoch = Math.floor(startedAt / 1000);
  agents = known.agents.map(
    (identity, index) =>
      new LightAgent({ agentId: agentIdOf(index), host, port, caPem: known.caPem, ...identity }, epoch, Math.random),
  );
  for (const [index, agent] of agents.entries()) {
    const { inventory, reading } = gatewayOf(plan, index);
    const gatewayId = gatewayIdOf(index, 0);
    setTimeout(
      () => {
        agent.connect();
        const at = Date.now();
        const health = () =>
          agent.say('health', healthOf(index, Date.now(), startedAt, agent.waiting, startedAt + CERTIFICATE_MS));
        agent.say('inventory', inventory);
        agent.say('reachability', { gatewayId, at, reachable: true, reason: null });
        agent.say('reports', { reports: [reading(at)] });
        health();
        setInterval(() => {
          agent.say('unchanged', { at: Date.now(), gatewayIds: [gatewayId] });
          health();
        }, HEALTH_MS);
      },
      (index / agents.length) * spreadMs,
    );
  }
}

function status(): StormStatus {
  const sum = (of: (agent: LightAgent) => number) => agents.reduce((all, agent) => all + of(agent), 0);
  return {
    online: sum(({ online }) => (online ? 1 : 0)),
    connections: sum(({ connections }) => connections),
    refused: sum(({ refused }) => refused),
    acknowledged: sum(({ acknowledged }) => acknowledged),
    waiting: sum(({ waiting }) => waiting),
  };
}

process.on('message', (command: StormCommand) => {
  if (command.do === 'start') start(command);
  if (command.do === 'die') for (const index of command.agents) agents[index]?.die();
  process.send!(status());
});
process.on('disconnect', () => process.exit());
