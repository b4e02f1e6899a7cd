import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import pg from 'pg';
import { Signal } from '../../agents/broker/index.ts';
import { CONFIG, type Config } from '../../core/config.ts';
import type { Sql } from '../../core/db/database.ts';
import { LOGGER, type Logger } from '../../core/observe/logger.ts';

const CHANNEL = 'loopstart_outbound';
const RECONNECT_MS = 1_000;

/** Tells the delivery workers of every API process that there may be something to send. A ring that gets lost costs a second: the workers look by themselves. */
@Injectable()
export class Doorbell implements OnApplicationBootstrap, OnModuleDestroy {
  readonly rung = new Signal<void>();
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

  /** Rings in this process. */
  ring(): void {
    this.rung.emit();
  }

  /** Rings in all processes when the transaction commits. */
  async ringAtCommit(sql: Sql): Promise<void> {
    await sql.query(`notify ${CHANNEL}`);
  }

  async #listen(): Promise<void> {
    const client = new pg.Client({ connectionString: this.config.DATABASE_APP_URL, connectionTimeoutMillis: 5_000 });
    this.#client = client;
    client.on('notification', () => this.ring());
    client.on('error', () => undefined);
    client.on('end', () => {
      if (!this.#stopped) this.#timer = setTimeout(() => void this.#listen(), RECONNECT_MS);
    });
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      this.ring();
    } catch (error) {
      this.log.warn({ err: error }, 'other processes are not heard when there is something to send');
      await client.end().catch(() => undefined);
    }
  }
}
