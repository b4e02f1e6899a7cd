import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { DownMessage } from '@loopstart/contracts';
import { LiveBus } from '../../core/bus/live-bus.ts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { LimitedLog } from '../../core/observe/limited-log.ts';
import { LOGGER, type Logger } from '../../core/observe/logger.ts';
import { AgentLink, type UpDelivery } from '../broker/index.ts';
import { Committer } from './committer.ts';
import { decodeUp } from './decide/decode.ts';
import type { AgentOutcome, BatchOutcome } from './decide/outcome.ts';
import { IngestMetrics } from './ingest.metrics.ts';
import type { Item } from './item.ts';
import { Lane } from './lane.ts';

/** While the database writes one batch, the next is prepared here. */
const LANES = 2;
/** Maximum number of messages waiting in memory; beyond it agents are not read until half of them are committed. */
const WAITING_BYTES_MAX = 67_108_864;
const WAITING_MESSAGES_MAX = 20_000;
/** With several API processes on one broker, another may have the missing message: how long to wait for it. */
const EARLY_HOLD_MS = 400;
const REJECTIONS_SENT_MAX = 100;
const INVENTORIES_ASKED_MAX = 1_000;
const RETRY_MS_MIN = 100;
const RETRY_MS_MAX = 5_000;
/** A commit that takes longer is slow, and agents are asked to pause. */
const SLOW_COMMIT_MS = 2_000;
const PAUSE_MS = 5_000;
const STOP_MS_MAX = 5_000;
const FLUSH_EVERY_MS = 60_000;

