import type { ConfigEntry, ConfigPlace, EffectiveConfig, JsonValue } from '@loopstart/contracts';
import { type FieldId, fieldOf, type ResolvedSetting, type SettingOrigin, type SettingResolution } from '@loopstart/domain';
import type { StoredEntry } from './entry-row.ts';

const IS_SET = { isSet: true } as const;

/** A value as it may be shown. */
export const shown = (value: unknown, isSecret: boolean): JsonValue =>
  isSecret && value !== null && value !== undefined ? IS_SET : ((value ?? null) as JsonValue);

/** A published entry in the contract's form. */
export function entryView(entry: StoredEntry, placeName: string): ConfigEntry {
  const { id, place, kind, name, deviceClass, value, isSecret, isSealed, author, at, fromRevision } = entry;
  return {
    id,
    place: place as ConfigPlace,
    placeName,
    kind,
    name,
    deviceClass,
    value: shown(value, isSecret),
    isSecret,
    isSealed,
    author,
    at: new Date(at).toISOString(),
    revision: fromRevision!,
  };
}

type SettingView = EffectiveConfig['settings'][number];

/** The settings of a gateway or port in the order of the model. */
export function settingViews({ values }: SettingResolution): SettingView[] {
  return [...values.values()].map(settingView);
}

function settingView({ field, value, origin, overrides }: ResolvedSetting): SettingView {
  const isSecret = isSecretField(field);
  return {
    field,
    value: shown(value, isSecret),
    isSecret,
    isManaged: value !== null,
    origin: originView(origin),
    overrides: overrides.map((one) => ({ value: shown(one.value, isSecret), origin: originView(one.origin) })),
  };
}

export const isSecretField = (field: FieldId): boolean => fieldOf(field).secret === true;

export const originView = ({ at, ...origin }: SettingOrigin): SettingView['origin'] => ({
  ...origin,
  at: at === null ? null : new Date(at).toISOString(),
});
