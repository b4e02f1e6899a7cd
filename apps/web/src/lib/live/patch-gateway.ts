import type { Gateway, GatewaySummary, LiveEvent, Port, PortCounts } from '@loopstart/contracts';
import { type Severity, worse } from '@loopstart/domain';

type GatewayEvent = Extract<LiveEvent, { type: 'gateway' }>;

/** Counts ports by severity. */
export function countPorts(ports: readonly Pick<Port, 'severity'>[]): PortCounts {
  const counts: PortCounts = { total: ports.length, ok: 0, info: 0, minor: 0, major: 0, critical: 0, unknown: 0 };
  for (const port of ports) counts[port.severity] += 1;
  return counts;
}

/** Puts what a gateway just told into what is shown of it. Older news than what is shown change nothing. */
export function patchGateway(gateway: Gateway, event: GatewayEvent): Gateway {
  if (isOlder(event, gateway)) return gateway;
  const changed = new Map(event.ports.map((port) => [port.position, port]));
  const portList = gateway.portList.map((port) => mergePort(port, changed.get(port.position)));
  return {
    ...gateway,
    ...event.gateway,
    observedAt: event.observedAt,
    freshness: 'live',
    portList,
    ports: countPorts(portList),
    worst: portList.reduce<Severity>((worst, port) => worse(worst, port.severity), 'ok'),
  };
}

/** The part of the news that a list of gateways shows; its port counts come with the next fetch. */
export function patchSummary<G extends GatewaySummary>(gateway: G, event: GatewayEvent): G {
  if (isOlder(event, gateway)) return gateway;
  return { ...gateway, ...event.gateway, observedAt: event.observedAt, freshness: 'live' };
}

/** Absent fields are unchanged; a port that is not in the news stays the same object. */
export function mergePort<P extends Port>(port: P, change: GatewayEvent['ports'][number] | undefined): P {
  return change === undefined ? port : { ...port, ...change };
}

function isOlder(event: GatewayEvent, shown: GatewaySummary): boolean {
  return shown.observedAt !== null && Date.parse(event.observedAt) < Date.parse(shown.observedAt);
}
