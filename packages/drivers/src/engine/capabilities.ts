import { CAPABILITY_FIELDS, type CapabilityField } from '@loopstart/domain';
import type { Driver, Evidence } from './driver.ts';

/** The fields for which a driver knows an object; every gateway has sysUpTime. */
export function supportedFields(driver: Driver): ReadonlySet<CapabilityField> {
  const { ports, gateway } = driver;
  const fields = new Set<string>([
    'uptimeS',
    ...Object.keys(ports.state),
    ...Object.keys(ports.measures ?? {}),
    ...Object.keys(ports.counters ?? {}),
    ...(ports.onDemand ?? []),
    ...(ports.resolvers ?? []).map(({ field }) => field),
    ...Object.keys(gateway.measures ?? {}),
    ...(gateway.resolvers ?? []).map(({ measure }) => measure),
  ]);
  return new Set(CAPABILITY_FIELDS.filter((field) => fields.has(field)));
}

/** Fields that a recording of a unit with analogue ports has shown: others prove nothing of what the driver is for. */
export function provenFields({ models }: Pick<Driver, 'models'>): ReadonlySet<CapabilityField> {
  return new Set(models.flatMap(({ fxs, fxo, proven = [] }) => (fxs + fxo > 0 ? proven : [])));
}

/** How the reading of a model was proven; a model that the driver does not list is at best as in the MIB. */
export function evidenceFor(driver: Driver, model: string): Evidence {
  if (driver.evidence === 'generic') return 'generic';
  return driver.models.find(({ name }) => name === model)?.evidence ?? 'mib-only';
}
