import { TELEPHONY_FIELD_IDS, type FieldId } from '@loopstart/domain';
import type { Driver } from '../driver.ts';
import { isOffered } from '../offer.ts';
import type {
  ConfigKey,
  ConfigLayout,
  ConfigMapping,
  ConfigPlace,
  ConfiguredUnit,
  ReadSetting,
  Refused,
} from '../slices/config.ts';
import { isRefused, refuse } from './words.ts';

/** What a driver needs to have for its gateways to be configured. */
export type ConfigDriver = Pick<Driver, 'vendor' | 'models' | 'config'>;

/** How this very unit writes its configuration. A model that no file or manual shows is refused. */
export function layoutFor(driver: ConfigDriver, unit: ConfiguredUnit): ConfigLayout | Refused {
  if (driver.config === undefined) return refuse(`no configuration of ${driver.vendor} is known`);
  if (unit.model === null) return refuse('its model is not known, and models differ in their configuration');
  const layout = driver.config.layouts.find(
    ({ models, firmware }) => isOffered({ models }, unit) && (firmware?.test(unit.firmware ?? '') ?? true),
  );
  if (layout !== undefined) return layout;
  const firmware = unit.firmware === null ? 'of unknown firmware' : `of firmware ${unit.firmware}`;
  return refuse(`how ${driver.vendor} ${unit.model} ${firmware} writes its configuration is not verified`);
}

/** How many ports for line devices the model has; null where it is modular. */
export function portCountOf(driver: ConfigDriver, unit: ConfiguredUnit, layout: ConfigLayout): number | null {
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
  unit: ConfiguredUnit,
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
export function ownedKeys(driver: ConfigDriver, unit: ConfiguredUnit): ReadonlySet<ConfigKey> {
  const layout = layoutFor(driver, unit);
  if (isRefused(layout)) return new Set();
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

/** The same from what the gateway reports of its ports; ports whose names do not say it are left out. */
export function portNamesOf(
  driver: ConfigDriver,
  unit: ConfiguredUnit,
  ports: readonly { readonly position: number; readonly name: string | null }[],
): ReadonlyMap<number, string> {
  const layout = layoutFor(driver, unit);
  const nameOf = isRefused(layout) ? undefined : layout.portNameOf;
  return new Map(
    ports.flatMap(({ position, name }) => {
      const own = name === null ? null : (nameOf?.(name) ?? null);
      return own === null ? [] : [[position, own] as const];
    }),
  );
}

/** What a configuration calls the ports of the gateway, by position; empty where it needs no names, or does not tell. */
export function portNamesIn(
  driver: ConfigDriver,
  unit: ConfiguredUnit,
  settings: ReadonlyMap<ConfigKey, ReadSetting>,
): ReadonlyMap<number, string> {
  const layout = layoutFor(driver, unit);
  return isRefused(layout) ? new Map() : (layout.portNames?.(settings) ?? new Map());
}
