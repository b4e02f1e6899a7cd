import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { createPostgresBackend, type Job, Queue, Worker } from 'bullmq';
import type { z } from 'zod';
import { CONFIG, type Config } from '../config.ts';
import { LOGGER, type Logger } from '../observe/logger.ts';
import { Metrics } from '../observe/metrics.ts';
import type { JobDefinition } from './job.ts';
import { QUEUE_SCHEMA } from './queue-schema.ts';

const QUEUE = 'loopstart';
/** BullMQ's Postgres backend is known to deadlock at higher concurrency. */
const CONCURRENCY = 4;

/**
 * BullMQ's types distinguish the two backends although they are used alike; here one shape serves both. An absent
 * factory is Redis.
 */
const AnyQueue = Queue as unknown as new (name: string, options: object, backend: unknown) => Queue;
const AnyWorker = Worker as unknown as new (
  name: string,
  work: (job: Job) => Promise<void>,
  options: object,
  backend: unknown,
) => Worker;

/** Background work on BullMQ: on Postgres by default, on Redis where REDIS_URL is set. */
@Injectable()
export class Jobs implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #definitions = new Map<string, JobDefinition>();
  #queue: Queue | undefined;
  #worker: Worker | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly log: Logger,
    private readonly metrics: Metrics,
  ) {}

  /** Registers a kind of work; called while the application is built. Throws on a name that is registered already. */
  define<S extends z.ZodType>(definition: JobDefinition<S>): void {
    if (this.#definitions.has(definition.name))
      throw new Error(`There are two handlers for the job ${definition.name}.`);
    this.#definitions.set(definition.name, definition as unknown as JobDefinition);
  }

  /** Adds one piece of work; the same `id` twice is one. */
  async add<S extends z.ZodType>(definition: JobDefinition<S>, payload: z.input<S>, id: string): Promise<void> {
    await this.#queue?.add(definition.name, definition.payload.parse(payload), { jobId: id, ...KEEP });
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.#definitions.size === 0) return;
    const outcomes = this.metrics.counter('jobs_total', 'Background jobs by name and outcome', ['name', 'outcome']);
    const { connection, backend } = this.#backend();
    this.#queue = new AnyQueue(QUEUE, { connection }, backend);
    this.#worker = new AnyWorker(
      QUEUE,
      async (job) => {
        const definition = this.#definitions.get(job.name);
        if (definition === undefined) throw new Error(`There is no handler for the job ${job.name}.`);
        await definition.handle(definition.payload.parse(job.data));
      },
      { connection, concurrency: CONCURRENCY },
      backend,
    );
    this.#worker.on('completed', (job) => outcomes.inc({ name: job.name, outcome: 'done' }));
    this.#worker.on('failed', (job, error) => {
      outcomes.inc({ name: job?.name ?? 'unknown', outcome: 'failed' });
      this.log.error({ err: error, job: job?.name }, 'job failed');
    });
    this.#worker.on('error', (error) => this.log.warn({ err: error }, 'the worker of the job queue reported an error'));
    this.#queue.on('error', (error) => this.log.warn({ err: error }, 'the job queue reported an error'));
    for (const { name, everyMs } of this.#definitions.values()) {
      if (everyMs !== undefined)
        await this.#queue.upsertJobScheduler(name, { every: everyMs }, { name, data: {}, opts: KEEP });
    }
    for (const { key } of await this.#queue.getJobSchedulers()) {
      if (this.#definitions.get(key)?.everyMs === undefined) await this.#queue.removeJobScheduler(key);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#worker?.close();
    await this.#queue?.close();
  }

  #backend(): { connection: object; backend: unknown } {
    if (this.config.REDIS_URL !== undefined) {
      const url = new URL(this.config.REDIS_URL);
      const connection = {
        host: url.hostname,
        port: Number(url.port || 6379),
        ...(url.username === '' ? {} : { username: decodeURIComponent(url.username) }),
        ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
        ...(url.protocol === 'rediss:' ? { tls: {} } : {}),
        maxRetriesPerRequest: null,
      };
      return { connection, backend: undefined };
    }
    // BullMQ adds its search path to `options`, which options inside the URL would override.
    const url = new URL(this.config.DATABASE_APP_URL);
    const options = url.searchParams.get('options') ?? undefined;
    url.searchParams.delete('options');
    const connection = { connectionString: url.toString(), options, schema: QUEUE_SCHEMA, migrate: false, max: 6 };
    return { connection, backend: createPostgresBackend };
  }
}

/** Successful jobs are not kept; failures are kept for a week. Counts would race on Postgres. */
const KEEP = {
  removeOnComplete: true,
  removeOnFail: { age: 7 * 86_400 },
  attempts: 3,
  backoff: { type: 'exponential', delay: 5_000 },
} as const;
