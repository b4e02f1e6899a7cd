/** Dialling on a Grandstream HT8xx or GXW42xx: dial plan (P4200, P4201), P85 and P72. P66 must be empty (see read.ts). */
export interface GrandstreamMap {
  readonly language: 'grandstream';
  /** `{ r1 | r2 }` */
  readonly dialPlan: string;
  /** P85: seconds without a key after which the number is sent, 1 to 15. */
  readonly noKeyEntryTimeoutS: number;
  /** P72: `#` sends at once, and can then not be dialled. */
  readonly hashSends: boolean;
}

/** Length of a dial plan by the comments in the maker's templates. */
export const GRANDSTREAM_CHARACTERS_MAX = 1024;
export const GRANDSTREAM_TIMEOUT_MAX_S = 15;
