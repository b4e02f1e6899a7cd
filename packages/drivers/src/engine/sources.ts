import type { ReadSlices } from './driver.ts';
import type { GatewaySlice } from './slices/gateway.ts';
import type { PortsSlice } from './slices/ports.ts';
import type { Source } from './source.ts';
import { entPhysicalClass } from './standard.ts';

type Sources = readonly Source<unknown>[];

/** Every source of the gateway's and its ports' properties. */
export function identitySources({ gateway, ports }: Pick<ReadSlices, 'gateway' | 'ports'>): Source<unknown>[] {
  const sources = [...gatewayIdentity(gateway), ...portIdentity(ports)];
  return sources.some(({ ofChassis }) => ofChassis) ? [...sources, entPhysicalClass] : sources;
}

function gatewayIdentity(gateway: GatewaySlice): Sources {
  const texts: (Sources | undefined)[] = [
    gateway.vendor,
    gateway.modelText,
    gateway.firmware,
    gateway.hardwareRevision,
    gateway.serial,
    gateway.macAddress,
    gateway.powerSource,
    gateway.sipServer,
    ...(gateway.textResolvers ?? []).map(({ columns }) => columns),
  ];
  return texts.flatMap((some) => some ?? []);
}

function portIdentity({ rows, info, shared, infoResolvers = [], codecs }: PortsSlice): Sources {
  return [
    ...rows.kinds,
    ...(rows.stableNames ?? []).map(({ source }) => source),
    ...Object.values<Sources>({ ...info }).flat(),
    ...Object.values<Sources>({ ...shared }).flat(),
    ...infoResolvers.flatMap(({ columns }) => columns),
    ...(codecs === undefined ? [] : 'column' in codecs ? [codecs.column] : codecs.switches.map(({ source }) => source)),
  ];
}

/** Every object that a driver reads, whether to identify or to poll; the same object may occur several times. */
export function allSources(slices: Pick<ReadSlices, 'gateway' | 'ports'>): Source<unknown>[] {
  const { gateway, ports } = slices;
  const byField = [ports.state, ports.measures, ports.counters, gateway.measures].flatMap((fields) =>
    Object.values<Sources>({ ...fields }),
  );
  const resolvers = [...(ports.resolvers ?? []), ...(gateway.resolvers ?? [])];
  return [
    ...identitySources(slices),
    ...byField.flat(),
    ...resolvers.flatMap(({ scalars, columns }) => [...scalars, ...columns]),
  ];
}
