import { type FieldId, fieldOf, type Settings, TELEPHONY_FIELD_IDS } from '@loopstart/domain';
import type { ConfigEvidence, ConfigNote } from '../config-formats/format.ts';
import { isRefused } from '../engine/config/words.ts';
import { type ConfigDriver, indexesOf, layoutFor, mappingOf, positionsOf } from '../engine/config/layouts.ts';
import { portNamesIn, readTelephony } from '../engine/config/index.ts';
import type { NotWritten } from '../engine/config/wish.ts';
import type { ConfigLayout, ConfiguredUnit } from '../engine/slices/config.ts';
import { driverById } from '../drivers.ts';
import { type FileRead, type NotTakenOver, readFile } from './read-file.ts';

/** A key that Loopstart leaves as it is. */
export interface KeptKey {
  readonly key: string;
  /** From 1. */
  readonly line: number;
  /** Null: a secret, or not shown by the gateway. */
  readonly value: string | null;
  readonly isSecret: boolean;
}

/** The configuration of a gateway that was made by hand, in the words of the model. */
export interface TakenOver {
  /** The vendor's language in words. */
  readonly formatName: string;
  readonly evidence: ConfigEvidence;
  /** Whether the file shows that it is whole. */
  readonly isEndMarked: boolean;
  readonly notes: readonly ConfigNote[];
  readonly gateway: Settings;
  /** By position from 1. */
  readonly ports: readonly { readonly position: number; readonly settings: Settings }[];
  /** In the order of the file. */
  readonly kept: readonly KeptKey[];
  /** Settings that are there and cannot be taken over, and why; their keys are kept. */
  readonly unread: readonly NotWritten[];
  /** The same unit with what the file calls its ports. */
  readonly unit: ConfiguredUnit;
  readonly file: FileRead;
}

const DIAL_PLAN = 'its dial plan stays as the gateway has it: rules are not made of it';

/**
 * Reads the configuration file of a gateway into the telephony model, by the tables that write it. Every key that no
 * setting stands for is kept, and so is the dial plan, which is in the gateway's own language.
 */
export function takeOver(driverId: string, of: ConfiguredUnit, bytes: Uint8Array): TakenOver | NotTakenOver {
  const driver = driverById(driverId);
  if (driver === undefined) return refuse(`there is no driver ${driverId}`);
  const layout = layoutFor(driver, of);
  if (isRefused(layout)) return refuse(layout.refused);
  if (layout.format === null) return refuse(`no configuration file of ${driver.vendor} ${of.model} was ever seen`);
  const file = readFile(layout.format, bytes, keysOf(driver, of, layout, SECRET_FIELDS));
  if ('refused' in file) return file;
  const names = portNamesIn(driver, of, file.settings);
  const unit = names.size === 0 ? of : { ...of, portNames: names };
  const reading = readTelephony(driver, unit, file.settings);
  if ('refused' in reading) return refuse(reading.refused);
  const planned = reading.ports.filter(({ dialPlan }) => dialPlan !== null);
  const keptKeys = new Set([...reading.kept, ...keysOf(driver, unit, layout, ['port.dialPlan'])]);
  return {
    formatName: file.format.name,
    evidence: file.format.evidence(file.document),
    isEndMarked: file.format.ending(file.document) === 'marked',
    notes: file.notes,
    gateway: reading.gateway,
    ports: reading.ports.map(({ position, settings }) => ({ position, settings })),
    kept: [...file.settings.values()]
      .filter(({ key }) => keptKeys.has(key))
      .map(({ key, line, value, secret }) => {
        const isSecret = secret !== 'none';
        return { key, line, value: isSecret ? null : value, isSecret };
      }),
    unread: [
      ...reading.unread,
      ...planned.map(({ position }) => ({ field: 'port.dialPlan' as FieldId, position, reason: DIAL_PLAN })),
    ].map(masked),
    unit,
    file,
  };
}

const SECRET_FIELDS = TELEPHONY_FIELD_IDS.filter((field) => fieldOf(field).secret === true);

/** The keys of some settings at every place of the unit. */
function keysOf(
  driver: ConfigDriver,
  unit: ConfiguredUnit,
  layout: ConfigLayout,
  fields: readonly FieldId[],
): ReadonlySet<string> {
  const positions = positionsOf(driver, unit, layout);
  return new Set(
    fields.flatMap((field) => {
      const mapping = mappingOf(layout, field);
      if (mapping === undefined) return [];
      const { scope } = mapping;
      return indexesOf(scope, layout, positions).flatMap((index) => mapping.keys({ unit, scope, index }) ?? []);
    }),
  );
}

/** What is said of a secret never has the secret in it. */
function masked(one: NotWritten): NotWritten {
  const isSecret = one.field !== null && fieldOf(one.field).secret === true;
  return isSecret ? { ...one, reason: 'the file has it in a form that is not taken over' } : one;
}

const refuse = (expected: string): NotTakenOver => ({ refused: { line: null, expected, found: null } });
