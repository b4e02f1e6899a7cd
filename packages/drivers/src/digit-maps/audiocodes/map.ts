/** A row of NumberMapTel2IP: what it does with numbers that begin with its prefix. The first row that fits counts. */
export interface NumberMapRow {
  /** Digits, `x` and ranges such as `[2-7]`. */
  readonly destinationPrefix: string;
  readonly removeFromLeft: number;
  readonly prefixToAdd: string;
}

/** Dialling on an AudioCodes MediaPack: ini parameters DigitMapping, MaxDigits, TimeBetweenDigits and NumberMapTel2IP. */
export interface AudioCodesMap {
  readonly language: 'audiocodes';
  readonly digitMapping: string;
  readonly maxDigits: number;
  /** Whole seconds. */
  readonly timeBetweenDigitsS: number;
  readonly numberMapTel2Ip: readonly NumberMapRow[];
}

/** Limits of the MediaPack user manual. */
export const AUDIOCODES_RULES_MAX = 52;
export const AUDIOCODES_CHARACTERS_MAX = 152;
/** The `S` notation waits about this long (MediaPack user manual). */
export const AUDIOCODES_SHORT_MS = 2000;
