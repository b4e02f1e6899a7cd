import type { GatewayConfigProgress, RunningConfig } from '@loopstart/contracts';
import { newJob, type ApplyJob } from '@loopstart/domain';
import { whyNoProcedure } from '@loopstart/drivers';
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import type { FileServer } from '../transport/http-serve/file-server.ts';
import { JobEffects, type EffectTools } from './job-effects.ts';
import { failed, NO_EVIDENCE, progressOf } from './job-progress.ts';
import { JobRunner } from './job-runner.ts';
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

/** Takes configuration jobs and sees to each until its end, with the cloud or without. */
export class ConfigurationService {
  readonly #options: ConfigurationOptions;
  readonly #time: SteadyTime;
  readonly #stop = new AbortController();
  readonly #jobs = new Map<string, JobRunner>();
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
      if (request.withdrawn === true) present.leave('withdrawn');
      else await present.takeWindow(request.windowUntil ?? null);
      return report(present.stored.progress);
    }
    const stored = this.#toStored(request);
    if (request.withdrawn === true) return this.#refuse(stored, 'withdrawn');
    if (fleet.find(request.gatewayId) === null) return this.#refuse(stored, 'unknown-gateway');
    const { driverId, macAddress, serialNumber } = request.expects;
    const { procedure } = this.#effectsOf(stored).unit;
    if (procedure === null) return this.#refuse(stored, 'not-verified', sentence(whyNoProcedure(driverId)));
    if (macAddress === null && serialNumber === null) return this.#refuse(stored, 'unidentified');
    try {
      await store.save(stored);
    } catch (error) {
      // Without a record, a job that a stop interrupts would neither be confirmed nor reverted.
      log.error({ error }, 'failed to store a configuration job');
      return this.#refuse(stored, 'disk-failed');
    }
    // A reading takes no change's place: it waits until that has ended.
    for (const other of this.#jobs.values())
      if (other.stored.request.gatewayId === request.gatewayId && request.purpose !== 'read') other.leave('superseded');
    report(stored.progress);
    this.#begin(stored);
  }

  /** Ends the work in progress; the jobs go on at the next start. */
  async stop(): Promise<void> {
    this.#stop.abort();
    for (const runner of this.#jobs.values()) runner.wake();
    await Promise.allSettled(this.#underWay);
    await this.#options.keys.saved();
  }

  #begin(stored: StoredJob): void {
    const { store, clock, log, report, reportRunning } = this.#options;
    const { jobId } = stored.request;
    const runner = new JobRunner(stored, this.#effectsOf(stored), {
      store,
      clock,
      log,
      now: () => this.#now(),
      stop: this.#stop.signal,
      report,
      reportRunning,
    });
    this.#jobs.set(jobId, runner);
    const work = runner
      .run()
      .then((job) => (job === null ? undefined : this.#end(runner, job)))
      .catch((error: unknown) => {
        // It stays on disk and goes on at the next start: nothing about the gateway is assumed.
        log.error({ error, jobId }, 'a configuration job stopped unexpectedly');
      })
      .finally(() => this.#underWay.delete(work));
    this.#underWay.add(work);
  }

  async #end({ stored: { request }, effects }: JobRunner, job: ApplyJob): Promise<void> {
    const { store, log, report, clock } = this.#options;
    const progress = progressOf(request, job, effects.facts.evidence, clock.now());
    log.info({ jobId: request.jobId, state: job.state, reason: job.reason }, 'a configuration job ended');
    // On disk first: reporting twice is harmless, applying twice is not.
    await store.end(progress).catch((error: unknown) => log.error({ error }, 'failed to store the end of a job'));
    this.#jobs.delete(request.jobId);
    report(progress);
  }

  async #refuse(stored: StoredJob, reason: NonNullable<ApplyJob['reason']>, detail?: string): Promise<void> {
    const { store, report, clock, log } = this.#options;
    const job = failed(stored.job, reason, clock.now(), detail);
    const progress = progressOf(stored.request, job, NO_EVIDENCE, clock.now());
    await store.end(progress).catch((error: unknown) => log.error({ error }, 'failed to store the end of a job'));
    report(progress);
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

const sentence = (clause: string) => `${clause[0]?.toUpperCase()}${clause.slice(1)}.`;
