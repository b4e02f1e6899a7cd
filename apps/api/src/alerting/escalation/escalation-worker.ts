import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { silenceMatches, windowCovers } from '@loopstart/domain';
import { IncidentRepository, incidentView } from '../incidents/index.ts';
import { LiveBus } from '../../core/bus/live-bus.ts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import { wholeOperator } from '../../core/db/scope.ts';
import { LOGGER, type Logger } from '../../core/observe/logger.ts';
import { MaintenanceRepository, type StoredWindow } from '../hold-backs/maintenance/index.ts';
import { SilenceRepository, type StoredSilence } from '../hold-backs/silences/index.ts';
import { Outbox } from '../../notifications/delivery/index.ts';
import { Digests } from './digest.service.ts';
import { type EscalatedIncident, EscalationRepository, type RunningEscalation } from './escalation.repository.ts';
import { Escalations } from './escalation.service.ts';
import { PolicyWorldRepository } from './policy-world.repository.ts';

const LOOK_MS = 1_000;
/** Incidents locked per transaction. */
const BATCH = 20;
/** Recheck interval of a suppressed incident: its silence or maintenance may end early. */
const HUSHED_MS = 30_000;
const FAILED_RETRY_MS = 15_000;

/**
 * Takes the steps that are due. Each is claimed, taken and recorded in one transaction, so that any number of processes may
 * do this at once, and one that dies leaves the step to the others.
 */
@Injectable()
export class EscalationWorker implements OnApplicationBootstrap, OnModuleDestroy {
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | null = null;
  #stopping = false;

  constructor(
    private readonly db: Database,
    private readonly repository: EscalationRepository,
    private readonly escalations: Escalations,
    private readonly digests: Digests,
    private readonly silences: SilenceRepository,
    private readonly maintenance: MaintenanceRepository,
    private readonly worlds: PolicyWorldRepository,
    private readonly outbox: Outbox,
    private readonly incidents: IncidentRepository,
    private readonly bus: LiveBus,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
    this.#timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#timer);
    await this.#running;
  }

  /** Takes every step and sends every digest due at `now`; returns how many. */
  async run(now: number): Promise<number> {
    const { rows } = await this.db.query<{ operator_id: string }>('select * from resolve_due_escalations($1)', [
      new Date(now),
    ]);
    let done = 0;
    for (const { operator_id: operatorId } of rows) {
      try {
        done += await this.#runFor(operatorId, now);
      } catch (error) {
        this.log.error({ err: error, operatorId }, 'failed to process escalations of an operator');
      }
    }
    if (done > 0) this.outbox.wake();
    return done;
  }

  #look(): void {
    this.#running ??= this.run(this.now())
      .then(() => undefined)
      .catch((error: unknown) => this.log.error({ err: error }, 'failed to process escalations'))
      .finally(() => (this.#running = null));
  }

  /** In batches; after a failed batch each is taken alone, and only the one at fault is postponed. */
  async #runFor(operatorId: string, now: number): Promise<number> {
    let done = 0;
    let limit = BATCH;
    const changed: string[] = [];
    while (!this.#stopping) {
      const batch: RunningEscalation[] = [];
      try {
        const taken = await this.db.tx(wholeOperator(operatorId), (sql) =>
          this.#takeDue(sql, { operatorId, now, limit }, batch),
        );
        if (taken === 0) break;
        done += taken;
        for (const { incident } of batch) changed.push(incident.id);
      } catch (error) {
        const [first] = batch;
        if (first === undefined) throw error;
        if (batch.length === 1) await this.#giveUpFor(first.incident, error, now);
        limit = 1;
      }
    }
    await this.#show(operatorId, changed, now);
    while (
      !this.#stopping &&
      (await this.db.tx(wholeOperator(operatorId), (sql) => this.digests.sendOne(sql, operatorId, now)))
    )
      done += 1;
    return done;
  }

  /** Takes the due steps and appends them to `batch`. */
  async #takeDue(
    sql: Sql,
    { operatorId, now, limit }: { operatorId: string; now: number; limit: number },
    batch: RunningEscalation[],
  ): Promise<number> {
    // A deadlocked transaction is retried from here.
    batch.splice(0, batch.length, ...(await this.repository.claimDue(sql, now, limit)));
    if (batch.length === 0) return 0;
    const world = await this.worlds.load(sql, operatorId, now);
    const silences = await this.silences.active(sql, operatorId, now);
    const windows = await this.maintenance.active(sql, operatorId, now);
    for (const running of batch) {
      // A silence or maintenance that began after the announcement suppresses further steps.
      if (isHushed(running.incident, silences, windows))
        await this.repository.putOff(sql, running.incident.id, now + HUSHED_MS);
      else await this.escalations.proceed(sql, running, world, now);
    }
    return batch.length;
  }

  /** Updates browsers that show these incidents. */
  async #show(operatorId: string, ids: readonly string[], now: number): Promise<void> {
    if (ids.length === 0) return;
    const rows = await this.db.tx(wholeOperator(operatorId), (sql) => this.incidents.find(sql, ids));
    for (const row of rows) this.bus.publish(operatorId, { type: 'incident', incident: incidentView(row, now) });
  }

  async #giveUpFor({ id, operatorId }: EscalatedIncident, error: unknown, now: number): Promise<void> {
    this.log.error({ err: error, incidentId: id }, 'a step of an escalation failed');
    await this.db.tx(wholeOperator(operatorId), (sql) => this.repository.putOff(sql, id, now + FAILED_RETRY_MS));
  }
}

function isHushed(
  { kind, severity, ...where }: EscalatedIncident,
  silences: readonly StoredSilence[],
  windows: readonly StoredWindow[],
): boolean {
  return (
    silences.some((silence) => silenceMatches(silence, { kind, severity, where })) ||
    windows.some((window) => windowCovers(window, where))
  );
}
