import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import pg from 'pg';
import { Signal } from '../../agents/broker/index.ts';
import { CONFIG, type Config } from '../../core/config.ts';
import type { Sql } from '../../core/db/database.ts';
import { LOGGER, type Logger } from '../../core/observe/logger.ts';

const CHANNEL = 'loopstart_outbound';
const RECONNECT_MS = 1_000;

/** Wakes the delivery workers of every API process when a delivery is due. A lost notification costs a second, because the workers also poll. */
@Injectable()
export class DeliverySignal implements OnApplicationBootstrap, OnModuleDestroy {
  readonly notified = new Signal<void>();
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.#listen();
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#client?.end().catch(() => undefined);
  }

  /** Wakes the workers of this process. */
  notify(): void {
    this.notified.emit();
  }

  /** Wakes the workers of all processes when the transaction commits. */
  async notifyAtCommit(sql: Sql): Promise<void> {
    await sql.query(`notify ${CHANNEL}`);
  }

  async #listen(): Promise<void> {
    const client = new pg.Client({ connectionString: this.config.DATABASE_APP_URL, connectionTimeoutMillis: 5_000 });
    this.#client = client;
    client.on('notification', () => this.notify());
    client.on('error', () => undefined);
    client.on('end', () => {
      if (!this.#stopped) this.#timer = setTimeout(() => void this.#listen(), RECONNECT_MS);
    });
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      this.notify();
    } catch (error) {
      this.log.warn({ err: error }, 'failed to listen for deliveries of other processes');
      await client.end().catch(() => undefined);
    }
  }
}
