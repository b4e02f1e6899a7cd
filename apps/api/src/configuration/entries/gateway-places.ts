import type { EntryPlace } from '@loopstart/domain';
import type { GatewayFacts, PortFacts } from './gateway-facts.repository.ts';

/** Every place whose settings hold for a gateway or these ports of it, the widest first. */
export function placesOf(facts: GatewayFacts, ports: readonly PortFacts[]): EntryPlace[] {
  const { id: gatewayId, customerId, siteId, vendor, model } = facts;
  return [
    { layer: 'operator' },
    { layer: 'customer', customerId },
    { layer: 'site', siteId },
    ...(model === null ? [] : [{ layer: 'gateway-model', vendor, model } as const]),
    { layer: 'gateway', gatewayId },
    ...ports.map(({ position }) => ({ layer: 'port', gatewayId, position }) as const),
  ];
}
