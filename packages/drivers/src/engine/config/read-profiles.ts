import type { ConfigKey, ConfigLayout, ConfigMapping, ConfiguredUnit } from '../slices/config.ts';
import { readAt, type ReadSettings } from './read-at.ts';

/** The profile that each port is on, where the configuration says so. */
export function profilesOf(
  layout: ConfigLayout,
  unit: ConfiguredUnit,
  positions: readonly number[],
  settings: ReadSettings,
): ReadonlyMap<number, number> {
  const { ofPort, count = 0 } = layout.profiles ?? {};
  if (ofPort === undefined) return new Map();
  return new Map(
    positions.flatMap((position) => {
      const reading = readAt(ofPort as ConfigMapping<unknown>, { unit, scope: 'port', index: position }, settings);
      const profile = reading.state === 'value' ? (reading.value as number) : 0;
      return profile >= 1 && profile <= count ? [[position, profile] as const] : [];
    }),
  );
}

/** Keys that put ports on the profiles that they are on. */
export function profileKeys(
  layout: ConfigLayout,
  unit: ConfiguredUnit,
  profiles: ReadonlyMap<number, number>,
): readonly ConfigKey[] {
  const { ofPort, activation } = layout.profiles ?? {};
  return [
    ...[...profiles.keys()].flatMap((index) => ofPort?.keys({ unit, scope: 'port', index }) ?? []),
    ...[...new Set(profiles.values())].flatMap((index) => activation?.keys({ unit, scope: 'profile', index }) ?? []),
  ];
}
