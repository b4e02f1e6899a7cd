import { afterBackSave } from './back.ts';
import { compareLines, reportsRegistration, type LinesResult } from './lines.ts';
import { begin, broke, end, go, nextLookMs } from './moves.ts';
import { APPLY_REASONS, type ApplyReasonCode, type ApplyVerdict } from './reasons.ts';
import type { ApplyEvent, ApplyJob, ApplyPlan, ApplyStep, Now } from './state.ts';
import { verdict } from './verdict.ts';

type Checked = Extract<ApplyEvent, { type: 'checked' }>;

/** Good checks in a row that confirm: the first may still show the registrations of before. */
const GOOD_CHECKS = 2;
/** How much longer than the limit a change waits for the end of an outage that is not its own. */
export const OUTAGE_WAIT_MS = 600_000;
const SAVE_ATTEMPTS = 3;

/** What a check found: the change works, or what speaks against it. `final`: waiting longer changes nothing. */
interface Found {
  works: boolean;
  reason: ApplyReasonCode;
  detail: string | null;
  verdict: ApplyVerdict;
  final: boolean;
}

export function afterCheck(plan: ApplyPlan, job: ApplyJob, event: Checked, now: Now): ApplyStep {
  if (job.phase !== 'check') return begin(job, now);
  const found = judge(plan, job, event, now);
  const holds = heldOf(event);
  if (found.works) {
    const good = job.good + 1;
    if (good >= GOOD_CHECKS)
      return go(
        {
          ...job,
          phase: 'save',
          mayBeStored: true,
          good,
          attempts: 0,
          holds,
          verdict: found.verdict,
          reason: null,
          detail: null,
        },
        now,
      );
    return again(plan, { ...job, good, holds }, null);
  }
  const { reason, detail } = found;
  if (found.final) return broke({ ...job, holds }, reason, detail, found.verdict, now);
  const isOutage = found.verdict === 'site-offline' || found.verdict === 'sip-server-down';
  const limitMs = (job.deadlineMs ?? now.steadyMs) + (isOutage ? OUTAGE_WAIT_MS : 0);
  if (now.steadyMs >= limitMs) {
    const cause: ApplyReasonCode = isOutage ? (found.verdict as 'site-offline' | 'sip-server-down') : reason;
    return broke({ ...job, holds }, cause, detail, found.verdict, now);
  }
  return again(plan, { ...job, good: 0, holds, detail }, now);
}

/** The second check of a good one follows soon. */
function again({ checkEveryMs }: ApplyPlan, job: ApplyJob, now: Now | null): ApplyStep {
  return { job, effect: { do: 'wait', ms: now === null ? checkEveryMs : nextLookMs(job, checkEveryMs, now) } };
}

export function afterSave(job: ApplyJob, event: Extract<ApplyEvent, { type: 'saved' }>, now: Now): ApplyStep {
  if (job.phase === 'back-save') return afterBackSave(job, event, now);
  if (job.phase !== 'save') return begin(job, now);
  if (event.done) return go({ ...job, phase: 'saved', attempts: 0 }, now);
  if (job.attempts + 1 >= SAVE_ATTEMPTS) return broke(job, 'save-failed', event.detail, 'cannot-tell', now);
  return { job: { ...job, attempts: job.attempts + 1 }, effect: { do: 'wait', ms: 5_000 } };
}

/** After saving it is read once more: a gateway may have reverted by itself just before. */
export function afterSavedCheck(plan: ApplyPlan, job: ApplyJob, event: Checked, now: Now): ApplyStep {
  const { readBack, observation } = event;
  if (observation.identity === 'same' && readBack?.after === 'equal' && readBack.emergencyComplete)
    return end({ ...job, holds: 'after' }, 'confirmed', null, null, now);
  const isKnown = observation.identity === 'same' && readBack !== null && readBack.after !== 'cannot-tell';
  const isLate = now.steadyMs >= (job.deadlineMs ?? 0) && job.attempts >= SAVE_ATTEMPTS;
  if (!isKnown && !isLate)
    return { job: { ...job, attempts: job.attempts + 1 }, effect: { do: 'wait', ms: plan.checkEveryMs } };
  return broke({ ...job, holds: heldOf(event) }, reasonOfRead(event), null, 'cannot-tell', now);
}

/** Which configuration the read-back shows. */
export function heldOf({ observation, readBack }: Checked): ApplyJob['holds'] {
  if (readBack === null || observation.identity !== 'same') return 'unknown';
  if (readBack.after === 'equal') return 'after';
  return readBack.before === 'equal' ? 'before' : 'unknown';
}

function reasonOfRead({ observation, readBack }: Checked): ApplyReasonCode {
  if (!observation.answers) return 'unreachable';
  if (observation.identity === 'other') return 'other-gateway-after';
  if (readBack === null || readBack.after === 'cannot-tell') return 'read-back-unclear';
  return readBack.after === 'different' ? 'read-back-differs' : 'emergency-path-lost';
}

function judge(plan: ApplyPlan, job: ApplyJob, event: Checked, now: Now): Found {
  const { observation, readBack } = event;
  const lines = linesOf(plan, job, event);
  const cause = verdict({ ...observation, lines });
  const base = { works: false, detail: lines === null ? null : lineDetail(lines), verdict: cause, final: false };
  if (!observation.answers || observation.identity !== 'same' || readBack === null)
    return { ...base, detail: null, reason: reasonOfRead(event), verdict: 'cannot-tell' };
  const tookEffect = now.steadyMs - (job.writtenAtMs ?? now.steadyMs) >= plan.takesEffectMs;
  if (readBack.after === 'different')
    return { ...base, reason: 'read-back-differs', detail: null, verdict: 'config', final: tookEffect };
  if (readBack.after === 'equal' && !readBack.emergencyComplete)
    return { ...base, reason: 'emergency-path-lost', detail: null, verdict: 'config', final: true };
  if (readBack.after === 'cannot-tell')
    return { ...base, reason: 'read-back-unclear', detail: null, verdict: 'cannot-tell', final: tookEffect };
  if (lines === null) return { ...base, reason: 'cannot-tell' };
  if (lines.result === 'as-before') {
    const isSeen = reportsRegistration(observation.lines ?? []);
    return { ...base, works: true, reason: 'cannot-tell', verdict: isSeen ? 'works' : 'cannot-tell' };
  }
  return { ...base, reason: lines.result === 'worse' ? lines.reason : 'cannot-tell' };
}

function linesOf(plan: ApplyPlan, { baseline }: ApplyJob, { observation, readBack }: Checked): LinesResult | null {
  if (observation.lines === null || baseline === null) return null;
  const needsRegistration = readBack?.secretsHidden ?? false;
  return compareLines({
    before: baseline,
    now: observation.lines,
    mustRegister: plan.mustRegister,
    needsRegistration,
  });
}

function lineDetail(lines: LinesResult): string | null {
  return lines.result === 'as-before' ? null : `Port ${lines.position}: ${APPLY_REASONS[lines.reason].text}`;
}
