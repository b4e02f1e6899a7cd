import { APPLY_ENDS, APPLY_REASONS, type ApplyReasonCode, type ApplyState } from '../apply/index.ts';
import { type ConfigJob, type ConfigWaitReason, hasMissedWindow } from './job.ts';

/** `now`: all at once; `window`: in maintenance windows alone; `stepwise`: one gateway after the other. */
export const DEPLOYMENT_MODES = ['now', 'window', 'stepwise'] as const;
export type DeploymentMode = (typeof DEPLOYMENT_MODES)[number];

/** `stopped`: a gateway failed, and nothing more begins. `over`: every gateway has ended, well or not. */
export const DEPLOYMENT_STATES = ['running', 'stopped', 'cancelled', 'over'] as const;
export type DeploymentState = (typeof DEPLOYMENT_STATES)[number];

/** A job that may be changing its gateway now, or may begin at any moment. */
export interface BusyJob {
  readonly id: string;
  readonly gatewayId: string;
  /** Gateways that stand in for each other; null: none. */
  readonly group: string | null;
  /** The other gateways of its group, also of other deployments. */
  readonly peers: readonly string[];
}

/** A job as far as the order of a deployment depends on it. */
export interface DeployedJob
  extends BusyJob, Pick<ConfigJob, 'state' | 'reason' | 'releasedAt' | 'expiresAt' | 'windowUntil'> {
  readonly ordinal: number;
  /** When the maintenance window that is open now ends, in ms since the epoch; null: none is open. */
  readonly openUntil: number | null;
}

export interface ReleaseQuestion {
  readonly mode: DeploymentMode;
  readonly state: DeploymentState;
  readonly stopOnFailure: boolean;
  readonly jobs: readonly DeployedJob[];
  /** Jobs of any deployment that were sent and have not ended, without those that are known to wait for a window. */
  readonly busy: readonly BusyJob[];
}

export interface ReleaseAnswer {
  readonly state: DeploymentState;
  readonly release: readonly { readonly id: string; readonly windowUntil: number | null }[];
  readonly wait: readonly { readonly id: string; readonly reason: ApplyReasonCode | ConfigWaitReason }[];
}

/**
 * Which jobs of a deployment are due now, also again where their window passed. Never two gateways of a group at once,
 * never two changes of one gateway, in whichever deployments they are.
 */
export function releaseJobs(question: ReleaseQuestion, now: number): ReleaseAnswer {
  const { jobs, mode } = question;
  const open = jobs.filter(({ state }) => !APPLY_ENDS.has(state));
  if (open.length === 0) return { state: endOf(question.state), release: [], wait: [] };
  const waiting = open
    .filter((job) => job.releasedAt === null || hasMissedWindow(job, now))
    .toSorted((a, b) => a.ordinal - b.ordinal);
  if (question.state !== 'running' || (question.stopOnFailure && jobs.some(isFailure)))
    return {
      state: question.state === 'running' ? 'stopped' : question.state,
      release: [],
      wait: waiting.map(({ id }) => ({ id, reason: 'stopped' })),
    };
  const release: { id: string; windowUntil: number | null }[] = [];
  const wait: { id: string; reason: ApplyReasonCode | ConfigWaitReason }[] = [];
  const busy = [...question.busy];
  let inTurn = mode === 'stepwise' && open.some(({ releasedAt }) => releasedAt !== null);
  for (const job of waiting) {
    const reason = inTurn ? 'turn' : holdOf(job, mode, busy);
    if (reason === null) {
      release.push({ id: job.id, windowUntil: mode === 'window' ? job.openUntil : null });
      busy.push(job);
      inTurn = mode === 'stepwise';
    } else wait.push({ id: job.id, reason });
  }
  return { state: 'running', release, wait };
}

function holdOf(
  job: DeployedJob,
  mode: DeploymentMode,
  busy: readonly BusyJob[],
): ApplyReasonCode | ConfigWaitReason | null {
  const others = busy.filter(({ id }) => id !== job.id);
  if (others.some(({ gatewayId }) => gatewayId === job.gatewayId)) return 'gateway';
  if (mode === 'window' && job.openUntil === null) return job.releasedAt === null ? 'window' : 'window-passed';
  return others.some((other) => standsIn(job, other)) ? 'group' : null;
}

/** Whether two gateways stand in for each other, by what either of the jobs was made with: groups may have changed since. */
const standsIn = (a: BusyJob, b: BusyJob): boolean =>
  (a.group !== null && a.group === b.group) || a.peers.includes(b.gatewayId) || b.peers.includes(a.gatewayId);

const endOf = (state: DeploymentState): DeploymentState => (state === 'running' ? 'over' : state);

/** What a person withdrew or replaced, and what was too late, are no failures of the change. */
export const HARMLESS_ENDS: ReadonlySet<string | null> = new Set(['withdrawn', 'superseded', 'expired']);

/** Whether a gateway did not take the change, so that the next one may not either. */
export function isFailure({ state, reason }: { state: ApplyState; reason: string | null }): boolean {
  return state === 'reverted' || (state === 'failed' && !HARMLESS_ENDS.has(reason));
}

/** The sentence of a reason that the agent gives; null: it is none of its. */
export const applyReasonText = (code: string): string | null =>
  Object.hasOwn(APPLY_REASONS, code) ? APPLY_REASONS[code as ApplyReasonCode].text : null;
