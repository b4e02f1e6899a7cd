import { TELEPHONY_FIELD_IDS, type FieldId } from '@loopstart/domain';
import type { Driver } from '../driver.ts';
import { isOffered } from '../offer.ts';
import type { ConfigKey, ConfigLayout, ConfigMapping, ConfigPlace, ConfigUnit, Refused } from '../slices/config.ts';
import { refuse } from './words.ts';

/** What a driver needs to have for its gateways to be configured. */
export type ConfigDriver = Pick<Driver, 'vendor' | 'models' | 'config'>;

/** Settings that Loopstart keeps for itself, and where they take effect. */
export const KEPT_BY_LOOPSTART: Readonly<Partial<Record<FieldId, string>>> = {
  'port.blockedClasses': 'part of the dial plan',
  'port.emergencyLocation': 'kept by Loopstart',
  'port.alarmReceivers': 'part of the dial plan',
  'gateway.redundancyGroup': 'kept by Loopstart',
};

/** How this very unit writes its configuration. A model that no file or manual shows is refused. */
export function layoutFor(driver: ConfigDriver, unit: ConfigUnit): ConfigLayout | Refused {
  if (driver.config === undefined) return refuse(`no configuration of ${driver.vendor} is known`);
  if (unit.model === null) return refuse('its model is not known, and models differ in their configuration');
  const layout = driver.config.layouts.find(({ models }) => isOffered({ models }, unit));
  return layout ?? refuse(`how ${driver.vendor} ${unit.model} writes its configuration is not verified`);
}

/** How many ports for line devices the model has; null where it is modular. */
export function portCountOf(driver: ConfigDriver, unit: ConfigUnit, layout: ConfigLayout): number | null {
  const model = driver.models.find(({ name }) => isOffered({ models: [name] }, unit));
  return model === undefined || model.fxs === 0 ? (layout.portCount ?? null) : model.fxs;
}

/** The mapping of a field without its own type of value, for engine functions that check values by the model. */
export function mappingOf(layout: ConfigLayout, field: FieldId): ConfigMapping<unknown> | undefined {
  const mapping = field === 'port.dialPlan' ? layout.dialPlan : layout.mappings[field];
  return mapping as ConfigMapping<unknown> | undefined;
}

/** The indexes at which a scope has a setting, from 1. */
export function indexesOf(
  scope: ConfigMapping['scope'],
  layout: ConfigLayout,
  positions: readonly number[],
): readonly number[] {
  if (scope === 'gateway') return [1];
  return scope === 'port' ? positions : Array.from({ length: layout.profiles?.count ?? 0 }, (_, at) => at + 1);
}

/** The positions of the model's ports, and those that were given or read beside them. */
export function positionsOf(
  driver: ConfigDriver,
  unit: ConfigUnit,
  layout: ConfigLayout,
  given: readonly number[] = [],
): readonly number[] {
  const count = portCountOf(driver, unit, layout) ?? 0;
  const all = new Set([
    ...Array.from({ length: count }, (_, at) => at + 1),
    ...given,
    ...(unit.portNames?.keys() ?? []),
  ]);
  return [...all].sort((a, b) => a - b);
}

/** Every key that Loopstart may write in the configuration of this unit; every other key is foreign and stays. */
export function ownedKeys(driver: ConfigDriver, unit: ConfigUnit): ReadonlySet<ConfigKey> {
  const layout = layoutFor(driver, unit);
  if ('refused' in layout) return new Set();
  const positions = positionsOf(driver, unit, layout);
  const mappings = TELEPHONY_FIELD_IDS.flatMap((field) => mappingOf(layout, field) ?? []);
  const { ofPort, activation } = layout.profiles ?? {};
  const all = [...mappings, ...(ofPort === undefined ? [] : [ofPort]), ...(activation == null ? [] : [activation])];
  return new Set(
    all.flatMap((mapping) =>
      indexesOf(mapping.scope, layout, positions).flatMap((index): readonly ConfigKey[] => {
        const place: ConfigPlace = { unit, scope: mapping.scope, index };
        return mapping.keys(place) ?? [];
      }),
    ),
  );
}
