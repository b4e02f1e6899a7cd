import type { Driver, Source } from './driver.ts';
import { entPhysicalClass } from './standard.ts';

/** Everything that says what the gateway and its ports are. */
export function identitySources({ gateway, ports }: Driver): Source<unknown>[] {
  const { codecs } = ports;
  const sources = [
    gateway.vendor,
    gateway.modelText,
    gateway.firmware,
    gateway.hardwareRevision,
    gateway.serial,
    gateway.macAddress,
    gateway.powerSource,
    gateway.sipServer,
    ...(gateway.textResolvers ?? []).map(({ columns }) => columns),
    ports.rows.kinds,
    (ports.rows.stableNames ?? []).map(({ source }) => source),
    ...Object.values<readonly Source<unknown>[]>({ ...ports.info }),
    ...Object.values<readonly Source<unknown>[]>({ ...ports.shared }),
    ...(ports.infoResolvers ?? []).map(({ columns }) => columns),
    codecs === undefined ? [] : 'column' in codecs ? [codecs.column] : codecs.switches.map(({ source }) => source),
  ].flatMap((some): Source<unknown>[] => [...(some ?? [])]);
  return sources.some(({ ofChassis }) => ofChassis) ? [...sources, entPhysicalClass] : sources;
}

/** Every object that a driver reads, whether to identify or to poll; the same object may stand in several places. */
export function allSources(driver: Driver): Source<unknown>[] {
  const { gateway, ports } = driver;
  const byField = [ports.state, ports.measures, ports.counters, gateway.measures].flatMap((fields) =>
    Object.values<readonly Source<unknown>[]>({ ...fields }),
  );
  const resolvers = [...(ports.resolvers ?? []), ...(gateway.resolvers ?? [])];
  return [
    ...identitySources(driver),
    ...byField.flat(),
    ...resolvers.flatMap(({ scalars, columns }) => [...scalars, ...columns]),
  ];
}
