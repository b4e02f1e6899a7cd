import { CAPABILITY_FIELDS, type CapabilityField, type IdleEvidence } from '@loopstart/domain';
import type { Driver, ReadSlices } from './driver.ts';
import type { Evidence } from './model.ts';
import type { PortsSlice } from './slices/ports.ts';

/** The fields for which a driver knows an object; every gateway has sysUpTime. */
export function supportedFields({ ports, gateway, lineTest }: ReadSlices): ReadonlySet<CapabilityField> {
  const fields = new Set<string>([
    'uptimeS',
    ...Object.keys(ports.state),
    ...Object.keys(ports.measures ?? {}),
    ...Object.keys(ports.counters ?? {}),
    ...(lineTest?.measures ?? []),
    ...(ports.resolvers ?? []).map(({ field }) => field),
    ...Object.keys(gateway.measures ?? {}),
    ...(gateway.resolvers ?? []).map(({ measure }) => measure),
  ]);
  return new Set(CAPABILITY_FIELDS.filter((field) => fields.has(field)));
}

/** Fields that a recording of a unit with analogue ports proves: other units prove nothing about them. */
export function provenFields({ models }: Pick<Driver, 'models'>): ReadonlySet<CapabilityField> {
  return new Set(models.flatMap(({ fxs, fxo, proven = [] }) => (fxs + fxo > 0 ? proven : [])));
}

/** How gateways of this driver show that a line is idle; null where no object of theirs does. */
export function idleEvidenceOf(ports: PortsSlice): IdleEvidence | null {
  const resolver = ports.resolvers?.find(({ field }) => field === 'call');
  const words = new Set<unknown>(
    resolver === undefined ? ports.state.call?.flatMap(({ codec }) => codec.words ?? []) : resolver.words,
  );
  if (words.has('idle')) return 'call-state';
  return words.has('ringing') && ports.state.hook !== undefined ? 'hook-and-ringing' : null;
}

/**
 * Evidence for the reading of a model; a model that the driver does not list, or an unknown one, has at best that of
 * the MIB.
 */
export function evidenceFor(driver: Pick<Driver, 'evidence' | 'models'>, model: string | null): Evidence {
  if (driver.evidence === 'generic') return 'generic';
  return driver.models.find(({ name }) => name === model)?.evidence ?? 'mib-only';
}