/** Takes agents' messages from the link, has them committed in batches, and acknowledges committed ones. */
@Injectable()
export class IngestService implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #lanes: Lane<UpDelivery>[];
  readonly #pausedUntil = new Map<string, number>();
  /** Log lines about quarantined messages. */
  readonly #rejectionLog: LimitedLog;
  #flushTimer: NodeJS.Timeout | undefined;
  #waitingBytes = 0;
  #waitingMessages = 0;
  #held = false;
  #stopping = false;
  #stopListening: () => void = () => undefined;

  constructor(
    @Inject(AgentLink) private readonly link: AgentLink,
    private readonly committer: Committer,
    private readonly bus: LiveBus,
    private readonly metrics: IngestMetrics,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    const options = { monotonicMs: () => performance.now(), work: (batch: UpDelivery[]) => this.#work(batch) };
    this.#lanes = Array.from({ length: LANES }, () => new Lane<UpDelivery>(options));
    this.#rejectionLog = new LimitedLog(log, now);
    metrics.gauge('ingest_waiting_messages', 'Messages that wait for their commit', () => this.#waitingMessages);
    metrics.gauge('ingest_waiting_bytes', 'Bytes that wait for their commit', () => this.#waitingBytes);
  }

  async onApplicationBootstrap(): Promise<void> {
    this.#stopListening = this.link.up.on((delivery) => this.#take(delivery));
    this.#flushTimer = setInterval(() => this.#rejectionLog.flush(), FLUSH_EVERY_MS);
    this.#flushTimer.unref();
    await this.link.start();
  }

  /**
   * Finishes work in progress. Messages that still wait after a while are sent again by the agents, to another process.
   */
  async onModuleDestroy(): Promise<void> {
    clearInterval(this.#flushTimer);
    this.link.stopIntake();
    this.#stopping = true;
    this.#stopListening();
    const deadline = new Promise<void>((resolve) => setTimeout(resolve, STOP_MS_MAX).unref());
    await Promise.race([Promise.all(this.#lanes.map((lane) => lane.drained())), deadline]);
    this.#rejectionLog.flush(true);
  }

  #take(delivery: UpDelivery): void {
    this.#waitingBytes += delivery.payload.length;
    this.#waitingMessages += 1;
    if (this.#waitingBytes > WAITING_BYTES_MAX || this.#waitingMessages > WAITING_MESSAGES_MAX) this.#hold(true);
    this.#laneOf(delivery.agentId).push(delivery);
  }

  #laneOf(agentId: string): Lane<UpDelivery> {
    let hash = 0;
    for (let at = 0; at < agentId.length; at += 1) hash = (Math.imul(hash, 31) + agentId.charCodeAt(at)) | 0;
    return this.#lanes[Math.abs(hash) % LANES]!;
  }

  /** Commits a batch; returns the messages to try again because their predecessors are still missing. */
  async #work(deliveries: UpDelivery[]): Promise<UpDelivery[]> {
    const started = performance.now();
    const batch = deliveries.map((delivery): Item => ({ ...decodeUp(delivery.payload), ...delivery }));
    const outcomes = await this.#commit(batch);
    if (outcomes === null) {
      for (const item of batch) this.#release(item);
      return [];
    }
    const tookMs = performance.now() - started;
    this.metrics.count(batch, outcomes, tookMs / 1000, this.now());
    if (tookMs > SLOW_COMMIT_MS) this.#pause(batch);
    return outcomes.flatMap((outcome) => this.#conclude(outcome));
  }

  /** Tries until the database takes the batch; null: it did not, and we are stopping. */
  async #commit(batch: Item[]): Promise<BatchOutcome[] | null> {
    for (let retryMs = RETRY_MS_MIN; ; retryMs = Math.min(RETRY_MS_MAX, retryMs * 2)) {
      try {
        return await this.committer.commit(batch);
      } catch (error) {
        const reason = String((error as { code?: unknown }).code ?? 'other');
        this.metrics.retries.inc({ reason });
        this.log.error({ err: error, messages: batch.length }, 'failed to commit a batch; trying again');
        if (this.#stopping) return null;
        this.#pause(batch);
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    }
  }

  #conclude(outcome: BatchOutcome): Item[] {
    for (const items of [outcome.accepted, outcome.duplicates, outcome.unsequenced, outcome.unknownSenders])
      for (const item of items) this.#release(item);
    const again = outcome.agents.flatMap((agent) => this.#answer(agent));
    for (const { agentId, message } of outcome.replies) this.link.send(agentId, message);
    for (const { operatorId, event } of outcome.published) this.bus.publish(operatorId, event);
    for (const { sender, rejection } of outcome.rejections) {
      const { code, detail } = rejection;
      this.#rejectionLog.warn(sender.agentId, { agentId: sender.agentId, code, detail }, 'a message was quarantined');
    }
    return again;
  }

  /** Acknowledges an agent's committed messages, or requests them again; returns messages worth waiting for. */
  #answer({ sender, committed, rejected, early }: AgentOutcome): Item[] {
    const { agentId } = sender;
    const nowMs = this.now();
    const patient = early.filter((item) => nowMs - item.receivedAtMs < EARLY_HOLD_MS && !this.#stopping);
    for (const item of early) if (!patient.includes(item)) this.#release(item);
    if (early.length > 0 && patient.length === 0) {
      this.link.send(agentId, { v: 1, kind: 'rewind', position: [...committed] });
      return [];
    }
    const position: [number, number] = [committed[0], committed[1]];
    this.link.send(agentId, { v: 1, kind: 'ack', position, cloudTimeMs: nowMs, ...refusedParts(rejected) });
    return patient;
  }

  #release(item: Item): void {
    this.#waitingBytes -= item.payload.length;
    this.#waitingMessages -= 1;
    item.settle();
    if (this.#waitingBytes < WAITING_BYTES_MAX / 2 && this.#waitingMessages < WAITING_MESSAGES_MAX / 2)
      this.#hold(false);
  }

  #hold(hold: boolean): void {
    if (this.#held === hold || this.#stopping) return;
    this.#held = hold;
    this.link.holdIntake(hold);
    if (hold)
      this.log.warn(
        { messages: this.#waitingMessages },
        'too many messages wait for the database; the intake is paused',
      );
  }

  /** Asks the agents of a batch to pause, each at most once in a while. */
  #pause(batch: readonly Item[]): void {
    const nowMs = this.now();
    for (const [agentId, until] of this.#pausedUntil) if (until <= nowMs) this.#pausedUntil.delete(agentId);
    for (const agentId of new Set(batch.map((item) => item.agentId))) {
      if (this.#pausedUntil.has(agentId)) continue;
      this.#pausedUntil.set(agentId, nowMs + PAUSE_MS);
      this.link.send(agentId, { v: 1, kind: 'pause', forMs: PAUSE_MS });
    }
  }
}

/** The part of an acknowledgement about quarantined messages; empty where there are none. */
function refusedParts(
  rejected: AgentOutcome['rejected'],
): Pick<Extract<DownMessage, { kind: 'ack' }>, 'rejected' | 'inventoryOf'> {
  if (rejected.length === 0) return {};
  const lacking = [...new Set(rejected.flatMap(({ rejection }) => rejection.gatewayIds ?? []))];
  return {
    rejected: rejected
      .slice(0, REJECTIONS_SENT_MAX)
      .map(({ position, rejection: { code, detail } }) => ({ position: [...position], code, detail })),
    // The rest is requested with the next refusals.
    ...(lacking.length === 0 ? {} : { inventoryOf: lacking.slice(0, INVENTORIES_ASKED_MAX) }),
  };
}
