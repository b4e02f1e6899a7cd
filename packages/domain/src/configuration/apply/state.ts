import type { LineFact, ApplyObservation, ReadBack } from './facts.ts';
import type { ApplyReasonCode, ApplyState, ApplyVerdict, HeldConfiguration } from './reasons.ts';

/**
 * Where a job stands, in order; each is on disk before what it names is begun. `staged`: waits for permission. `keep`:
 * the running configuration is read and kept. `permit`: permission is proven again, on a fresh reading. `write`: writing
 * has begun. `check`: written, being proven. `save`: being confirmed and stored on the gateway. `saved`: the last check.
 * `back`: waits for permission to write back. `write-back`: writing back has begun. `back-check`: being proven.
 * `back-save`: the former configuration is being stored again, where the change may have been stored.
 */
export const APPLY_PHASES = [
  'staged',
  'keep',
  'permit',
  'write',
  'check',
  'save',
  'saved',
  'back',
  'write-back',
  'back-check',
  'back-save',
  'ended',
] as const;
export type ApplyPhase = (typeof APPLY_PHASES)[number];

/** Limits of a job, from the model and the review; milliseconds. */
export interface ApplyLimits {
  /** From the write to the confirmation. */
  confirmWithinMs: number;
  /** From the write until the gateway has taken it: a difference before that proves nothing. */
  takesEffectMs: number;
  /** Between two checks; two good ones in a row confirm. */
  checkEveryMs: number;
}

/** The reviewed change, as far as the machine decides by it. */
export interface ApplyPlan extends ApplyLimits {
  reads: boolean;
  notBeforeMs: number;
  expiresAtMs: number;
  /** It begins before this, or waits for another window; null: at any time. */
  windowUntilMs: number | null;
  mustRegister: readonly number[];
  /** A person accepts that a model which reports no registration is proven by the read-back alone. */
  acceptsReadBack: boolean;
}

/** State of a job: all of it is on disk, and it is everything that the decision depends on. */
export interface ApplyJob {
  phase: ApplyPhase;
  state: ApplyState;
  /** Wall clock. */
  sinceMs: number;
  reason: ApplyReasonCode | null;
  detail: string | null;
  holds: HeldConfiguration;
  verdict: ApplyVerdict | null;
  /** The gateway hides a secret that changes: only a registration proves it. */
  secretsHidden: boolean;
  /** The lines before the write; null before it. */
  baseline: readonly LineFact[] | null;
  /** Steady time of the write, and until when it must be proven. */
  writtenAtMs: number | null;
  deadlineMs: number | null;
  /** Storing the change on the gateway was begun. */
  mayBeStored: boolean;
  /** Good checks in a row. */
  good: number;
  /** Failed attempts at what the phase does. */
  attempts: number;
}

/**
 * Two clocks. `wallMs` is right, and may jump: the window is by it. `steadyMs` never goes back, not over a restart
 * either: limits are by it.
 */
export interface Now {
  wallMs: number;
  steadyMs: number;
}

/** What the agent does next for a job, and which event tells the result. */
export type ApplyEffect =
  | {
      do:
        | 'observe'
        | 'keep'
        | 'write'
        | 'check'
        | 'save'
        | 'check-saved'
        | 'observe-back'
        | 'write-back'
        | 'check-back';
    }
  | { do: 'wait'; ms: number }
  | { do: 'end' };

/** How writing ended. `not-begun`: nothing was sent. `refused`: the gateway said so. `unclear`: some may have arrived. */
export type WriteOutcome = 'done' | 'not-begun' | 'refused' | 'unclear';

export type ApplyEvent =
  /** The agent started, or a wait is over: what the phase does is begun again. */
  | { type: 'restarted' | 'tick' | 'withdrawn' | 'superseded' }
  | { type: 'observed'; observation: ApplyObservation }
  | { type: 'kept'; secretsHidden: boolean }
  | { type: 'not-kept'; reason: ApplyReasonCode; detail: string | null; again: boolean }
  | { type: 'wrote'; outcome: WriteOutcome; reason: ApplyReasonCode | null; detail: string | null }
  | { type: 'checked'; observation: ApplyObservation; readBack: ReadBack | null }
  | { type: 'saved'; done: boolean; detail: string | null };

export interface ApplyStep {
  job: ApplyJob;
  effect: ApplyEffect;
}

/** A job before its first step. */
export function newJob({ wallMs }: Now): ApplyJob {
  return {
    phase: 'staged',
    state: 'waiting',
    sinceMs: wallMs,
    reason: null,
    detail: null,
    holds: 'before',
    verdict: null,
    secretsHidden: false,
    baseline: null,
    writtenAtMs: null,
    deadlineMs: null,
    mayBeStored: false,
    good: 0,
    attempts: 0,
  };
}
