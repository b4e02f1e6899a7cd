import { APPLY_ENDS, APPLY_REASONS, type ApplyReasonCode, type ApplyState } from '../apply/index.ts';
import type { ConfigJob, ConfigWaitReason } from './job.ts';

/** `now`: all at once; `window`: in maintenance windows alone; `stepwise`: one gateway after the other. */
export const DEPLOYMENT_MODES = ['now', 'window', 'stepwise'] as const;
export type DeploymentMode = (typeof DEPLOYMENT_MODES)[number];

/** `stopped`: a gateway failed, and nothing more begins. `over`: every gateway has ended, well or not. */
export const DEPLOYMENT_STATES = ['running', 'stopped', 'cancelled', 'over'] as const;
export type DeploymentState = (typeof DEPLOYMENT_STATES)[number];

/** A job as far as the order of a deployment depends on it. */
export interface DeployedJob extends Pick<ConfigJob, 'state' | 'reason' | 'releasedAt' | 'expiresAt'> {
  readonly id: string;
  readonly gatewayId: string;
  readonly ordinal: number;
  /** Gateways that stand in for each other; null: none. */
  readonly group: string | null;
  /** When the maintenance window that is open now ends, in ms since the epoch; null: none is open. */
  readonly windowUntil: number | null;
}

export interface ReleaseQuestion {
  readonly mode: DeploymentMode;
  readonly state: DeploymentState;
  readonly stopOnFailure: boolean;
  readonly jobs: readonly DeployedJob[];
  /** Groups and gateways of which a job of any deployment was sent and has not ended. */
  readonly busyGroups: ReadonlySet<string>;
  readonly busyGateways: ReadonlySet<string>;
}

export interface ReleaseAnswer {
  readonly state: DeploymentState;
  readonly release: readonly { readonly id: string; readonly expiresAt: number }[];
  readonly wait: readonly { readonly id: string; readonly reason: ApplyReasonCode | ConfigWaitReason }[];
}

/** Which jobs of a deployment are due now. Never two gateways of a group at once, never two changes of one gateway. */
export function releaseJobs(question: ReleaseQuestion): ReleaseAnswer {
  const { jobs, mode } = question;
  const open = jobs.filter(({ state }) => !APPLY_ENDS.has(state));
  if (open.length === 0) return { state: endOf(question.state), release: [], wait: [] };
  const waiting = open.filter(({ releasedAt }) => releasedAt === null).toSorted((a, b) => a.ordinal - b.ordinal);
  if (question.state !== 'running' || (question.stopOnFailure && jobs.some(isFailure)))
    return {
      state: question.state === 'running' ? 'stopped' : question.state,
      release: [],
      wait: waiting.map(({ id }) => ({ id, reason: 'stopped' })),
    };
  const release: { id: string; expiresAt: number }[] = [];
  const wait: { id: string; reason: ApplyReasonCode | ConfigWaitReason }[] = [];
  const groups = new Set(question.busyGroups);
  let inTurn = mode === 'stepwise' && open.some(({ releasedAt }) => releasedAt !== null);
  for (const job of waiting) {
    const reason = inTurn ? 'turn' : holdOf(job, mode, groups, question.busyGateways);
    if (reason === null) {
      release.push({ id: job.id, expiresAt: expiryOf(job, mode) });
      if (job.group !== null) groups.add(job.group);
      inTurn = mode === 'stepwise';
    } else wait.push({ id: job.id, reason });
  }
  return { state: 'running', release, wait };
}

function holdOf(
  job: DeployedJob,
  mode: DeploymentMode,
  groups: ReadonlySet<string>,
  gateways: ReadonlySet<string>,
): ApplyReasonCode | ConfigWaitReason | null {
  if (gateways.has(job.gatewayId)) return 'gateway';
  if (mode === 'window' && job.windowUntil === null) return 'window';
  return job.group !== null && groups.has(job.group) ? 'group' : null;
}

const expiryOf = (job: DeployedJob, mode: DeploymentMode): number =>
  mode === 'window' && job.windowUntil !== null ? Math.min(job.windowUntil, job.expiresAt) : job.expiresAt;

const endOf = (state: DeploymentState): DeploymentState => (state === 'running' ? 'over' : state);

/** What a person withdrew or replaced, and what was too late, are no failures of the change. */
const HARMLESS: ReadonlySet<string | null> = new Set(['withdrawn', 'superseded', 'expired']);

/** Whether a gateway did not take the change, so that the next one may not either. */
export function isFailure({ state, reason }: { state: ApplyState; reason: string | null }): boolean {
  return state === 'reverted' || (state === 'failed' && !HARMLESS.has(reason));
}

/** The sentence of a reason that the agent gives; null: it is none of its. */
export const applyReasonText = (code: string): string | null =>
  Object.hasOwn(APPLY_REASONS, code) ? APPLY_REASONS[code as ApplyReasonCode].text : null;
