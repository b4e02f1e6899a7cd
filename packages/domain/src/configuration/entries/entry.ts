import type { LineDeviceClass } from '../../line/vocabulary.ts';
import { fieldOf, isFieldId } from '../../telephony/index.ts';
import { type EntryPlace, placeKey } from './place.ts';

/** What an entry sets: a field of the telephony model, a `{variable}`, or a dial plan by its name. */
export const CONFIG_ENTRY_KINDS = ['setting', 'variable', 'dial-plan'] as const;
export type ConfigEntryKind = (typeof CONFIG_ENTRY_KINDS)[number];

/** What names an entry: one place has at most one with the same name. */
export interface EntryKey {
  readonly place: EntryPlace;
  readonly kind: ConfigEntryKind;
  /** Id of the field, or name of the variable or dial plan. */
  readonly name: string;
  readonly deviceClass: LineDeviceClass | null;
}

/** One published setting of one place. */
export interface ConfigEntry extends EntryKey {
  readonly id: string;
  /** Null: not managed from here on. Of a secret the secret itself. */
  readonly value: unknown;
  readonly isSealed: boolean;
  readonly author: string;
  /** In ms since the epoch. */
  readonly at: number;
}

/** The name of an entry as one text. */
export const entryKey = ({ place, kind, name, deviceClass }: EntryKey): string =>
  JSON.stringify([placeKey(place), kind, name, deviceClass]);

/** Whether the value of an entry is a secret: kept sealed and shown to nobody. */
export const isSecretEntry = ({ kind, name }: Pick<EntryKey, 'kind' | 'name'>): boolean =>
  kind === 'setting' && isFieldId(name) && fieldOf(name).secret === true;
