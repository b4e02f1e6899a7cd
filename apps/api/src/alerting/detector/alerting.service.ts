import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { LiveEvent } from '@loopstart/contracts';
import type { AgentFacts } from '@loopstart/domain';
import { LiveBus } from '../../core/bus/live-bus.ts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database } from '../../core/db/database.ts';
import { LOGGER, type Logger } from '../../core/observe/logger.ts';
import { Canary, Heartbeats, OWN_OPERATOR } from '../watchdog/index.ts';
import { Outbox } from '../../notifications/delivery/index.ts';
import { AlertRepository } from './alert.repository.ts';
import { AlertStore } from './alert.store.ts';
import { AlertingMetrics } from './alerting.metrics.ts';
import { FactsRepository } from './facts/facts.repository.ts';
import { SiteProbes } from './facts/site-probes.ts';
import { Leader, NotLeading } from './leader.ts';
import { MemoryChanged } from './memory-change.ts';
import { OperatorWatch, type WatchParts } from './operator-watch.ts';
import { PauseEnds } from './pause-ends.ts';
import { platformSuspect } from './platform.ts';
import { PolicyPort } from './policy-port.ts';
import { type ChangedSubjects, Wakeups } from './wakeups.ts';

/** Full re-evaluation interval per operator. */
const SWEEP_MS = 15_000;
/** Debounce window: coalesces events that arrive together. */
const GATHER_MS = 60;
/** Idle delay of the loop while nothing is due. */
const REST_MS = 250;
const RETRY_MS = 1_000;
/** Interval of the check across all operators: shorter than the settle window of a lost agent. */
const COMPARE_MS = 5_000;
/** Operators evaluated concurrently, so that one large outage does not delay the others. */
const AT_ONCE = 4;
/** Minimum time between two timer-driven evaluations of one operator. */
const TICK_MS_MIN = 200;

interface Watched {
  watch: OperatorWatch;
  sweepAt: number;
  tickedAt: number;
}

