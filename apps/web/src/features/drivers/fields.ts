import type { DriverView } from '@loopstart/contracts';
import {
  type CapabilityField,
  GATEWAY_MEASURE_NAMES,
  PORT_COUNTER_NAMES,
  PORT_MEASURE_NAMES,
  PORT_STATE_FIELD_NAMES,
} from '@loopstart/domain';
import type { z } from 'zod';
import { t } from '../../messages/drivers.ts';

/** The rows of the matrix, in groups as people think of them. */
export const FIELD_GROUPS: readonly { title: string; fields: readonly CapabilityField[] }[] = [
  { title: t('portState'), fields: PORT_STATE_FIELD_NAMES },
  { title: t('portMeasurements'), fields: PORT_MEASURE_NAMES },
  { title: t('portCounters'), fields: PORT_COUNTER_NAMES },
  { title: t('gateway'), fields: GATEWAY_MEASURE_NAMES },
];

/** One column of the matrix: a recorded model, or what is left of a driver. */
export interface DriverColumn {
  key: string;
  vendor: string;
  models: string;
  /** What is claimed of each field there. */
  capabilities: Readonly<Record<string, string>>;
}

/**
 * A column for each model with analogue ports of which a recording has shown something, and one for the other models of
 * its driver: what one unit has shown is proven of that model, and of no other.
 */
export function driverColumns(drivers: readonly z.output<typeof DriverView>[]): DriverColumn[] {
  return drivers.flatMap(({ id, vendor, models, capabilities }): DriverColumn[] => {
    const recorded = models.filter(({ fxs, fxo, proven }) => fxs + fxo > 0 && proven.length > 0);
    const others = models.filter((model) => !recorded.includes(model));
    const claims = (proven: readonly string[]) =>
      Object.fromEntries(
        Object.entries(capabilities).map(([field, state]) => [
          field,
          state === 'not-supported' ? state : proven.includes(field) ? 'measured' : 'unproven',
        ]),
      );
    return [
      ...recorded.map(({ name, proven }) => ({
        key: `${id} ${name}`,
        vendor,
        models: name,
        capabilities: claims(proven),
      })),
      ...(others.length === 0
        ? []
        : [{ key: id, vendor, models: modelWords(others.map(({ name }) => name)), capabilities: claims([]) }]),
    ];
  });
}

function modelWords(names: readonly string[]): string {
  const [first = '', ...rest] = names;
  return rest.length === 0 ? first : t('andMore', { first, count: rest.length });
}

/** What a driver claims of a field. Of one unit the same states say something else: there it did or did not answer. */
export const DRIVER_CAPABILITY_WORDS: Record<string, string> = t.group('driverCapability');
