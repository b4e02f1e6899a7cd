import type { CallDirection, CallFormat, CallNullReason, CallPhase, CallSide } from './vocabulary.ts';

/** The quality of a call as its gateway measured it; null where it did not. */
export interface CallQuality {
  /** Mean opinion score of what arrived at the gateway, 1 to 5. */
  readonly mos: number | null;
  /** R-factor of what arrived at the gateway, 0 to 120. */
  readonly rFactor: number | null;
  readonly remoteMos: number | null;
  readonly remoteRFactor: number | null;
  readonly jitterMs: number | null;
  readonly delayMs: number | null;
  /** Packets that did not arrive, of all that should have. */
  readonly lossPercent: number | null;
}
export const NO_QUALITY: CallQuality = {
  mos: null,
  rFactor: null,
  remoteMos: null,
  remoteRFactor: null,
  jitterMs: null,
  delayMs: null,
  lossPercent: null,
};

/** Facts of a call that one of its records gives; null where it does not. All texts are the device's, made inert. */
export interface CallFacts {
  readonly direction: CallDirection | null;
  /** The digits as they were dialled, before any rule of the gateway changed them. */
  readonly dialled: string | null;
  /** The number that the gateway called. */
  readonly called: string | null;
  readonly calling: string | null;
  readonly forwardedTo: string | null;
  /** The port as the record names it: a channel, a trunk, a device. */
  readonly channel: string | null;
  readonly trunk: string | null;
  readonly device: string | null;
  /** The number of the line itself, as the record has it. */
  readonly lineNumber: string | null;
  /** Times by the gateway's own clock, ms since the epoch. */
  readonly gatewaySetupAt: number | null;
  readonly gatewayConnectAt: number | null;
  readonly gatewayReleaseAt: number | null;
  /** Time in conversation, ms; 0 where the record says that it was never answered. */
  readonly talkMs: number | null;
  /** The cause in the words of the record, and its number of Q.850. */
  readonly cause: string | null;
  readonly causeCode: number | null;
  readonly sipCode: number | null;
  readonly endedBy: CallSide | null;
  readonly codec: string | null;
  readonly fax: boolean | null;
  readonly quality: CallQuality;
}

/** One step of a call, as its gateway reported it. */
export interface CallEvent extends CallFacts {
  /** When it was received, in our clock. */
  readonly at: number;
  readonly format: CallFormat;
  readonly phase: CallPhase;
  /** The gateway's name for this call; the same in all of its records. */
  readonly callKey: string;
  /** What joins the calls of one session, such as a call and its forwarded leg; null where the record has none. */
  readonly sessionKey: string | null;
  /** 1-based number of the port; null with its reason in `nulls`. */
  readonly position: number | null;
  /** Why a fact is null, by its name. */
  readonly nulls: Readonly<Record<string, CallNullReason>>;
}
