import { afterBackCheck, afterObservedBack, afterWriteBack } from './back.ts';
import { afterCheck, afterSave, afterSavedCheck } from './check.ts';
import { begin, broke, end, go, retry, WAIT_MS, waitFor } from './moves.ts';
import { APPLY_REASONS } from './reasons.ts';
import type { ApplyObservation, LineFact } from './facts.ts';
import { reportsRegistration } from './lines.ts';
import type { ApplyEvent, ApplyJob, ApplyPlan, ApplyStep, Now } from './state.ts';

/** Attempts to read the running configuration before the job is given up. */
const ATTEMPTS_MAX = 3;
/** The longest wait for a window: the wall clock may be set meanwhile. */
const WINDOW_WAIT_MS_MAX = 60_000;

/**
 * One step of a configuration job: from its state and an event to the next state and what is done then. Pure. Whoever
 * drives it has the new state on disk before it does what the effect names, so a state on disk says what may have been
 * begun. After a restart nothing that was begun counts as done: it is read back (`check`), repeated where repeating is
 * harmless (`save`, `write-back`), or begun from the start where nothing was written.
 */
export function step(plan: ApplyPlan, job: ApplyJob, event: ApplyEvent, now: Now): ApplyStep {
  switch (event.type) {
    case 'tick':
      return begin(job, now);
    case 'restarted':
      return restarted(job, now);
    case 'withdrawn':
    case 'superseded':
      return mayLeave(job) ? end(job, 'failed', event.type, null, now) : begin(job, now);
    case 'observed':
      if (job.phase === 'back') return afterObservedBack(job, event.observation, now);
      return afterObserved(plan, job, event.observation, now);
    case 'kept':
      if (job.phase !== 'keep') return begin(job, now);
      if (plan.reads) return end(job, 'confirmed', null, null, now);
      return go({ ...job, phase: 'permit', attempts: 0, secretsHidden: event.secretsHidden }, now);
    case 'not-kept':
      return event.again && job.attempts + 1 < ATTEMPTS_MAX
        ? retry({ ...job, phase: 'staged' }, event.reason, event.detail, now)
        : end(job, 'failed', event.reason, event.detail, now);
    case 'wrote':
      return job.phase === 'write-back' ? afterWriteBack(job, event, plan, now) : afterWrite(plan, job, event, now);
    case 'checked':
      if (job.phase === 'back-check') return afterBackCheck(job, event, now);
      if (job.phase === 'saved') return afterSavedCheck(plan, job, event, now);
      return afterCheck(plan, job, event, now);
    case 'saved':
      return afterSave(job, event, now);
  }
}

/** Whether nothing was written yet, so that the job can be left. */
export function mayLeave({ phase }: ApplyJob): boolean {
  return phase === 'staged' || phase === 'keep' || phase === 'permit';
}

function restarted(job: ApplyJob, now: Now): ApplyStep {
  switch (job.phase) {
    case 'keep':
    case 'permit':
      return go({ ...job, phase: 'staged', state: 'waiting', sinceMs: now.wallMs }, now);
    // It may have been written, in part or whole.
    case 'write':
      return go({ ...job, phase: 'check', state: 'applied-unconfirmed', holds: 'unknown', good: 0 }, now);
    case 'check':
      return go({ ...job, good: 0 }, now);
    // Written back in part, perhaps: with permission, it is written again.
    case 'write-back':
      return go({ ...job, phase: 'back' }, now);
    default:
      return begin(job, now);
  }
}

