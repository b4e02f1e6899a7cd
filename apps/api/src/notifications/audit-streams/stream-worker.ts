import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { LOGGER, type Logger } from '../../core/observe/logger.ts';
import { Metrics } from '../../core/observe/metrics.ts';
import { StreamSender } from './stream-sender.ts';
import { type DueStream, StreamQueue } from './stream-queue.repository.ts';

/** Poll interval; entries reach a receiver about so long after they were written. */
const LOOK_MS = 1_000;
/** Streams that this process sends at once, each with one batch on its way. */
const STREAMS_MAX = 8;

/**
 * Sends audit streams. The position of a stream is the truth: one process has its lease, sends the next entries in their
 * order, and stores the position once they were received. One that is killed loses its lease and nothing else; what it had
 * sent and not recorded comes twice, with the same ids.
 */
@Injectable()
export class StreamWorker implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #me = randomUUID();
  readonly #running = new Map<string, Promise<void>>();
  readonly #batches;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | null = null;
  #stopping = false;

  constructor(
    private readonly queue: StreamQueue,
    private readonly sender: StreamSender,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOGGER) private readonly log: Logger,
    metrics: Metrics,
  ) {
    this.#batches = metrics.counter('audit_stream_batches_total', 'Batches of audit streams by kind and outcome', [
      'kind',
      'outcome',
    ]);
  }

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => this.look(), LOOK_MS);
  }

  /** Lets batches that are on their way end: their deadline is short. */
  async onModuleDestroy(): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#timer);
    await this.#looking;
    await Promise.all(this.#running.values());
  }

  look(): void {
    if (this.#stopping) return;
    this.#looking ??= this.#begin().finally(() => (this.#looking = null));
  }

  async #begin(): Promise<void> {
    try {
      const due = await this.queue.due(this.now());
      for (const stream of due.filter(({ id }) => !this.#running.has(id)).slice(0, STREAMS_MAX - this.#running.size))
        this.#running.set(
          stream.id,
          this.#run(stream).finally(() => this.#running.delete(stream.id)),
        );
    } catch (error) {
      this.log.warn({ err: error }, 'failed to find audit streams that are due');
    }
  }

  /** Sends until nothing waits, something fails, or the stream is another's. */
  async #run(due: DueStream): Promise<void> {
    try {
      while (!this.#stopping) {
        const batch = await this.queue.claim(due, this.#me, this.now());
        if (batch === null) return;
        const outcome = await this.sender.entries(batch.stream, batch.entries);
        this.#batches.inc({ kind: batch.stream.kind, outcome: outcome.error === null ? 'received' : 'failed' });
        const goesOn = await this.queue.record(batch, outcome, this.#me, this.now());
        if (!goesOn) return;
      }
      await this.queue.release(due, this.#me);
    } catch (error) {
      this.log.warn({ err: error, streamId: due.id }, 'failed to send an audit stream; its lease will expire');
    }
  }
}
