/** A call of a simulated line as its gateway knows it. */
export interface SimCall {
  /** Number of the call since the start of the gateway. */
  readonly count: number;
  readonly position: number;
  /** The number of the line; empty where none is configured. */
  readonly lineNumber: string;
  readonly outgoing: boolean;
  /** What the line device dialled, and what the gateway calls; of an incoming call the caller, in both. */
  readonly dialled: string;
  readonly other: string;
  readonly fax: boolean;
  readonly setupAt: number;
  readonly connectAt: number | null;
  readonly releaseAt: number | null;
  readonly byFarEnd: boolean;
}

/** A gateway as far as its lines about calls show it. */
export interface SimCallSource {
  readonly name: string;
  readonly address: string;
  readonly seed: number;
  readonly macAddress: string | null;
  readonly ports: readonly { readonly number?: string | undefined; readonly device: string }[];
}

export type SimCallPhase = 'start' | 'connect' | 'end';

/** The syslog messages of a maker about one step of a call, as its units send them; none where they send none. */
export type CallLines = (phase: SimCallPhase, call: SimCall, source: SimCallSource, sequence: number) => string[];
