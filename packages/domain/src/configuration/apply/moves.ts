import type { ApplyReasonCode, ApplyState, ApplyVerdict } from './reasons.ts';
import type { ApplyEffect, ApplyJob, ApplyPhase, ApplyStep, Now } from './state.ts';

/** How soon a condition that the job waits for is read again. */
export const WAIT_MS = 15_000;

/** Time to the next check, as a share of the time since the write. */
const CHECK_GROWTH = 0.2;

/** What each phase does. */
const EFFECTS: Readonly<Record<ApplyPhase, ApplyEffect>> = {
  staged: { do: 'observe' },
  keep: { do: 'keep' },
  permit: { do: 'observe' },
  write: { do: 'write' },
  check: { do: 'check' },
  save: { do: 'save' },
  saved: { do: 'check-saved' },
  back: { do: 'observe-back' },
  'write-back': { do: 'write-back' },
  'back-check': { do: 'check-back' },
  'back-save': { do: 'save' },
  ended: { do: 'end' },
};

/** Begins what the phase does. Writing is never begun twice: it is checked. */
export function begin(job: ApplyJob, now: Now): ApplyStep {
  if (job.phase === 'write')
    return { job: { ...job, phase: 'check', state: 'applied-unconfirmed', holds: 'unknown' }, effect: EFFECTS.check };
  return go(job, now);
}

/** Enters the phase of `job`, and begins what it does. */
export function go(job: ApplyJob, _now: Now): ApplyStep {
  return { job, effect: EFFECTS[job.phase] };
}

export function waitFor(
  job: ApplyJob,
  reason: ApplyReasonCode,
  detail: string | null,
  ms: number,
  { wallMs }: Now,
): ApplyStep {
  const sinceMs = job.state === 'waiting' && job.reason === reason ? job.sinceMs : wallMs;
  return { job: { ...job, state: 'waiting', sinceMs, reason, detail }, effect: { do: 'wait', ms: Math.max(1, ms) } };
}

/** How soon a gateway is looked at again: less and less often, as each look is a login to it. */
export function nextLookMs({ writtenAtMs }: ApplyJob, leastMs: number, { steadyMs }: Now): number {
  return Math.max(leastMs, Math.round((steadyMs - (writtenAtMs ?? steadyMs)) * CHECK_GROWTH));
}

/** Waits and tries again; counts the attempt. */
export function retry(job: ApplyJob, reason: ApplyReasonCode, detail: string | null, now: Now): ApplyStep {
  return waitFor({ ...job, attempts: job.attempts + 1 }, reason, detail, WAIT_MS, now);
}

export function end(
  job: ApplyJob,
  state: Extract<ApplyState, 'confirmed' | 'reverted' | 'failed'>,
  reason: ApplyReasonCode | null,
  detail: string | null,
  { wallMs }: Now,
): ApplyStep {
  return { job: { ...job, phase: 'ended', state, sinceMs: wallMs, reason, detail }, effect: { do: 'end' } };
}

/** The change did not prove itself: it is written back. */
export function broke(
  job: ApplyJob,
  reason: ApplyReasonCode,
  detail: string | null,
  verdict: ApplyVerdict,
  { wallMs }: Now,
): ApplyStep {
  const sinceMs = job.state === 'applied-unconfirmed' && job.reason === reason ? job.sinceMs : wallMs;
  return {
    job: {
      ...job,
      phase: 'back',
      state: 'applied-unconfirmed',
      sinceMs,
      reason,
      detail,
      verdict,
      good: 0,
      attempts: 0,
      deadlineMs: null,
    },
    effect: EFFECTS.back,
  };
}