function afterObserved(plan: ApplyPlan, job: ApplyJob, seen: ApplyObservation, now: Now): ApplyStep {
  if (job.phase !== 'staged' && job.phase !== 'permit') return begin(job, now);
  const { wallMs, steadyMs } = now;
  const stay: ApplyJob = { ...job, phase: 'staged' };
  if (wallMs >= plan.expiresAtMs) return end(job, 'failed', 'expired', waitDetail(job), now);
  if (wallMs < plan.notBeforeMs)
    return waitFor(stay, 'window', null, Math.min(plan.notBeforeMs - wallMs, WINDOW_WAIT_MS_MAX), now);
  if (plan.windowUntilMs !== null && wallMs >= plan.windowUntilMs)
    return waitFor(stay, 'window', passedDetail(job), WINDOW_WAIT_MS_MAX, now);
  if (!seen.answers || seen.lines === null) return waitFor(stay, 'offline', null, WAIT_MS, now);
  if (seen.identity === 'other') return end(job, 'failed', 'other-gateway', null, now);
  if (seen.identity === 'other-model') return end(job, 'failed', 'other-model', null, now);
  if (seen.identity === 'unknown')
    return waitFor(stay, 'offline', 'The gateway did not give what it is recognised by.', WAIT_MS, now);
  // A configuration that is being changed is neither the former nor the new one.
  if (plan.reads && seen.group === 'taken') return waitFor(stay, 'changing', null, WAIT_MS, now);
  if (plan.reads) return job.phase === 'staged' ? go({ ...job, phase: 'keep' }, now) : begin(job, now);
  if (seen.group !== 'free') return waitFor(stay, 'group', groupDetail(seen.group), WAIT_MS, now);
  if (seen.refusal !== null) return waitFor(stay, 'busy', refusalDetail(seen.refusal), WAIT_MS, now);
  if (job.phase === 'staged')
    return go({ ...job, phase: 'keep', state: 'applying', sinceMs: wallMs, reason: null, detail: null }, now);
  const unproven = whyNotProvable(plan, job, seen.lines);
  if (unproven !== null) return end(job, 'failed', 'not-provable', unproven, now);
  return go(
    {
      ...job,
      phase: 'write',
      state: 'applying',
      baseline: seen.lines,
      writtenAtMs: steadyMs,
      deadlineMs: steadyMs + plan.confirmWithinMs,
    },
    now,
  );
}

/**
 * Why nothing would prove the change; null: something would. Without registrations a read-back is the only proof: of
 * what is not hidden, and where a person accepts it.
 */
function whyNotProvable(plan: ApplyPlan, { secretsHidden }: ApplyJob, lines: readonly LineFact[]): string | null {
  if (reportsRegistration(lines)) return null;
  if (!plan.acceptsReadBack) return 'Nobody has accepted that its settings, read back, are the only proof.';
  if (secretsHidden) return 'It hides a secret that would change, so its settings do not prove it either.';
  const [position] = plan.mustRegister;
  return position === undefined ? null : `Port ${position} must be registered, which it does not show.`;
}

function afterWrite(
  plan: ApplyPlan,
  job: ApplyJob,
  { outcome, reason, detail }: Extract<ApplyEvent, { type: 'wrote' }>,
  now: Now,
): ApplyStep {
  if (job.phase !== 'write') return begin(job, now);
  const refused = reason !== null && APPLY_REASONS[reason].kind === 'refused';
  if (outcome === 'not-begun') {
    if (refused) return end(job, 'failed', reason, detail, now);
    return waitFor({ ...job, phase: 'staged' }, reason ?? 'offline', detail, WAIT_MS, now);
  }
  if (outcome === 'refused') return broke(job, reason ?? 'write-refused', detail, 'config', now);
  const written: ApplyJob = {
    ...job,
    phase: 'check',
    state: 'applied-unconfirmed',
    sinceMs: now.wallMs,
    reason: null,
    detail: outcome === 'unclear' ? detail : null,
    holds: 'unknown',
    writtenAtMs: now.steadyMs,
    // Counted from the beginning of the write where it is not known whether it ended.
    deadlineMs: outcome === 'done' ? now.steadyMs + plan.confirmWithinMs : job.deadlineMs,
    good: 0,
    attempts: 0,
  };
  return { job: written, effect: { do: 'wait', ms: plan.checkEveryMs } };
}

function waitDetail({ state, reason, detail }: ApplyJob): string | null {
  if (state !== 'waiting' || reason === null) return null;
  return `It waited: ${detail ?? APPLY_REASONS[reason].text}`;
}

/** Why it did not begin in its window is kept while it waits for the next one. */
function passedDetail(job: ApplyJob): string {
  if (job.reason === 'window' && job.detail !== null) return job.detail;
  const why = job.reason === 'window' ? null : waitDetail(job);
  return `Its maintenance window is over; it waits for the next one.${why === null ? '' : ` ${why}`}`;
}

const groupDetail = (group: ApplyObservation['group']) =>
  group === 'taken'
    ? 'Another gateway of its redundancy group is being changed.'
    : 'Another gateway of its redundancy group is not known to be in service.';

function refusalDetail({ code, position }: NonNullable<ApplyObservation['refusal']>): string {
  return position === null ? code : `Port ${position}: ${code}`;
}
