/** Dialling on an Eltex TAU: one text with global timers, `L8 S4 (r1|r2)`. */
export interface EltexMap {
  readonly language: 'eltex';
  readonly dialPlan: string;
}

export const ELTEX_CHARACTERS_MAX = 1000;
