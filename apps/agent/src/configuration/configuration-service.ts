import { isDeepStrictEqual } from 'node:util';
import type { GatewayConfigProgress, RunningConfig } from '@loopstart/contracts';
import {
  mayLeave,
  newJob,
  stepApply,
  type ApplyEffect,
  type ApplyEvent,
  type ApplyJob,
  type ApplyPhase,
  type ApplyPlan,
} from '@loopstart/domain';
import type { Logger } from 'pino';
import { sleep, type Clock } from '../core/clock.ts';
import type { FileServer } from '../transport/http-serve/file-server.ts';
import { JobEffects, sentenceOf, type EffectTools } from './job-effects.ts';
import type { JobStore, StoredJob } from './job-store.ts';
import type { KnownKeys } from './known-keys.ts';
import type { ConfigRequest } from './observe-gateway.ts';
import type { FleetView } from './site-view.ts';
import { SteadyTime } from './steady-time.ts';

export interface ConfigurationOptions {
  store: JobStore;
  /** Jobs that were on disk at the start. */
  jobs: readonly StoredJob[];
  fleet: FleetView;
  clock: Clock;
  /** For the time limits of connections. */
  linkClock: Clock;
  log: Logger;
  keys: KnownKeys;
  files: FileServer;
  brokerReachable: () => boolean | null;
  report: (progress: GatewayConfigProgress) => void;
  reportRunning: (running: RunningConfig) => void;
}

interface Running {
  stored: StoredJob;
  effects: JobEffects;
  /** The phase it was decided to enter; on disk a moment later. */
  phase: ApplyPhase;
  /** It is to be left where nothing was written. */
  leave: 'withdrawn' | 'superseded' | null;
  /** Wakes it from a wait. */
  wake: AbortController;
}

const DISK_AGAIN_MS = 5_000;
const STEP_AGAIN_MS = 15_000;
const CHECK_EVERY_MS = 10_000;
const NO_EVIDENCE: GatewayConfigProgress['evidence'] = {
  fingerprintBefore: null,
  fingerprintAfter: null,
  firmware: null,
  differences: [],
  differencesTotal: 0,
  registeredBefore: null,
  registeredAfter: null,
};

/**
 * Carries out configuration jobs: each from where it stands on disk to its end, with the cloud or without. What a state
 * names is only begun once the state is on disk.
 */
export class ConfigurationService {
  readonly #options: ConfigurationOptions;
  readonly #time: SteadyTime;
  readonly #stop = new AbortController();
  readonly #jobs = new Map<string, Running>();
  readonly #underWay = new Set<Promise<void>>();

  constructor(options: ConfigurationOptions) {
    this.#options = options;
    this.#time = new SteadyTime(options.clock);
    for (const { steadyMs, wallMs } of options.jobs) this.#time.resume(steadyMs, wallMs);
  }

