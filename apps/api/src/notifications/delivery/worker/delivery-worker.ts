import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CLOCK, type Clock } from '../../../core/clock.ts';
import { LOGGER, type Logger } from '../../../core/observe/logger.ts';
import { Metrics } from '../../../core/observe/metrics.ts';
import { DeliverySignal } from '../delivery-signal.ts';
import { Attempt } from './attempt.ts';
import { type ClaimedDelivery, ClaimRepository } from './claim.repository.ts';
import { type Attempted, RecordRepository } from './record.repository.ts';

/** Deliveries in flight in this process. */
const UNDER_WAY_MAX = 256;
/**
 * Of these, the ones that began a moment ago. A killed process leaves deliveries that were received but not yet recorded,
 * which are then sent twice: this bounds their number. Older attempts wait for slow receivers and do not count.
 */
const FRESH_MAX = 16;
const FRESH_MS = 250;
/** Prefetch: claimed while earlier ones are in flight, so that neither waits for the other. */
const AHEAD_MAX = 16;
/** Poll interval for retries and for wake-ups that got lost. */
const LOOK_MS = 1_000;
/** Lease: a process that died blocks its claims for this long. */
const LEASE_MS = 20_000;
const RENEW_MS = 5_000;
const RECORD_AGAIN_MS = 200;
/** Concurrent transactions that record outcomes, so that a new outcome need not wait for earlier ones. */
const RECORDERS_MAX = 4;
/** How long a stop waits for attempts in flight; the rest is retried by another process. */
const STOP_MS = 7_000;

/**
 * Sends due deliveries. The row of a delivery is the truth: it is claimed with a lease, attempted, and its outcome is
 * recorded. Any number of processes may do this at once; one that is killed loses nothing but its lease.
 */
