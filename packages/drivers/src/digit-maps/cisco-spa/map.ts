/** Dialling on a Cisco SPA112/122 or ATA191/192: Dial_Plan_n_ with its timers. */
export interface CiscoSpaMap {
  readonly language: 'cisco-spa';
  /** `L:8,S:4,(s1|s2)`; timers in whole seconds, 10 and 3 where they are left out. */
  readonly dialPlan: string;
}

/** Length of a dial plan in general practice; the manuals do not give one. */
export const CISCO_SPA_CHARACTERS_MAX = 2047;
export const CISCO_SPA_LONG_DEFAULT_S = 10;
export const CISCO_SPA_SHORT_DEFAULT_S = 3;
