import { isDeepStrictEqual } from 'node:util';
import type { GatewayConfigProgress, RunningConfig } from '@loopstart/contracts';
import {
  mayLeave,
  stepApply,
  type ApplyEffect,
  type ApplyEvent,
  type ApplyJob,
  type ApplyPhase,
  type Now,
} from '@loopstart/domain';
import type { Logger } from 'pino';
import { sleep, type Clock } from '../core/clock.ts';
import type { JobEffects } from './job-effects.ts';
import { planOf } from './job-plan.ts';
import { failed, progressOf } from './job-progress.ts';
import type { JobStore, StoredJob } from './job-store.ts';

export interface RunnerContext {
  store: Pick<JobStore, 'save'>;
  clock: Clock;
  log: Logger;
  now: () => Now;
  /** The agent stops: the job goes on at its next start. */
  stop: AbortSignal;
  report: (progress: GatewayConfigProgress) => void;
  reportRunning: (running: RunningConfig) => void;
}

const DISK_AGAIN_MS = 5_000;
const STEP_AGAIN_MS = 15_000;

/**
 * Carries out one job, from where it stands on disk to its end. What a state names is only begun once the state is on
 * disk.
 */
export class JobRunner {
  readonly effects: JobEffects;
  readonly #context: RunnerContext;
  #stored: StoredJob;
  #phase: ApplyPhase;
  #leave: 'withdrawn' | 'superseded' | null = null;
  /** Wakes it from a wait. */
  #wake = new AbortController();

  constructor(stored: StoredJob, effects: JobEffects, context: RunnerContext) {
    this.#stored = stored;
    this.#phase = stored.job.phase;
    this.effects = effects;
    this.#context = context;
  }

  get stored(): StoredJob {
    return this.#stored;
  }

  /** The phase it was decided to enter; on disk a moment later. */
  get phase(): ApplyPhase {
    return this.#phase;
  }

  /** It is left where nothing was written, and goes on otherwise. */
  leave(how: 'withdrawn' | 'superseded'): void {
    this.#leave = how;
    if (!mayLeave(this.#stored.job)) return;
    this.wake();
    this.#wake = new AbortController();
  }

  /** Takes another maintenance window where nothing was written yet; the cloud repeats what the disk refuses. */
  async takeWindow(windowUntil: number | null): Promise<void> {
    const before = this.#stored;
    const { request, progress } = before;
    if ((request.windowUntil ?? null) === windowUntil || !mayLeave(before.job)) return;
    const { store, log } = this.#context;
    const next = { ...before, request: { ...request, windowUntil }, progress: { ...progress, windowUntil } };
    try {
      await store.save(next);
    } catch (error) {
      log.error({ error, jobId: request.jobId }, 'failed to store the window of a configuration job');
      return;
    }
    // It may have moved on meanwhile: what it has come to stands.
    if (this.#stored !== before) return;
    this.#stored = next;
    this.wake();
    this.#wake = new AbortController();
  }

  wake(): void {
    this.#wake.abort();
  }

  /** Resolves with the job at its end, or with null where the agent stops before. */
  async run(): Promise<ApplyJob | null> {
    const { stop, clock, now } = this.#context;
    let event: ApplyEvent = { type: 'restarted' };
    while (!stop.aborted) {
      const { request, job: before } = this.#stored;
      if (this.#leave !== null && mayLeave(before)) event = { type: this.#leave };
      const plan = planOf(request, this.effects.unit.procedure);
      const { job, effect } = stepApply(plan, before, event, now());
      this.#phase = job.phase;
      if (!(await this.#record(job))) return failed(before, 'disk-failed', clock.now());
      if (effect.do === 'end') return job;
      if (effect.do === 'wait') {
        await sleep(clock, effect.ms, this.#wake.signal);
        event = { type: 'tick' };
      } else event = await this.#carryOut(effect.do, job);
      this.#sendRunning();
    }
    return null;
  }

  async #carryOut(effect: ApplyEffect['do'], job: ApplyJob): Promise<ApplyEvent> {
    const { clock, log } = this.#context;
    try {
      return await this.effects.carryOut(effect, job);
    } catch (error) {
      // Whether it was done is not known, as after a kill.
      log.error({ error, jobId: this.#stored.request.jobId, effect }, 'a step of a configuration job failed');
      await sleep(clock, STEP_AGAIN_MS, this.#wake.signal);
      return { type: 'restarted' };
    }
  }

  /** Puts a state on disk and reports it; false where nothing was begun and the disk refuses. */
  async #record(job: ApplyJob): Promise<boolean> {
    const { store, clock, log, now, stop, report } = this.#context;
    const before = this.#stored;
    const { steadyMs, wallMs } = now();
    const { evidence, kept } = this.effects.facts;
    const progress = progressOf(before.request, job, evidence, clock.now());
    const stored = { ...before, job, kept, progress, steadyMs, wallMs };
    if (job.phase === 'ended') {
      this.#stored = stored;
      return true;
    }
    // What is on disk already is not written again every few seconds.
    if (isDeepStrictEqual(job, before.job)) return true;
    for (;;) {
      try {
        await store.save(stored);
        break;
      } catch (error) {
        log.error({ error, jobId: before.request.jobId }, 'failed to store the state of a configuration job');
        if (mayLeave(before.job)) return false;
        // What was begun is on disk. To go back is allowed, to go on is not, before the disk takes it.
        await sleep(clock, DISK_AGAIN_MS, stop);
        if (stop.aborted) return true;
      }
    }
    this.#stored = stored;
    if (job.state !== before.job.state || job.reason !== before.job.reason) report(progress);
    return true;
  }

  #sendRunning(): void {
    const { running } = this.effects.facts;
    this.effects.facts.running = null;
    if (running !== null) this.#context.reportRunning(running);
  }
}
