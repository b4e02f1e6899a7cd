import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { CONFIG, type Config } from '../config.ts';
import { Database, type Sql } from '../db/database.ts';
import { LOGGER, type Logger } from '../observe/logger.ts';

const RECONNECT_MS = 1_000;

/** The callbacks of a channel's listener. */
export interface ChannelListener {
  /** Called for each notification, also for those of this process. */
  receive(payload: string): void;
  /** Called whenever listening begins; `again` after an interruption, in which notifications were lost. */
  listening?(again: boolean): void;
}

/**
 * LISTEN and NOTIFY between the API processes, on one connection a process. Notifications are lost while it is
 * interrupted, so only speed may depend on them.
 */
@Injectable()
export class PgNotifications implements OnApplicationBootstrap, OnApplicationShutdown {
  /** Identifies this process in payloads, so that it recognises its own. */
  readonly self = randomUUID();
  readonly #listeners = new Map<string, ChannelListener>();
  #client: pg.Client | undefined;
  #hasListened = false;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(
    private readonly db: Database,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /**
   * Passes notifications of the channel to the listener until the returned function is called. Called while the
   * application is built.
   */
  listen(channel: string, listener: ChannelListener): () => void {
    if (this.#listeners.has(channel)) throw new Error(`There are two listeners for the channel ${channel}.`);
    this.#listeners.set(channel, listener);
    return () => this.#listeners.delete(channel);
  }

  /** Notifies every process of each payload; Postgres refuses one of 8000 bytes or more. */
  async notify(channel: string, payloads: readonly string[]): Promise<void> {
    if (payloads.length === 0) return;
    await this.db.query('select pg_notify($1, payload) from unnest($2::text[]) as payload', [channel, payloads]);
  }

  /** Notifies every process, without a payload, when the transaction commits. */
  async notifyAtCommit(sql: Sql, channel: string): Promise<void> {
    await sql.query('select pg_notify($1, $2)', [channel, '']);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.#connect();
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#client?.end().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    if (this.#stopped || this.#listeners.size === 0) return;
    const client = new pg.Client({ connectionString: this.config.DATABASE_APP_URL, connectionTimeoutMillis: 5_000 });
    this.#client = client;
    client.on('notification', ({ channel, payload }) => this.#listeners.get(channel)?.receive(payload ?? ''));
    client.on('error', () => undefined);
    client.on('end', () => {
      if (!this.#stopped) this.#timer = setTimeout(() => void this.#connect(), RECONNECT_MS);
    });
    try {
      await client.connect();
      await client.query([...this.#listeners.keys()].map((channel) => `listen ${channel}`).join('; '));
      const again = this.#hasListened;
      this.#hasListened = true;
      for (const { listening } of this.#listeners.values()) listening?.(again);
    } catch (error) {
      this.log.warn({ err: error }, 'failed to listen for notifications of other processes');
      await client.end().catch(() => undefined);
    }
  }
}