  /** The jobs that are not ended, without secrets. */
  get progress(): GatewayConfigProgress[] {
    return [...this.#jobs.values()].map(({ stored }) => stored.progress);
  }

  /** Goes on with the jobs on disk. */
  start(): void {
    for (const stored of this.#options.jobs) this.#begin(stored);
  }

  /** Takes a job; resolves when the broker may forget it. A known job is answered with its state, nothing else is done. */
  async accept(request: ConfigRequest): Promise<void> {
    const { store, report, fleet, log } = this.#options;
    const ended = store.endOf(request.jobId);
    if (ended !== null) return report(ended);
    const present = this.#jobs.get(request.jobId);
    if (present !== undefined) {
      if (request.withdrawn === true) this.#leave(present, 'withdrawn');
      else await this.#window(present, request.windowUntil ?? null);
      return report(present.stored.progress);
    }
    const stored = this.#toStored(request);
    if (request.withdrawn === true) return this.#refuse(stored, 'withdrawn');
    if (fleet.find(request.gatewayId) === null) return this.#refuse(stored, 'unknown-gateway');
    const { macAddress, serialNumber } = request.expects;
    if (macAddress === null && serialNumber === null) return this.#refuse(stored, 'unidentified');
    const effects = this.#effectsOf(stored);
    if (effects.unit.procedure === null) return this.#refuse(stored, 'not-verified');
    try {
      await store.save(stored);
    } catch (error) {
      // Without a record, a job that a stop interrupts would neither be confirmed nor reverted.
      log.error({ error }, 'failed to store a configuration job');
      return this.#refuse(stored, 'disk-failed');
    }
    // A reading takes no change's place: it waits until that has ended.
    for (const other of this.#jobs.values())
      if (other.stored.request.gatewayId === request.gatewayId && request.purpose !== 'read')
        this.#leave(other, 'superseded');
    report(stored.progress);
    this.#begin(stored);
  }

  /** Ends the work in progress; the jobs go on at the next start. */
  async stop(): Promise<void> {
    this.#stop.abort();
    for (const { wake } of this.#jobs.values()) wake.abort();
    await Promise.allSettled(this.#underWay);
    await this.#options.keys.saved();
  }

  #begin(stored: StoredJob): void {
    const running: Running = {
      stored,
      effects: this.#effectsOf(stored),
      phase: stored.job.phase,
      leave: null,
      wake: new AbortController(),
    };
    this.#jobs.set(stored.request.jobId, running);
    const work = this.#drive(running)
      .catch((error: unknown) => {
        const { jobId } = stored.request;
        // It stays on disk and goes on at the next start: nothing about the gateway is assumed.
        this.#options.log.error({ error, jobId }, 'a configuration job stopped unexpectedly');
      })
      .finally(() => this.#underWay.delete(work));
    this.#underWay.add(work);
  }

  async #drive(running: Running): Promise<void> {
    let event: ApplyEvent = { type: 'restarted' };
    while (!this.#stop.signal.aborted) {
      const { stored } = running;
      if (running.leave !== null && mayLeave(stored.job)) event = { type: running.leave };
      const { job, effect } = stepApply(planOf(running), stored.job, event, this.#now());
      running.phase = job.phase;
      if (!(await this.#record(running, job))) {
        await this.#end(running, failed(stored.job, 'disk-failed', this.#options.clock.now()));
        return;
      }
      if (effect.do === 'end') return this.#end(running, job);
      if (effect.do === 'wait') {
        await sleep(this.#options.clock, effect.ms, running.wake.signal);
        event = { type: 'tick' };
      } else event = await this.#carryOut(running, effect.do, job);
      this.#sendRunning(running);
    }
  }

  async #carryOut(running: Running, effect: ApplyEffect['do'], job: ApplyJob): Promise<ApplyEvent> {
    const { clock, log } = this.#options;
    try {
      return await running.effects.carryOut(effect, job);
    } catch (error) {
      // Whether it was done is not known, as after a kill.
      log.error({ error, jobId: running.stored.request.jobId, effect }, 'a step of a configuration job failed');
      await sleep(clock, STEP_AGAIN_MS, running.wake.signal);
      return { type: 'restarted' };
    }
  }

  /** Puts a state on disk and reports it; false where nothing was begun and the disk refuses. */
  async #record(running: Running, job: ApplyJob): Promise<boolean> {
    const { store, clock, log } = this.#options;
    const before = running.stored;
    const { steadyMs, wallMs } = this.#now();
    const progress = progressOf(before.request, job, running.effects.facts.evidence, clock.now());
    const stored = { ...before, job, kept: running.effects.facts.kept, progress, steadyMs, wallMs };
    if (job.phase === 'ended') {
      running.stored = stored;
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
        await sleep(clock, DISK_AGAIN_MS, this.#stop.signal);
        if (this.#stop.signal.aborted) return true;
      }
    }
    running.stored = stored;
    if (job.state !== before.job.state || job.reason !== before.job.reason) this.#options.report(progress);
    return true;
  }

  async #end(running: Running, job: ApplyJob): Promise<void> {
    const { store, log, report, clock } = this.#options;
    const { request } = running.stored;
    const progress = progressOf(request, job, running.effects.facts.evidence, clock.now());
    log.info({ jobId: request.jobId, state: job.state, reason: job.reason }, 'a configuration job ended');
    // On disk first: reporting twice is harmless, applying twice is not.
    await store.end(progress).catch((error: unknown) => log.error({ error }, 'failed to store the end of a job'));
    this.#jobs.delete(request.jobId);
    report(progress);
  }

  async #refuse(stored: StoredJob, reason: NonNullable<ApplyJob['reason']>): Promise<void> {
    const { store, report, clock, log } = this.#options;
    const progress = progressOf(stored.request, failed(stored.job, reason, clock.now()), NO_EVIDENCE, clock.now());
    await store.end(progress).catch((error: unknown) => log.error({ error }, 'failed to store the end of a job'));
    report(progress);
  }

  #sendRunning({ effects }: Running): void {
    const { running } = effects.facts;
    effects.facts.running = null;
    if (running !== null) this.#options.reportRunning(running);
  }

  #leave(running: Running, how: 'withdrawn' | 'superseded'): void {
    running.leave = how;
    if (!mayLeave(running.stored.job)) return;
    running.wake.abort();
    running.wake = new AbortController();
  }

  /** Takes another maintenance window where nothing was written yet; the cloud repeats what the disk refuses. */
  async #window(running: Running, windowUntil: number | null): Promise<void> {
    const { stored } = running;
    if ((stored.request.windowUntil ?? null) === windowUntil || !mayLeave(stored.job)) return;
    const { store, log } = this.#options;
    const next = {
      ...stored,
      request: { ...stored.request, windowUntil },
      progress: { ...stored.progress, windowUntil },
    };
    try {
      await store.save(next);
    } catch (error) {
      log.error({ error, jobId: stored.request.jobId }, 'failed to store the window of a configuration job');
      return;
    }
    // It may have moved on meanwhile: what it has come to stands.
    if (running.stored !== stored) return;
    running.stored = next;
    running.wake.abort();
    running.wake = new AbortController();
  }

  /** Of two that have not written yet, the one with the lower id goes first: otherwise both would wait for the other. */
  #isTaken({ jobId, gatewayId, redundancyGroup }: ConfigRequest): boolean {
    return [...this.#jobs.values()].some(({ stored: { request }, phase }) => {
      if (request.jobId === jobId || phase === 'staged' || phase === 'ended') return false;
      if ((phase === 'keep' || phase === 'permit') && request.jobId > jobId) return false;
      if (request.gatewayId === gatewayId) return true;
      return redundancyGroup !== null && request.redundancyGroup === redundancyGroup;
    });
  }

  #effectsOf({ request, kept, progress }: StoredJob): JobEffects {
    const { fleet, clock, linkClock, keys, files, brokerReachable } = this.#options;
    const isTaken = (one: ConfigRequest) => this.#isTaken(one);
    const { signal } = this.#stop;
    const tools: EffectTools = { fleet, clock, linkClock, keys, files, brokerReachable, isTaken, signal };
    return new JobEffects(request, tools, { evidence: progress.evidence, kept, running: null });
  }

  #toStored(request: ConfigRequest): StoredJob {
    const now = this.#now();
    const job = newJob(now);
    return { request, job, kept: null, progress: progressOf(request, job, NO_EVIDENCE, now.wallMs), ...now };
  }

  #now() {
    return { wallMs: this.#options.clock.now(), steadyMs: this.#time.nowMs };
  }
}

