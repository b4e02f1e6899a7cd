import {
  type AlertRecord,
  type ConditionKey,
  type ConditionKind,
  type EngineState,
  type Topology,
} from '@loopstart/domain';
import type { Affected } from './alert.store.ts';

/** Conditions behind which nothing is reached, or nothing is known any more. */
const CUTS_OFF: ReadonlySet<ConditionKind> = new Set([
  'site-wan-down',
  'site-power-lost',
  'agent-silent',
  'agent-stopped',
  'gateway-unreachable',
  'gateway-not-readable',
]);

/** How much of the fleet is behind the subject of an alert, and what else it explains. Pure. */
export function affectedBy(
  record: AlertRecord,
  children: readonly ConditionKey[],
  state: EngineState,
  topology: Topology,
  portsOf: (gatewayId: string) => number,
): Affected {
  const agents = new Set<string>();
  const gateways = new Set<string>();
  const ports = new Set<string>();
  for (const key of children) {
    const child = state.records.get(key);
    if (child === undefined) continue;
    const { agentId, gatewayId, position } = child.where;
    if (child.subject.type === 'agent' && agentId !== null) agents.add(agentId);
    else if (position !== null) ports.add(`${gatewayId}/${position}`);
    else if (gatewayId !== null) gateways.add(gatewayId);
  }
  if (!CUTS_OFF.has(record.kind)) return { agents: agents.size, gateways: gateways.size, ports: ports.size };
  const { siteId, agentId, gatewayId } = record.where;
  const bySite = record.subject.type === 'site';
  if (bySite) for (const agent of topology.agents.values()) if (agent.siteId === siteId) agents.add(agent.id);
  for (const gateway of topology.gateways.values()) {
    const behind = bySite
      ? gateway.siteId === siteId
      : gatewayId === null
        ? gateway.agentId === agentId
        : gateway.id === gatewayId;
    if (behind) gateways.add(gateway.id);
  }
  let count = 0;
  for (const id of gateways) count += portsOf(id);
  for (const port of ports) if (!gateways.has(port.split('/')[0]!)) count += 1;
  return { agents: agents.size, gateways: gateways.size, ports: count };
}
