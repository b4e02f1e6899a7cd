import { firmwareOf, registrarIdsOf } from '../keys.ts';
import type { Topology } from '../types.ts';

/** Counts over a topology, made once for each: a step with many outages asks for many. */
function counted<T>(count: (topology: Topology) => T): (topology: Topology) => T {
  const known = new WeakMap<Topology, T>();
  return (topology) => {
    let counts = known.get(topology);
    if (counts === undefined) known.set(topology, (counts = count(topology)));
    return counts;
  };
}

/** How many values have each name; null: it has none and is not counted. */
export function tally<V>(values: Iterable<V>, nameOf: (value: V) => string | null): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) {
    const name = nameOf(value);
    if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/** Agents of each site. */
export const agentsAt = counted(({ agents }) => tally(agents.values(), ({ siteId }) => siteId));
/** Gateways of each site. */
export const gatewaysAt = counted(({ gateways }) => tally(gateways.values(), ({ siteId }) => siteId));
/** Gateways of each agent. */
export const gatewaysOf = counted(({ gateways }) => tally(gateways.values(), ({ agentId }) => agentId));
/** Gateways that run each model with its firmware. */
export const running = counted(({ gateways }) => tally(gateways.values(), firmwareOf));
/** Gateways that can be taken to use each SIP server. */
export const registeringWith = counted(({ gateways, sites }) =>
  tally(
    [...gateways.values()].flatMap(({ registrar, siteId }) =>
      registrarIdsOf(registrar, sites.get(siteId)?.customerId ?? null),
    ),
    (id) => id,
  ),
);
