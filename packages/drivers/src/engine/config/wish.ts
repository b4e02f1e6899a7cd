import type { ChangeCost, FieldId, Settings } from '@loopstart/domain';
import type { DigitMap } from '../../digit-maps/index.ts';
import type { ConfigChange, ConfigPlace } from '../slices/config.ts';

/** What one port should be. Settings that are absent or null stay as the gateway has them. */
export interface PortWish {
  /** From 1. */
  readonly position: number;
  readonly settings: Settings;
  /** As `compileDialPlan` gives it in the gateway's language. */
  readonly dialPlan?: DigitMap;
}

/** A wish with the dial plan among its settings. */
export interface PlannedPort {
  readonly position: number;
  readonly settings: Settings;
}

export interface ConfigWish {
  readonly gateway: Settings;
  readonly ports: readonly PortWish[];
}

/** Why a setting is not in the changes. */
export interface NotWritten {
  /** Null: the gateway as a whole, or which profile its ports use. */
  readonly field: FieldId | null;
  /** Null: the whole gateway, or several ports, which the reason names. */
  readonly position: number | null;
  /** One plain sentence without its capital letter and full stop. */
  readonly reason: string;
}

/** One setting at one place, with the changes that make it so. */
export interface WrittenSetting {
  /** Null: which profile a port uses. */
  readonly field: FieldId | null;
  readonly position: number | null;
  readonly place: ConfigPlace;
  readonly changes: readonly ConfigChange[];
}

/**
 * `gateway`: settings of the whole gateway alone. No setting of a port writes a key of theirs, so that what differs between
 * two such renderings is what differs between the whole ones, where the ports ask for the same.
 */
export type RenderedLevel = 'all' | 'gateway';

export interface RenderedConfig {
  /** Each key once, in the order of the model, then of the places. */
  readonly changes: readonly ConfigChange[];
  readonly written: readonly WrittenSetting[];
  /** The most that any of the changes does to a gateway in service. */
  readonly cost: ChangeCost;
  /** What the gateway cannot do. The changes are incomplete while there is any. */
  readonly refusals: readonly NotWritten[];
  /** What is left as it is, since nobody has shown how this gateway writes it. */
  readonly notVerified: readonly NotWritten[];
}
