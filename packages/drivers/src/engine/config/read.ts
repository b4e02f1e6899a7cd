import { TELEPHONY_FIELD_IDS, fieldOf, valueProblem, type FieldId, type Settings } from '@loopstart/domain';
import { isWithin } from '../../config-formats/format.ts';
import type { DigitMap } from '../../digit-maps/index.ts';
import type {
  Assignment,
  ConfigKey,
  ConfigLayout,
  ConfigMapping,
  ConfigPlace,
  ConfigReading,
  ConfigUnit,
  ReadSetting,
} from '../slices/config.ts';
import { indexesOf, layoutFor, mappingOf, positionsOf, type ConfigDriver } from './layouts.ts';
import type { NotWritten } from './wish.ts';
import { isRefused, sameWord } from './words.ts';

export type ReadSettings = ReadonlyMap<ConfigKey, ReadSetting>;

/** What one port has. */
export interface ReadPort {
  readonly position: number;
  readonly settings: Settings;
  readonly dialPlan: DigitMap | null;
}

/** A configuration in the words of the model. */
export interface ReadConfig {
  readonly gateway: Settings;
  readonly ports: readonly ReadPort[];
  /** Keys that no value above stands for, in the order of the file: they stay as they are. */
  readonly kept: readonly ConfigKey[];
  /** Settings that are there and have no value in the model; their keys are kept. */
  readonly unread: readonly NotWritten[];
}

/** One value at one place of the configuration. */
interface Found {
  readonly field: FieldId;
  readonly mapping: ConfigMapping<unknown>;
  readonly place: ConfigPlace;
  readonly value: unknown;
}

/**
 * Reads what a gateway has. A value is taken only where writing it gives the same texts again; every other key is kept,
 * so that nothing is lost when a gateway is taken over.
 */
export function readConfig(
  driver: ConfigDriver,
  unit: ConfigUnit,
  settings: ReadSettings,
): ReadConfig | { readonly refused: string } {
  const layout = layoutFor(driver, unit);
  if (isRefused(layout)) return { refused: layout.refused };
  const unread: NotWritten[] = [];
  const positions = positionsOf(driver, unit, layout);
  const profiles = profilesOf(layout, unit, positions, settings);
  const used = new Set(profiles.values());
  const found = TELEPHONY_FIELD_IDS.flatMap((field) => {
    const mapping = mappingOf(layout, field);
    if (mapping === undefined) return [];
    const all = indexesOf(mapping.scope, layout, positions);
    const indexes = mapping.scope === 'profile' ? all.filter((index) => used.has(index)) : all;
    const values = indexes.flatMap((index) =>
      valueAt(field, mapping, { unit, scope: mapping.scope, index }, settings, unread),
    );
    if (fieldOf(field).level === 'port' || isSameEverywhere(values, indexes.length)) return values;
    if (values.length > 0) unread.push({ field, position: null, reason: 'its ports or profiles differ' });
    return [];
  });
  const doubtful = found.filter((one) => !isReproduced(one, found, settings));
  for (const field of new Set(doubtful.map((one) => one.field)))
    unread.push({ field, position: null, reason: SAYS_MORE });
  const taken = found.filter((one) => !doubtful.some((other) => other === one || isOfOneValue(other, one)));
  const owned = keysOf(taken, found);
  for (const position of profiles.keys()) {
    for (const key of layout.profiles?.ofPort.keys({ unit, scope: 'port', index: position }) ?? []) owned.add(key);
  }
  return {
    gateway: gatewayOf(taken),
    ports: positions.map((position) => portOf(taken, position, profiles.get(position))),
    kept: [...settings.keys()].filter((key) => !owned.has(key)),
    unread,
  };
}

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

function valueAt(
  field: FieldId,
  mapping: ConfigMapping<unknown>,
  place: ConfigPlace,
  settings: ReadSettings,
  unread: NotWritten[],
): readonly Found[] {
  const position = place.scope === 'port' ? place.index : null;
  const reading = readAt(mapping, place, settings);
  if (reading.state === 'absent') return [];
  const reason =
    reading.state === 'cannot-tell'
      ? reading.reason
      : field === 'port.dialPlan'
        ? null
        : valueProblem(field, reading.value);
  if (reason !== null) unread.push({ field, position, reason });
  return reading.state === 'value' && reason === null ? [{ field, mapping, place, value: reading.value }] : [];
}

function isSameEverywhere(values: readonly Found[], count: number): boolean {
  const [first] = values;
  return values.length === count && values.every(({ value }) => JSON.stringify(value) === JSON.stringify(first?.value));
}

const SAYS_MORE = 'it says more than the setting, which would be written differently';

/** A setting of the whole gateway that is written at several places is taken from all of them, or from none. */
const isOfOneValue = (one: Found, other: Found) => one.field === other.field && fieldOf(one.field).level === 'gateway';

/** Whether writing the value gives what was read. */
function isReproduced(one: Found, all: readonly Found[], settings: ReadSettings): boolean {
  const assignments = assignmentsOf(one, all);
  return (
    assignments.length > 0 &&
    assignments.every(([key, text]) => {
      const read = settings.get(key)?.value;
      return text === null ? !hasAny(settings, key) : sameWord(text, read ?? '');
    })
  );
}

function assignmentsOf(one: Found, all: readonly Found[]): readonly Assignment[] {
  const beside = all.filter(({ place }) => place.scope === one.place.scope && place.index === one.place.index);
  const others = Object.fromEntries(beside.map(({ field, value }) => [field, value])) as Settings;
  const assignments = one.mapping.write(one.value, one.place, others);
  return isRefused(assignments) ? [] : assignments;
}

function keysOf(taken: readonly Found[], all: readonly Found[]): Set<ConfigKey> {
  return new Set(taken.flatMap((one) => assignmentsOf(one, all).map(([key]) => key)));
}

function profilesOf(
  layout: ConfigLayout,
  unit: ConfigUnit,
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

function gatewayOf(taken: readonly Found[]): Settings {
  const ofGateway = taken.filter(({ field }) => fieldOf(field).level === 'gateway');
  return Object.fromEntries(ofGateway.map(({ field, value }) => [field, value])) as Settings;
}

function portOf(taken: readonly Found[], position: number, profile: number | undefined): ReadPort {
  const index = { gateway: 1, port: position, profile };
  const own = taken.filter(({ field, place }) => fieldOf(field).level === 'port' && place.index === index[place.scope]);
  const { 'port.dialPlan': dialPlan = null, ...settings } = Object.fromEntries(
    own.map(({ field, value }) => [field, value]),
  ) as Settings & { 'port.dialPlan'?: unknown };
  return { position, settings, dialPlan: dialPlan as DigitMap | null };
}
