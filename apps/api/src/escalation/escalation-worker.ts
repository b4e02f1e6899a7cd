import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { isInMaintenance, silenceMatches, windowCovers } from '@loopstart/domain';
import { CLOCK, type Clock } from '../core/clock.ts';
import { Database, type Sql } from '../core/db/database.ts';
import { LOGGER, type Logger } from '../core/observe/logger.ts';
import { MaintenanceRepository } from '../features/maintenance/maintenance.repository.ts';
import { SilenceRepository } from '../features/silences/silence.repository.ts';
import { Outbox } from '../outbound/outbox.service.ts';
import { Digests } from './digest.service.ts';
import { type EscalatedIncident, EscalationRepository, type RunningEscalation } from './escalation.repository.ts';
import { Escalations } from './escalation.service.ts';

const LOOK_MS = 1_000;
/** What is silenced or in maintenance is looked at again so often: either may end early. */
const HUSHED_MS = 30_000;
const FAILED_RETRY_MS = 60_000;

/**
 * Takes the steps that are due. Each is claimed, taken and written down in one transaction, so that any number of
 * processes may do this at once and one that dies leaves the step to the others.
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
    private readonly outbox: Outbox,
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

  /** Does all that is due at `now`; returns how many steps and digests that were. */
  async run(now: number): Promise<number> {
    const { rows } = await this.db.query<{ operator_id: string }>('select * from resolve_due_escalations($1)', [
      new Date(now),
    ]);
    let done = 0;
    for (const { operator_id: operatorId } of rows) {
      try {
        while (!this.#stopping && (await this.#one(operatorId, now))) done += 1;
      } catch (error) {
        this.log.error({ err: error, operatorId }, 'escalations of an operator could not go on');
      }
    }
    if (done > 0) this.outbox.wake();
    return done;
  }

  #look(): void {
    this.#running ??= this.run(this.now())
      .then(() => undefined)
      .catch((error: unknown) => this.log.error({ err: error }, 'escalations could not go on'))
      .finally(() => (this.#running = null));
  }

  /** Takes one step or sends one digest; false when nothing is due. A step that fails is put off: others go on. */
  async #one(operatorId: string, now: number): Promise<boolean> {
    let claimed: RunningEscalation | null = null;
    try {
      return await this.db.tx(operatorId, async (sql) => {
        claimed = await this.repository.claimDue(sql, now);
        if (claimed === null) return this.digests.sendOne(sql, operatorId, now);
        await this.#take(sql, claimed, now);
        return true;
      });
    } catch (error) {
      const failed = claimed as RunningEscalation | null;
      if (failed === null) throw error;
      const incidentId = failed.incident.id;
      this.log.error({ err: error, incidentId }, 'a step of an escalation failed');
      await this.db.tx(operatorId, (sql) => this.repository.putOff(sql, incidentId, now + FAILED_RETRY_MS));
      return true;
    }
  }

  async #take(sql: Sql, running: RunningEscalation, now: number): Promise<void> {
    if (await this.#isHushed(sql, running.incident, now))
      await this.repository.putOff(sql, running.incident.id, now + HUSHED_MS);
    else await this.escalations.proceed(sql, running, now);
  }

  /** A silence or maintenance that began after the incident was announced keeps further steps back. */
  async #isHushed(sql: Sql, incident: EscalatedIncident, now: number): Promise<boolean> {
    const { operatorId, kind, severity, ...where } = incident;
    const silences = await this.silences.active(sql, operatorId, now);
    if (silences.some((silence) => silenceMatches(silence, { kind, severity, where }))) return true;
    const windows = await this.maintenance.active(sql, operatorId, now);
    return windows.some((window) => windowCovers(window, where) && isInMaintenance(window, now) !== null);
  }
}
