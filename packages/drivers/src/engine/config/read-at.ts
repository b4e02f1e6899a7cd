import { isWithin } from '../../config-formats/format.ts';
import type { ConfigKey, ConfigMapping, ConfigPlace, ConfigReading, ReadSetting } from '../slices/config.ts';

export type ReadSettings = ReadonlyMap<ConfigKey, ReadSetting>;

/** Whether a key is there, or anything in the row or block that it names. */
export function hasAny(settings: ReadSettings, key: ConfigKey): boolean {
  if (settings.has(key)) return true;
  for (const other of settings.keys()) if (isWithin(key, other, ['/', '.', ' > '])) return true;
  return false;
}

/** The mapping's reading of settings of which some are hidden. */
export function readAt(
  mapping: ConfigMapping<unknown>,
  place: ConfigPlace,
  settings: ReadSettings,
): ConfigReading<unknown> {
  const keys = mapping.keys(place);
  if (keys === null) return { state: 'absent' };
  const isHidden = keys.some((key) => {
    const setting = settings.get(key);
    return (
      setting !== undefined && (setting.value === null || setting.secret === 'opaque' || setting.secret === 'masked')
    );
  });
  if (isHidden) return { state: 'cannot-tell', reason: 'the gateway does not show it' };
  return mapping.read((key) => settings.get(key)?.value ?? undefined, place);
}
