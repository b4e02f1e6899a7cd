import type { IncidentSummary } from '@loopstart/contracts';
import {
  type AlertRecord,
  type ConditionKey,
  type ConditionKind,
  type EngineState,
  type Topology,
} from '@loopstart/domain';

/** The part of the fleet that a cause affects. */
export type Affected = IncidentSummary['affected'];

/** Conditions that cut off, or make unknown, everything behind their subject. */
export const CUTS_OFF: ReadonlySet<ConditionKind> = new Set([
  'site-wan-down',
  'site-power-lost',
  'agent-silent',
  'agent-stopped',
  'gateway-unreachable',
  'gateway-not-readable',
  'gateway-not-polled',
  'reading-stands-still',
]);

/** A condition that affects every line of a gateway where the gateway itself raised it: its alarm names no line. */
export const COVERS_BY_ALARM: ConditionKind = 'registrar-lost';

/** Whether the record affects every line of its gateway. */
function coversLines({ kind, evidence }: AlertRecord): boolean {
  return CUTS_OFF.has(kind) || (kind === COVERS_BY_ALARM && (evidence.seen['alarm'] ?? null) !== null);
}

/** The part of the fleet behind an alert's subject, and the other alerts it explains. Pure. */
export function affectedBy(
  record: AlertRecord,
  children: readonly ConditionKey[],
  state: EngineState,
  topology: Topology,
  portsOf: (gatewayId: string) => number,
): Affected {
  const agents = new Set<string>();
  const gateways = new Set<string>();
  // By gateway: an operator can have hundreds of thousands of lines.
  const ports = new Map<string, Set<number>>();
  /** Gateways whose lines are all affected. */
  const whole = new Set<string>();
  for (const key of children) {
    const child = state.records.get(key);
    if (child === undefined) continue;
    const { agentId, gatewayId, position } = child.where;
    if (child.subject.type === 'agent' && agentId !== null) agents.add(agentId);
    else if (gatewayId === null) continue;
    else if (position === null) {
      gateways.add(gatewayId);
      if (coversLines(child)) whole.add(gatewayId);
    } else {
      const known = ports.get(gatewayId);
      if (known === undefined) ports.set(gatewayId, new Set([position]));
      else known.add(position);
    }
  }
  if (!coversLines(record)) {
    let lines = 0;
    for (const id of whole) lines += portsOf(id);
    for (const [id, positions] of ports) if (!whole.has(id)) lines += positions.size;
    return { agents: agents.size, gateways: gateways.size, ports: lines };
  }
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
  for (const [id, positions] of ports) if (!gateways.has(id)) count += positions.size;
  return { agents: agents.size, gateways: gateways.size, ports: count };
}
