import type { PortCounter, PortMeasure, PortState } from '@loopstart/domain';
import type { Fault } from '../fault/fault.ts';
import type { SimGateway } from '../gateway/sim-gateway.ts';
import type { Endpoints } from '../provisioning/faces/faces.ts';
import type { ConfigFetch, Provisioning } from '../provisioning/provisioning.ts';
import type { SimFleet } from './sim-fleet.ts';

/** The real state of one simulated port, for people and tests. */
export interface SimPortStatus {
  position: number;
  label: string | null;
  device: string;
  state: PortState;
  measures: Record<PortMeasure, number | null>;
  counters: Record<PortCounter, number | null>;
}

/** The real state of one simulated gateway. */
export interface SimGatewayStatus {
  name: string;
  customer: string;
  site: string;
  driver: string;
  model: string;
  address: string;
  /** UDP port it answers on; null while stopped. */
  port: number | null;
  uptimeS: number;
  faults: Fault[];
  ports: SimPortStatus[];
  /** Null where the simulator keeps no configuration for it. */
  provisioning: { endpoints: Endpoints; reboots: number; callsCut: number; configFetches: ConfigFetch[] } | null;
}

/** The real state of all gateways, or of the one named. */
export function fleetStatus(fleet: SimFleet, name?: string): SimGatewayStatus[] {
  return fleet.sites.flatMap(({ customer, spec, gateways }) =>
    gateways
      .filter((gateway) => name === undefined || gateway.name === name)
      .map((gateway) => gatewayStatus(gateway, customer, spec.name)),
  );
}

function gatewayStatus(gateway: SimGateway, customer: string, site: string): SimGatewayStatus {
  const { living, spec } = gateway;
  const { driver, model, profile } = living.plan;
  const reading = living.read();
  return {
    name: gateway.name,
    customer,
    site,
    driver: driver.id,
    model: model.name,
    address: spec.address,
    port: gateway.endpoint?.port ?? null,
    uptimeS: Math.floor(living.uptimeMs / 1000),
    faults: [...living.life.active],
    provisioning: gateway.provisioning === null ? null : provisioningStatus(gateway.provisioning),
    ports: reading.ports.map(({ state, measures, counters }, index) => ({
      position: index + 1,
      label: spec.ports[index]?.label ?? null,
      device: profile.ports[index]?.device ?? 'unused',
      state,
      measures,
      counters,
    })),
  };
}

function provisioningStatus({ endpoints, reboots, callsCut, configFetches }: Provisioning) {
  return { endpoints, reboots, callsCut, configFetches: [...configFetches] };
}
