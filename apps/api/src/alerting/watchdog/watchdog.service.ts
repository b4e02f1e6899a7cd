import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database } from '../../core/db/database.ts';
import { wholeOperator } from '../../core/db/scope.ts';
import { LOGGER, type Logger } from '../../core/observe/logger.ts';
import { Metrics } from '../../core/observe/metrics.ts';
import { OWN_OPERATOR } from './canary.ts';
import { type CanaryState, canaryState, MISSING_MS } from './canary-state.ts';
import { OutOfBandNotifier } from './out-of-band-notifier.ts';

const LOOK_MS = 10_000;

/**
 * Checks in every process, by a timer of its own, that the synthetic alert arrives; while the database does not answer, it
 * does not arrive. When it is missing, one process notifies out of band, and again when it is back.
 */
@Injectable()
export class Watchdog implements OnApplicationBootstrap, OnModuleDestroy {
  #state: CanaryState = 'starting';
  #arrivedAt: number | null = null;
  #exists = true;
  #since = 0;
  #told = false;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();

  constructor(
    private readonly db: Database,
    private readonly outOfBand: OutOfBandNotifier,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOGGER) private readonly log: Logger,
    metrics: Metrics,
  ) {
    metrics.gauge('watchdog_missing', '1 while the synthetic alert is missing', () =>
      this.#state === 'missing' ? 1 : 0,
    );
    metrics.gauge('watchdog_age_seconds', 'Seconds since the synthetic alert last arrived', () =>
      this.#arrivedAt === null ? -1 : (this.now() - this.#arrivedAt) / 1000,
    );
  }

  /** Last known state of alerting itself. */
  get state(): CanaryState {
    return this.#state;
  }

  onApplicationBootstrap(): void {
    this.#since = this.now();
    this.#timer = setInterval(() => (this.#looking = this.#looking.then(() => this.look())), LOOK_MS);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  /** Checks once; never throws. */
  async look(): Promise<void> {
    const now = this.now();
    await this.#read();
    const before = this.#state;
    this.#state = canaryState({ exists: this.#exists, arrivedAt: this.#arrivedAt }, this.#since, now);
    if (this.#state === 'missing' && !this.#told) {
      this.#told = true;
      if (await this.#claim(now)) await this.outOfBand.notify('missing', MISSING_TEXT, now);
    } else if (this.#state === 'working') {
      if (before === 'missing') this.log.info('the synthetic alert arrives again');
      this.#told = false;
      if (await this.#release()) await this.outOfBand.notify('working', WORKING_TEXT, now);
    }
  }

  async #read(): Promise<void> {
    try {
      const { rows } = await this.db.tx(wholeOperator(OWN_OPERATOR), (sql) =>
        sql.query<{ canary_arrived_at: Date | null; canary_sent_at: Date | null }>(
          'select canary_arrived_at, canary_sent_at from alerting_status where operator_id = $1',
          [OWN_OPERATOR],
        ),
      );
      this.#exists = rows[0]?.canary_sent_at != null;
      this.#arrivedAt = rows[0]?.canary_arrived_at?.getTime() ?? null;
    } catch (error) {
      this.log.warn({ err: error }, 'the watchdog failed to read the database');
    }
  }

  /** One of several processes notifies; without the database each does. */
  async #claim(now: number): Promise<boolean> {
    try {
      return await this.#mark('canary_told_at = $2', 'canary_told_at is null', [new Date(now)]);
    } catch {
      return true;
    }
  }

  async #release(): Promise<boolean> {
    try {
      return await this.#mark('canary_told_at = null', 'canary_told_at is not null', []);
    } catch {
      return false;
    }
  }

  async #mark(set: string, where: string, values: unknown[]): Promise<boolean> {
    const { rowCount } = await this.db.tx(wholeOperator(OWN_OPERATOR), (sql) =>
      sql.query(`update alerting_status set ${set} where operator_id = $1 and ${where}`, [OWN_OPERATOR, ...values]),
    );
    return rowCount === 1;
  }
}

const MISSING_TEXT = `Alerting does not work: its own test alert has not arrived for ${MISSING_MS / 60_000} minutes.`;
const WORKING_TEXT = 'Alerting works again.';
