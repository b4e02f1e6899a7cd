import { compareLines } from './lines.ts';
import { begin, end, go, nextLookMs, WAIT_MS } from './moves.ts';
import type { ApplyObservation } from './facts.ts';
import { APPLY_REASONS } from './reasons.ts';
import type { ApplyEvent, ApplyJob, ApplyPlan, ApplyStep, Now } from './state.ts';

/** Attempts to write back that the gateway answered, before people are asked to look. */
const BACK_ATTEMPTS_MAX = 20;
/** How long a gateway that does not answer, or whose lines are in use, is waited for: it may be repaired meanwhile. */
const BACK_WAIT_MS_MAX = 7 * 86_400_000;
/** How long the lines may take to come back once the former configuration is proven to be there. */
const LINES_BACK_MS = 300_000;
const FIRST_LOOKS_MS = 5_000;

const pause = (job: ApplyJob, ms: number): ApplyStep => ({ job, effect: { do: 'wait', ms } });

/** Before writing back: the right gateway, and lines that may be disturbed. A call that came meanwhile is not cut. */
export function afterObservedBack(job: ApplyJob, seen: ApplyObservation, now: Now): ApplyStep {
  const deadlineMs = job.deadlineMs ?? now.steadyMs + BACK_WAIT_MS_MAX;
  const waiting = { ...job, deadlineMs };
  const isRight = seen.answers && seen.identity === 'same';
  if (isRight && seen.refusal === null) return go({ ...waiting, phase: 'write-back' }, now);
  if (now.steadyMs < deadlineMs) return pause(waiting, WAIT_MS);
  return end({ ...job, holds: 'unknown' }, 'failed', 'revert-unclear', becauseOf(job), now);
}

export function afterWriteBack(
  job: ApplyJob,
  { outcome, reason, detail }: Extract<ApplyEvent, { type: 'wrote' }>,
  plan: ApplyPlan,
  now: Now,
): ApplyStep {
  // Whether it arrived is only known by a read-back, whatever was answered.
  if (outcome !== 'not-begun')
    return pause(
      {
        ...job,
        phase: 'back-check',
        attempts: job.attempts + (outcome === 'done' ? 0 : 1),
        writtenAtMs: now.steadyMs,
        deadlineMs: now.steadyMs + plan.takesEffectMs + LINES_BACK_MS,
      },
      FIRST_LOOKS_MS,
    );
  // Silent, or in use again: nothing was tried.
  if (reason === null || APPLY_REASONS[reason].kind !== 'refused') return pause({ ...job, phase: 'back' }, WAIT_MS);
  return tryAgain(job, detail, now);
}

export function afterBackCheck(
  job: ApplyJob,
  { observation, readBack }: Extract<ApplyEvent, { type: 'checked' }>,
  now: Now,
): ApplyStep {
  if (job.phase !== 'back-check') return begin(job, now);
  const isLate = now.steadyMs >= (job.deadlineMs ?? now.steadyMs);
  const isBack = observation.identity === 'same' && readBack?.before === 'equal';
  if (isBack) {
    const held: ApplyJob = { ...job, holds: 'before' };
    const lines =
      observation.lines === null || job.baseline === null
        ? null
        : compareLines({
            before: job.baseline,
            now: observation.lines,
            mustRegister: [],
            needsRegistration: readBack.secretsHidden,
          });
    if (lines?.result === 'as-before') return reverted(held, now);
    // The former configuration is there; that a line is not as before has another cause by now.
    if (isLate && lines !== null && !readBack.secretsHidden) return reverted(held, now);
    return isLate ? tryAgain(held, null, now) : pause(held, nextLookMs(held, WAIT_MS, now));
  }
  const away: ApplyJob = { ...job, holds: 'unknown', mayBeStored: job.mayBeStored || readBack !== null };
  return isLate ? tryAgain(away, null, now) : pause(away, nextLookMs(away, WAIT_MS, now));
}

/** The former configuration runs. Where the change may have been stored, a restart would bring it back. */
function reverted(job: ApplyJob, now: Now): ApplyStep {
  if (job.mayBeStored) return go({ ...job, phase: 'back-save', attempts: 0 }, now);
  return end(job, 'reverted', job.reason, job.detail, now);
}

export function afterBackSave(
  job: ApplyJob,
  { done, detail }: Extract<ApplyEvent, { type: 'saved' }>,
  now: Now,
): ApplyStep {
  // A restart just before may have brought the change back, and it is what was stored: it is read once more.
  if (done)
    return go(
      { ...job, phase: 'back-check', mayBeStored: false, attempts: 0, deadlineMs: now.steadyMs + LINES_BACK_MS },
      now,
    );
  const attempts = job.attempts + 1;
  if (attempts >= BACK_ATTEMPTS_MAX) return end(job, 'failed', 'revert-failed', detail ?? becauseOf(job), now);
  return pause({ ...job, attempts }, WAIT_MS);
}

function tryAgain(job: ApplyJob, detail: string | null, now: Now): ApplyStep {
  const attempts = job.attempts + 1;
  if (attempts >= BACK_ATTEMPTS_MAX)
    return end(
      { ...job, attempts },
      'failed',
      // Read back as it was, but with a secret that only a registration would have proven.
      job.holds === 'before' ? 'revert-unclear' : 'revert-failed',
      detail ?? becauseOf(job),
      now,
    );
  return pause({ ...job, phase: 'back', attempts, deadlineMs: null }, WAIT_MS);
}

const becauseOf = ({ reason, detail }: ApplyJob) => detail ?? (reason === null ? null : APPLY_REASONS[reason].text);
