/** The disturbances of one transfer, by the gateway's faults. */
export interface LinkState {
  /** The transfer ends after this many bytes; Infinity where nothing cuts it. */
  readonly cutAtByte: number;
  /** Whether that cut is the loss of the unit's power. */
  readonly losesPower: boolean;
  readonly delayMs: number;
}

export const CLEAR_LINK: LinkState = { cutAtByte: Infinity, losesPower: false, delayMs: 0 };
