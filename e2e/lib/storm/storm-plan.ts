import { type FleetPlan, firstMessages, gatewayIdOf } from '../../../apps/api/bench/ingest/fleet.ts';
import type { AgentHealth, Inventory, Report } from '@loopstart/contracts';

export const PORTS = 4;
/** As real agents do: health, and the polls that changed nothing. */
export const HEALTH_MS = 30_000;

/** The gateway of an agent, all lines well and idle. */
export function gatewayOf(plan: FleetPlan, agent: number): { inventory: Inventory; reading: (at: number) => Report } {
  const [first] = firstMessages(plan, agent, 0, 0);
  if (first?.kind !== 'inventory') throw new Error('the first message of an agent is its inventory');
  const all = (): number[] => Array.from({ length: PORTS }, () => 0);
  return {
    inventory: { ...first.body, pollIntervalMs: HEALTH_MS },
    reading: (at) => ({
      gatewayId: gatewayIdOf(agent, 0),
      at,
      revision: 1,
      full: true,
      pollMs: 20,
      state: { admin: all(), oper: all(), hook: all(), call: all(), registration: all(), fault: all() },
      measures: { lineVoltageV: all().map(() => 48) },
    }),
  };
}

/** How an agent is that is well. Its certificate is good until `certificateExpiresAt`, ms since the epoch. */
export function healthOf(
  agent: number,
  at: number,
  startedAt: number,
  waiting: number,
  certificateExpiresAt: number,
): AgentHealth {
  return {
    at,
    version: '1',
    hostname: `agent-${agent}`,
    platform: 'linux',
    startedAt,
    rssBytes: 60_000_000,
    cpuPercent: 1,
    outboxMessages: waiting,
    outboxBytes: waiting * 1_000,
    outboxOldestAt: null,
    diskFreeBytes: 1_000_000_000,
    configRevision: 0,
    certificateExpiresAt,
    pollsOk: 1,
    pollsFailed: 0,
    pollLagMs: 0,
    notificationsRefused: {},
    targets: [],
  };
}
