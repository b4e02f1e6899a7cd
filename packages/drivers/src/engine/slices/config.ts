import type { ChangeCost, FieldId, FieldValue } from '@loopstart/domain';
import type { Offer, Unit } from '../offer.ts';

/** The key of a setting in a vendor's own configuration, in the canonical form of its format. */
export type ConfigKey = string;

/** One change of a gateway's configuration, in the vendor's own words. */
export type ConfigChange =
  | { readonly kind: 'set'; readonly key: ConfigKey; readonly value: string; readonly isSecret: boolean }
  | { readonly kind: 'remove'; readonly key: ConfigKey };

/** Where a setting is written: the gateway, or one of its ports, counted from 1. */
export interface ConfigPlace {
  readonly unit: Unit;
  readonly portCount: number;
  /** Null for the whole gateway. */
  readonly position: number | null;
}

/** What a gateway's configuration says of one setting. */
export type ConfigReading =
  | { readonly state: 'value'; readonly value: FieldValue }
  /** The key is not in what was read: the unit omits defaults, or it was never set. */
  | { readonly state: 'absent' }
  /** It is there and cannot be compared, for example a masked password. */
  | { readonly state: 'cannot-tell'; readonly reason: string };

/** How one setting of the telephony model is written and read in a vendor's configuration. */
export interface ConfigMapping {
  /** Units that have it; absent: all of the driver. */
  readonly offer?: Offer;
  /** Where the knowledge is from: a file of a unit, a manual. */
  readonly source: string;
  readonly cost?: ChangeCost;
  /** Every key that the setting owns at a place, set or not. */
  keys(place: ConfigPlace): readonly ConfigKey[];
  /** The changes that make the setting so. A refusal says what this unit cannot do. */
  write(value: FieldValue, place: ConfigPlace): readonly ConfigChange[] | { readonly refused: string };
  read(settings: ReadonlyMap<ConfigKey, string>, place: ConfigPlace): ConfigReading;
}

/** The slice of a driver whose gateways can be configured. */
export interface ConfigSlice {
  /** The format of its configuration, in `config-formats`. */
  readonly format: string;
  /** The language of its dial plans, in `digit-maps`; null: none is known. */
  readonly digitMap: string | null;
  readonly mappings: Readonly<Partial<Record<FieldId, ConfigMapping>>>;
  /** Settings that are not rendered, and why: "not verified for this model". */
  readonly notVerified: Readonly<Partial<Record<FieldId, string>>>;
}
