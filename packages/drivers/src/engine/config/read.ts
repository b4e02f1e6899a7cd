import { TELEPHONY_FIELD_IDS, fieldOf, valueProblem, type FieldId, type Settings } from '@loopstart/domain';
import type { DigitMap } from '../../digit-maps/index.ts';
import type { Assignment, ConfigKey, ConfigMapping, ConfigPlace, ConfiguredUnit } from '../slices/config.ts';
import { indexesOf, layoutFor, mappingOf, positionsOf, type ConfigDriver } from './layouts.ts';
import { hasAny, readAt, type ReadSettings } from './read-at.ts';
import { profileKeys, profilesOf } from './read-profiles.ts';
import type { NotWritten } from './wish.ts';
import { isRefused, sameWord } from './words.ts';

/** What one port has. */
export interface ReadPort {
  readonly position: number;
  readonly settings: Settings;
  readonly dialPlan: DigitMap | null;
}

/** A configuration in the words of the model. */
export interface TelephonyReading {
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
export function readTelephony(
  driver: ConfigDriver,
  unit: ConfiguredUnit,
  settings: ReadSettings,
): TelephonyReading | { readonly refused: string } {
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
  for (const { field, place } of doubtful) {
    unread.push({ field, position: place.scope === 'port' ? place.index : null, reason: SAYS_MORE });
  }
  const taken = found.filter((one) => !doubtful.some((other) => other === one || isOfOneValue(other, one)));
  const owned = keysOf(taken, found);
  for (const key of profileKeys(layout, unit, profiles)) owned.add(key);
  return {
    gateway: gatewayOf(taken),
    ports: positions.map((position) => portOf(taken, position, profiles.get(position))),
    kept: [...settings.keys()].filter((key) => !owned.has(key)),
    unread,
  };
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