function planOf({ stored: { request }, effects }: Running): ApplyPlan {
  const { confirmWithinMs, notBefore, expiresAt, windowUntil = null, ports, purpose } = request;
  const { procedure } = effects.unit;
  return {
    reads: purpose === 'read',
    notBeforeMs: notBefore,
    expiresAtMs: expiresAt,
    windowUntilMs: windowUntil,
    mustRegister: ports.flatMap(({ position, mustRegister }) => (mustRegister ? [position] : [])),
    acceptsReadBack: request.acceptsReadBack ?? false,
    confirmWithinMs: Math.max(confirmWithinMs, procedure?.confirmWithinMsMin ?? 0),
    takesEffectMs: procedure?.takesEffectMs ?? 0,
    checkEveryMs: CHECK_EVERY_MS,
  };
}

function failed(job: ApplyJob, reason: NonNullable<ApplyJob['reason']>, nowMs: number): ApplyJob {
  return { ...job, phase: 'ended', state: 'failed', sinceMs: nowMs, reason, detail: null };
}

function progressOf(
  { jobId, gatewayId, revision, windowUntil = null }: ConfigRequest,
  job: ApplyJob,
  evidence: GatewayConfigProgress['evidence'],
  at: number,
): GatewayConfigProgress {
  const { state, reason, holds, verdict } = job;
  const detail = sentenceOf(job);
  return {
    jobId,
    gatewayId,
    revision,
    at,
    state,
    since: job.sinceMs,
    reasonCode: reason,
    detail,
    holds,
    verdict,
    windowUntil,
    evidence,
  };
}
