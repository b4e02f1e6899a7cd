import type { ChangeCost, FieldId, FieldValue, Settings } from '@loopstart/domain';
import type { ConfigFormatId } from '../../config-formats/format.ts';
import type { DigitMap, DigitMapLanguage } from '../../digit-maps/index.ts';
import type { Unit } from '../offer.ts';

/** The key of a setting in a vendor's own configuration, in the canonical form of its format. */
export type ConfigKey = string;

/** One change of a gateway's configuration, in the vendor's own words. */
export type ConfigChange =
  | { readonly kind: 'set'; readonly key: ConfigKey; readonly value: string; readonly isSecret: boolean }
  | { readonly kind: 'remove'; readonly key: ConfigKey };

/** A setting of a gateway's configuration as it was read; `ConfigSetting` of `config-formats` is one. */
export interface ReadSetting {
  /** Null: there is a value and the gateway does not show it. */
  readonly value: string | null;
  readonly secret: 'none' | 'plain' | 'opaque' | 'masked';
}

/** A gateway whose configuration is written. */
export interface ConfiguredUnit extends Unit {
  /** What its configuration calls a port, by position from 1, where that cannot be derived: `Fxs1`, `0/1/0`. */
  readonly portNames?: ReadonlyMap<number, string>;
}

/** What shares one value: the whole gateway, the ports of one profile, or one port. */
export type ConfigScope = 'gateway' | 'profile' | 'port';

/** Where a setting is written. */
export interface ConfigPlace {
  readonly unit: ConfiguredUnit;
  readonly scope: ConfigScope;
  /** The position of the port or the number of the profile, from 1; 1 for the gateway. */
  readonly index: number;
}

/**
 * Why a value is not written, in one plain sentence. `isUnverified`: nobody has shown what the gateway does with it;
 * otherwise the gateway cannot do it.
 */
export interface Refused {
  readonly refused: string;
  readonly isUnverified?: true;
}

/** A text for a key; null removes the key. */
export type Assignment = readonly [key: ConfigKey, text: string | null];

/** What a gateway's configuration says of one setting. */
export type ConfigReading<V = FieldValue> =
  | { readonly state: 'value'; readonly value: V }
  /** The key is not in what was read, or empty: the unit omits defaults, or it was never set. */
  | { readonly state: 'absent' }
  /** It is there and is no value of the model, or it is hidden. */
  | { readonly state: 'cannot-tell'; readonly reason: string };

/** How one setting of the telephony model is written and read in a vendor's configuration. */
export interface ConfigMapping<V = FieldValue> {
  readonly scope: ConfigScope;
  /** Where the knowledge is from: a file of a unit, a manual. */
  readonly source: string;
  /** Where it costs more than the field says. */
  readonly cost?: ChangeCost;
  readonly isSecret?: true;
  /** The empty text is a command without a value, and not "unset". */
  readonly isCommand?: true;
  /** Every key that the setting owns at a place; null: none is known there. */
  keys(place: ConfigPlace): readonly ConfigKey[] | null;
  /** `others`: the settings beside it, for keys that say two things at once. */
  write(value: V, place: ConfigPlace, others: Settings): readonly Assignment[] | Refused;
  read(textOf: (key: ConfigKey) => string | undefined, place: ConfigPlace): ConfigReading<V>;
}

/** Groups of settings that several ports share. Each port names the one that it uses. */
export interface ConfigProfiles {
  readonly count: number;
  /** Which profile a port uses. */
  readonly ofPort: ConfigMapping<number>;
  /** What a profile needs to be in use; null: nothing. */
  readonly activation: ConfigMapping<boolean> | null;
}

/** How one group of models writes its configuration. */
export interface ConfigLayout {
  /** In words, where a driver has several. */
  readonly name: string;
  /** The models whose files or manuals show it. Another model is refused. */
  readonly models: readonly string[];
  /** Firmware that writes it so, where models have another form in other firmware. Unknown firmware is refused. */
  readonly firmware?: RegExp;
  /** Ports for line devices, where the driver's table does not have the model; null: modular. */
  readonly portCount?: number | null;
  /** Null: no file of it was seen. */
  readonly format: ConfigFormatId | null;
  /** The language of its dial plans; null: none is known. */
  readonly digitMap: DigitMapLanguage | null;
  /** How a compiled dial plan is written; absent: `notVerified` says why it is not. */
  readonly dialPlan?: ConfigMapping<DigitMap>;
  readonly profiles?: ConfigProfiles;
  /** What any change does at least, where the gateway may do more than the setting needs. */
  readonly costAtLeast?: ChangeCost;
  /**
   * Its keys hold names of ports (`ConfiguredUnit.portNames`). What a configuration says of them by position; empty where
   * it does not tell, and the names of the inventory count.
   */
  readonly portNames?: (settings: ReadonlyMap<ConfigKey, ReadSetting>) => ReadonlyMap<number, string>;
  /** That name in what the gateway reports of a port over SNMP; null where it does not say it. */
  readonly portNameOf?: (reported: string) => string | null;
  readonly mappings: { readonly [F in Exclude<FieldId, 'port.dialPlan'>]?: ConfigMapping<FieldValue<F>> };
  /** Settings that are not written, and why. */
  readonly notVerified: Readonly<Partial<Record<FieldId, string>>>;
}

/** The slice of a driver whose gateways can be configured. */
export interface ConfigSlice {
  readonly layouts: readonly ConfigLayout[];
}