@Injectable()
export class DeliveryWorker implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #underWay = new Map<string, { delivery: ClaimedDelivery; since: number }>();
  /** Claimed and not begun. */
  #ready: ClaimedDelivery[] = [];
  #full: NodeJS.Timeout | undefined;
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #attemptsTotal;
  readonly #seconds;
  #ended: Attempted[] = [];
  #unsubscribe: () => void = () => undefined;
  #looking: Promise<void> | null = null;
  #lookAgain = false;
  #recorders = 0;
  #stopping = false;

  constructor(
    private readonly claims: ClaimRepository,
    private readonly records: RecordRepository,
    private readonly attempt: Attempt,
    private readonly deliverySignal: DeliverySignal,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOGGER) private readonly log: Logger,
    metrics: Metrics,
  ) {
    this.#attemptsTotal = metrics.counter('delivery_attempts_total', 'Delivery attempts by channel kind and outcome', [
      'kind',
      'outcome',
    ]);
    this.#seconds = metrics.histogram(
      'delivery_attempt_seconds',
      'Duration of delivery attempts',
      [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
      ['kind'],
    );
    metrics.gauge('deliveries_under_way', 'Deliveries in flight in this process', () => this.#underWay.size);
  }

  onApplicationBootstrap(): void {
    this.#unsubscribe = this.deliverySignal.notified.on(() => this.look());
    this.#timers.push(setInterval(() => this.look(), LOOK_MS));
    this.#timers.push(setInterval(() => void this.#renew(), RENEW_MS));
  }

  /** Stops claiming, and lets attempts in flight end. */
  async onModuleDestroy(): Promise<void> {
    this.#stopping = true;
    this.#unsubscribe();
    for (const timer of this.#timers) clearInterval(timer);
    clearTimeout(this.#full);
    await this.#looking;
    await this.#release();
    const until = performance.now() + STOP_MS;
    while (this.#underWay.size > 0 && performance.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 10));
  }

  /** Claims due deliveries; a call during a claim causes one more. */
  look(): void {
    if (this.#stopping) return;
    this.#lookAgain = true;
    this.#looking ??= this.#lookRepeatedly().finally(() => (this.#looking = null));
  }

  async #lookRepeatedly(): Promise<void> {
    while (this.#lookAgain && !this.#stopping) {
      this.#lookAgain = false;
      try {
        await this.#claim();
      } catch (error) {
        this.log.warn({ err: error }, 'failed to claim deliveries');
        return;
      }
    }
  }

  async #claim(): Promise<void> {
    const now = this.now();
    const room = Math.min(
      UNDER_WAY_MAX - this.#underWay.size - this.#ready.length,
      FRESH_MAX + AHEAD_MAX - this.#fresh() - this.#ready.length,
    );
    if (room <= 0) return this.#whenOlder();
    const due = await this.claims.due(new Date(now));
    if (due.length === 0) return;
    const claimed = await this.claims.claim(
      [...new Set(due.map(({ operatorId }) => operatorId))],
      due.map(({ channelId }) => channelId),
      { now: new Date(now), leaseUntil: new Date(now + LEASE_MS), room, own: this.#mine().map(({ id }) => id) },
    );
    this.#ready.push(...claimed);
    this.#begin();
  }

  /** Begins claimed deliveries up to the capacity. */
  #begin(): void {
    if (this.#stopping) return;
    for (let room = FRESH_MAX - this.#fresh(); room > 0; room -= 1) {
      const next = this.#ready.shift();
      if (next === undefined) return;
      void this.#send(next);
    }
    this.#whenOlder();
  }

  /** An attempt that ends frees capacity at once; one that only grows old needs this timer. */
  #whenOlder(): void {
    this.#full ??= setTimeout(() => {
      this.#full = undefined;
      this.#begin();
      this.look();
    }, FRESH_MS);
  }

  /** How many began a moment ago. */
  #fresh(): number {
    const began = performance.now() - FRESH_MS;
    return [...this.#underWay.values()].filter(({ since }) => since > began).length;
  }

  #mine(): ClaimedDelivery[] {
    return [...this.#ready, ...[...this.#underWay.values()].map(({ delivery }) => delivery)];
  }

  async #send(delivery: ClaimedDelivery): Promise<void> {
    this.#underWay.set(delivery.id, { delivery, since: performance.now() });
    const attempted = await this.attempt.run(delivery);
    const { kind } = delivery.channel;
    this.#attemptsTotal.inc({ kind, outcome: attempted.sent.outcome });
    this.#seconds.observe({ kind }, attempted.durationMs / 1000);
    this.#ended.push(attempted);
    if (this.#recorders < RECORDERS_MAX) void this.#record();
  }

  /** Records all outcomes at once; they are kept and retried while the database is away. */
  async #record(): Promise<void> {
    this.#recorders += 1;
    while (this.#ended.length > 0) {
      const ended = this.#ended;
      this.#ended = [];
      try {
        await this.records.record(ended, this.now(), Math.random);
        for (const { delivery } of ended) this.#underWay.delete(delivery.id);
        this.#begin();
        this.look();
      } catch (error) {
        this.#ended = [...ended, ...this.#ended];
        this.log.warn({ err: error }, 'failed to record outcomes of deliveries; retrying');
        await new Promise((resolve) => setTimeout(resolve, RECORD_AGAIN_MS));
      }
    }
    this.#recorders -= 1;
  }

  async #renew(): Promise<void> {
    const mine = this.#mine();
    if (mine.length === 0) return;
    try {
      await this.claims.renew(operatorsOf(mine), idsOf(mine), new Date(this.now() + LEASE_MS));
    } catch (error) {
      this.log.warn({ err: error }, 'failed to renew leases of deliveries');
    }
  }

  /** Releases deliveries that were not begun, for another process to claim at once. */
  async #release(): Promise<void> {
    const ready = this.#ready;
    this.#ready = [];
    if (ready.length === 0) return;
    try {
      await this.claims.release(operatorsOf(ready), idsOf(ready), new Date(this.now()));
    } catch (error) {
      this.log.warn({ err: error }, 'failed to release deliveries; their leases will expire');
    }
  }
}

function operatorsOf(deliveries: readonly ClaimedDelivery[]): string[] {
  return [...new Set(deliveries.map(({ operatorId }) => operatorId))];
}

function idsOf(deliveries: readonly ClaimedDelivery[]): string[] {
  return deliveries.map(({ id }) => id);
}
