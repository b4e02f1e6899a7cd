export interface MediatrixAllowedRow {
  readonly dtmfMap: string;
  /** `x` (what was dialled) or `x{#}` (without the end sign). Other forms are not verified. */
  readonly transformation: 'x' | 'x{#}';
}

/** Dialling on Mediatrix DGW: EpServ.CallDtmfMapAllowed and CallDtmfMapRefused, rows in order, and the timer. */
export interface MediatrixMap {
  readonly language: 'mediatrix';
  readonly allowed: readonly MediatrixAllowedRow[];
  readonly refused: readonly { readonly dtmfMap: string }[];
  /** Inter-digit timer `T`, 500 to 10,000 ms. */
  readonly interDtmfTimeoutMs: number;
}

/** Longest text of a row. */
export const MEDIATRIX_CHARACTERS_MAX = 127;
export const MEDIATRIX_TIMEOUT_MIN_MS = 500;
export const MEDIATRIX_TIMEOUT_MAX_MS = 10_000;