/** Runs the engine on the database while this process leads: full sweeps, evaluations of events, and timers. */
@Injectable()
export class AlertingService implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #parts: WatchParts;
  readonly #wakeups = new Wakeups();
  #watched = new Map<string, Watched>();
  /** Operators under evaluation. */
  readonly #looking = new Map<string, Promise<void>>();
  #operatorsAt = 0;
  #comparedAt = 0;
  #suspect = false;
  #term = 0;
  #running: Promise<void> = Promise.resolve();
  #wake: () => void = () => undefined;
  #stopListening: () => void = () => undefined;

  constructor(
    db: Database,
    private readonly leader: Leader,
    repository: FactsRepository,
    alerts: AlertRepository,
    store: AlertStore,
    pauses: PauseEnds,
    policy: PolicyPort,
    probes: SiteProbes,
    private readonly bus: LiveBus,
    private readonly outbox: Outbox,
    private readonly canary: Canary,
    private readonly heartbeats: Heartbeats,
    private readonly metrics: AlertingMetrics,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    this.#parts = { db, leader, repository, alerts, store, pauses, policy, probes, now };
  }

  onApplicationBootstrap(): void {
    this.#stopListening = this.bus.subscribeFleet((operatorId, event) => this.#onEvent(operatorId, event));
    this.metrics.watch({
      leading: () => this.leader.leading,
      counts: () => [...this.#watched.values()].map(({ watch }) => watch.counts),
      oldestSweep: () => this.#oldestSweep(),
      suspect: () => this.#suspect,
    });
    this.leader.start({ won: () => this.#begin(), lost: () => this.#end() });
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopListening();
    await this.leader.stop();
    this.#end();
    await this.#running;
  }

  #onEvent(operatorId: string | null, event: LiveEvent): void {
    if (!this.leader.leading) return;
    const now = this.now();
    if (operatorId === null) {
      for (const watched of this.#watched.values()) watched.sweepAt = now;
      this.#wake();
    } else if (this.#wakeups.add(operatorId, event, now)) this.#wake();
  }

  #begin(): void {
    this.#term += 1;
    const term = this.#term;
    this.#running = this.#running.then(() => this.#run(term));
  }

  #end(): void {
    this.#term += 1;
    this.#wake();
  }

  async #run(term: number): Promise<void> {
    this.#watched = new Map();
    this.#wakeups.clear();
    this.#operatorsAt = 0;
    while (this.#term === term) {
      try {
        if (this.#looking.size >= AT_ONCE) await Promise.race(this.#looking.values());
        else if (!(await this.#turn())) await this.#rest();
      } catch (error) {
        this.log.error({ err: error }, 'alerting');
        this.metrics.failures.inc();
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
    await Promise.all(this.#looking.values());
    this.#watched = new Map();
  }

  /** Starts the most urgent evaluation; false: none is due. */
  async #turn(): Promise<boolean> {
    const now = this.now();
    if (now - this.#operatorsAt >= SWEEP_MS) await this.#findOperators(now);
    await this.canary.send(now);
    if (now - this.#comparedAt >= COMPARE_MS) this.#suspectOurselves(now);
    const changed = this.#wakeups.take(now - GATHER_MS, this.#looking);
    if (changed !== null) {
      const watched = this.#watched.get(changed.operatorId);
      // Of an operator that is new.
      if (watched === undefined) this.#operatorsAt = 0;
      // Before the first sweep there is nothing to update.
      else if (watched.watch.sweptAt === null || changed.changed.all) watched.sweepAt = now;
      else this.#look(watched, 'heard', () => this.#touchChanged(watched, changed.changed, now));
      return true;
    }
    const idle = [...this.#watched.values()].filter(({ watch }) => !this.#looking.has(watch.operatorId));
    const timely = idle.find(
      ({ watch, tickedAt }) =>
        watch.sweptAt !== null &&
        watch.nextAt !== null &&
        watch.nextAt <= now &&
        (now - tickedAt >= TICK_MS_MIN || now < tickedAt),
    );
    if (timely !== undefined) {
      timely.tickedAt = now;
      const nothing = { agents: new Set<string>(), gateways: new Set<string>() };
      this.#look(timely, 'time', () => timely.watch.touch(nothing, now, { allAgents: true }));
      return true;
    }
    const due = idle.filter(({ sweepAt }) => sweepAt <= now).sort((a, b) => a.sweepAt - b.sweepAt)[0];
    if (due === undefined) return false;
    due.sweepAt = now + SWEEP_MS;
    this.#look(due, 'sweep', async () => {
      const live = await due.watch.sweep(now);
      this.heartbeats.beat(due.watch.operatorId, now);
      return live;
    });
    return true;
  }

  async #touchChanged({ watch }: Watched, changed: ChangedSubjects, now: number): Promise<LiveEvent[]> {
    const live = await watch.touch(changed, now, { allAgents: false });
    this.metrics.lag.observe((this.now() - changed.since) / 1000);
    return live;
  }

  #look(watched: Watched, why: 'heard' | 'time' | 'sweep', look: () => Promise<LiveEvent[]>): void {
    const { operatorId } = watched.watch;
    const looked = this.#lookAt(watched, why, look).finally(() => {
      this.#looking.delete(operatorId);
      this.#wake();
    });
    this.#looking.set(operatorId, looked);
  }

  /** Never throws: a failed evaluation is retried. */
  async #lookAt(watched: Watched, why: 'heard' | 'time' | 'sweep', look: () => Promise<LiveEvent[]>): Promise<void> {
    const started = performance.now();
    const { watch } = watched;
    try {
      const live = await look();
      for (const event of live) this.bus.publish(watch.operatorId, event);
      if (live.length > 0) this.outbox.wake();
      this.#probe(watch);
    } catch (error) {
      if (error instanceof MemoryChanged) {
        watched.sweepAt = this.now();
        return;
      }
      watched.sweepAt = this.now() + RETRY_MS;
      this.metrics.failures.inc();
      // Loss of leadership is reported by the leader's connection, which ends this loop.
      if (!(error instanceof NotLeading))
        this.log.error({ err: error, operatorId: watch.operatorId }, 'failed to evaluate an operator; retrying');
    } finally {
      this.metrics.looks.observe({ why }, (performance.now() - started) / 1000);
    }
  }

  /** Probes sites with a lost agent from outside. */
  #probe(watch: OperatorWatch): void {
    if (!this.#parts.probes.some) return;
    this.#parts.probes.ask(watch.sitesWithLostAgents(), (operatorId, siteId) => {
      for (const agentId of watch.agentsAt(siteId)) this.#onEvent(operatorId, { type: 'agent', agentId, siteId });
    });
  }

  async #findOperators(now: number): Promise<void> {
    const { rows } = await this.#parts.db.query<{ id: string }>('select id from resolve_operators() as id');
    this.#operatorsAt = now;
    const present = new Set(rows.map((row) => row.id).filter((id) => id !== OWN_OPERATOR));
    for (const id of this.#watched.keys()) if (!present.has(id)) this.#watched.delete(id);
    for (const id of present) {
      if (this.#watched.has(id)) continue;
      const watch = await OperatorWatch.load(this.#parts, id, now);
      this.#watched.set(id, { watch, sweepAt: now, tickedAt: 0 });
    }
  }

  /** Before lost agents are announced: is our own platform the cause? Reported to the people who run Loopstart, by log and metric. */
  #suspectOurselves(now: number): void {
    this.#comparedAt = now;
    const watches = [...this.#watched.values()].map(({ watch }) => watch);
    const suspect = platformSuspect(everyAgent(watches), now);
    if (suspect && !this.#suspect) {
      this.log.error('so many agents were lost at once that the path to the broker is the likely cause');
      for (const watch of watches) watch.suspect(now);
    }
    this.#suspect = suspect;
  }

  #oldestSweep(): number | null {
    if (this.#watched.size === 0) return null;
    const now = this.now();
    return Math.max(...[...this.#watched.values()].map(({ watch }) => now - (watch.sweptAt ?? now))) / 1000;
  }

  #rest(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, REST_MS);
      this.#wake = () => {
        clearTimeout(timer);
        setTimeout(resolve, GATHER_MS);
      };
    });
  }
}

function* everyAgent(watches: readonly OperatorWatch[]): Iterable<AgentFacts> {
  for (const watch of watches) yield* watch.agents;
}
