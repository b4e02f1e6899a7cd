import {
  APPLY_ENDS,
  APPLY_STATES,
  type ApplyReasonCode,
  type ApplyState,
  type ApplyVerdict,
  type HeldConfiguration,
} from '../apply/index.ts';

/** Why a job waits in the cloud, beside the reasons of the agent. */
export const CONFIG_WAIT_REASON_TABLE = {
  'window-passed': 'Its maintenance window passed before it could begin; it waits for the next one.',
  turn: 'Other gateways of the deployment are before it.',
  gateway: 'A former change of the gateway has not ended.',
  stopped: 'The deployment stopped, because a gateway failed or went back.',
  sent: 'It was sent; the agent has not reported it yet.',
} as const;
export type ConfigWaitReason = keyof typeof CONFIG_WAIT_REASON_TABLE;
export const CONFIG_WAIT_REASONS = Object.keys(CONFIG_WAIT_REASON_TABLE) as [ConfigWaitReason, ...ConfigWaitReason[]];

/** State of a gateway in a deployment. `drifted`: it was confirmed, and changed elsewhere since. */
export const CONFIG_GATEWAY_STATES = [...APPLY_STATES, 'drifted'] as const;
export type ConfigGatewayState = (typeof CONFIG_GATEWAY_STATES)[number];

/** What the cloud knows of one change of one gateway. Times in ms since the epoch. */
export interface ConfigJob {
  /** It reads the running configuration and writes nothing. */
  readonly reads: boolean;
  readonly state: ApplyState;
  readonly since: number;
  readonly reason: ApplyReasonCode | ConfigWaitReason | null;
  /** The agent's own sentence; null: that of the reason. */
  readonly detail: string | null;
  readonly holds: HeldConfiguration;
  readonly verdict: ApplyVerdict | null;
  /** When it became due, so that it is sent; null: it waits in the cloud. */
  readonly releasedAt: number | null;
  /** The agent's time of its newest report; null: it has not reported. */
  readonly reportedAt: number | null;
  readonly withdrawnAt: number | null;
  readonly expiresAt: number;
  /** End of the maintenance window in which it may begin; null: it may begin at any time. */
  readonly windowUntil: number | null;
  /** The window that the agent last reported to know of. */
  readonly knownWindow: number | null;
}

export interface JobReport {
  readonly at: number;
  readonly state: ApplyState;
  readonly since: number;
  readonly reason: ApplyReasonCode | null;
  readonly detail: string | null;
  readonly holds: HeldConfiguration;
  readonly verdict: ApplyVerdict | null;
  readonly windowUntil: number | null;
}

export type JobEvent =
  /** It is due, until its window ends; also again, in the next window. */
  | { readonly kind: 'release'; readonly windowUntil: number | null }
  | { readonly kind: 'withdraw'; readonly reason: 'withdrawn' | 'superseded' }
  | { readonly kind: 'wait'; readonly reason: ApplyReasonCode | ConfigWaitReason }
  | { readonly kind: 'report'; readonly report: JobReport }
  | { readonly kind: 'tick' };

export interface JobStep {
  readonly job: ConfigJob;
  /** Whether the agent must be sent what stands now. */
  readonly send: boolean;
}

/**
 * One step of a job. The agent alone knows what became of a change that it was sent: the cloud ends only what it never
 * sent, and nothing ends well but by a report of what was read back. A reading writes nothing, so it ends with its time.
 */
export function stepJob(job: ConfigJob, event: JobEvent, now: number): JobStep {
  if (event.kind === 'report') return { job: reported(job, event.report), send: false };
  if (APPLY_ENDS.has(job.state) || job.state !== 'waiting') return { job, send: false };
  switch (event.kind) {
    case 'release':
      if (now >= job.expiresAt || (job.releasedAt !== null && !hasMissedWindow(job, now))) return { job, send: false };
      return {
        job: { ...job, releasedAt: job.releasedAt ?? now, windowUntil: event.windowUntil, reason: 'sent', since: now },
        send: true,
      };
    case 'withdraw':
      if (job.releasedAt === null) return { job: ended(job, event.reason, now), send: false };
      if (job.withdrawnAt !== null) return { job, send: false };
      return { job: { ...job, withdrawnAt: now }, send: true };
    case 'wait':
      // What an agent reported says more than what the cloud knows.
      if (job.releasedAt !== null && !(event.reason === 'window-passed' && job.reason === 'sent'))
        return { job, send: false };
      if (job.reason === event.reason) return { job, send: false };
      return { job: { ...job, reason: event.reason, since: now }, send: false };
    case 'tick':
      if ((job.releasedAt !== null && !job.reads) || now < job.expiresAt) return { job, send: false };
      return { job: ended(job, 'expired', now), send: false };
  }
}

type Windowed = Pick<ConfigJob, 'state' | 'reason' | 'releasedAt' | 'windowUntil' | 'knownWindow'>;

/** Whether it was sent for a window that is over, and is not known to have begun. */
export const hasMissedWindow = (
  { state, releasedAt, windowUntil }: Omit<Windowed, 'reason' | 'knownWindow'>,
  now: number,
) => state === 'waiting' && releasedAt !== null && windowUntil !== null && windowUntil <= now;

/**
 * Whether it is known not to begin before another window: its agent reported, of this very window, that it waits for the
 * next. What an agent did not report may have begun.
 */
export const isParked = (job: Windowed, now: number): boolean =>
  hasMissedWindow(job, now) && job.reason === 'window' && job.knownWindow === job.windowUntil;

/** Nothing was sent, so nothing was written. */
function ended(job: ConfigJob, reason: ApplyReasonCode, now: number): ConfigJob {
  return { ...job, state: 'failed', since: now, reason, detail: null, holds: 'before' };
}

/** Reports arrive late and twice: an older one, and one that goes back to a former state, change nothing. */
function reported(job: ConfigJob, report: JobReport): ConfigJob {
  const isOlder = job.reportedAt !== null && report.at < job.reportedAt;
  if (isOlder || job.releasedAt === null || APPLY_ENDS.has(job.state) || rank(report.state) < rank(job.state))
    return job;
  const { at, windowUntil, ...rest } = report;
  return { ...job, ...rest, reportedAt: at, knownWindow: windowUntil };
}

const rank = (state: ApplyState): number => (APPLY_ENDS.has(state) ? 3 : APPLY_STATES.indexOf(state));
