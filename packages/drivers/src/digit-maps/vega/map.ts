/** `.planner.profile.P.plan.N` of a port: what is dialled, and what it becomes. */
export interface VegaPlan {
  /** The text after `TEL:` in `srce`: keys, `.`, `[ ]`, and `<…>` around what `<1>` in the destination repeats. */
  readonly telephone: string;
  /** The text after `TEL:` in `dest`: digits and `<1>`. */
  readonly destination: string;
}

/** Dialling on a Sangoma Vega: plans in the order of their numbers, and the collection of digits of the POTS profile. */
export interface VegaMap {
  readonly language: 'vega';
  readonly plans: readonly VegaPlan[];
  /** `dtmf_dial_timeout`, whole seconds. */
  readonly dialTimeoutS: number;
  /** `dtmf_dial_digit`: the key that ends dialling; null for none. */
  readonly dialDigit: '#' | null;
}
