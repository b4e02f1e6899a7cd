import type { GatewayConfigProgress } from '@loopstart/contracts';
import { APPLY_REASONS, type ApplyJob } from '@loopstart/domain';
import type { ConfigRequest } from './observe-gateway.ts';

type Evidence = GatewayConfigProgress['evidence'];

const TEXT_MAX = 500;

/** Of a job that has read nothing yet. */
export const NO_EVIDENCE: Evidence = {
  fingerprintBefore: null,
  fingerprintAfter: null,
  firmware: null,
  differences: [],
  differencesTotal: 0,
  registeredBefore: null,
  registeredAfter: null,
};

/** What the cloud is told of a job, at this wall clock. */
export function progressOf(
  { jobId, gatewayId, revision, windowUntil = null }: ConfigRequest,
  job: ApplyJob,
  evidence: Evidence,
  at: number,
): GatewayConfigProgress {
  const { state, reason, holds, verdict } = job;
  return {
    jobId,
    gatewayId,
    revision,
    at,
    state,
    since: job.sinceMs,
    reasonCode: reason,
    detail: sentenceOf(job),
    holds,
    verdict,
    windowUntil,
    evidence,
  };
}

/** A job that ends before anything was written. */
export function failed(
  job: ApplyJob,
  reason: NonNullable<ApplyJob['reason']>,
  sinceMs: number,
  detail: string | null = null,
): ApplyJob {
  return { ...job, phase: 'ended', state: 'failed', sinceMs, reason, detail };
}

/** A reason in one sentence, with what is known beyond it. */
function sentenceOf({ reason, detail }: Pick<ApplyJob, 'reason' | 'detail'>): string | null {
  if (reason === null) return null;
  const { text } = APPLY_REASONS[reason];
  return (detail === null ? text : `${text} ${detail}`).slice(0, TEXT_MAX);
}
