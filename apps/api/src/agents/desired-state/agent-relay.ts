import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import pg from 'pg';
import { Signal } from '../broker/index.ts';
import { CONFIG, type Config } from '../../core/config.ts';
import { Database } from '../../core/db/database.ts';
import { LOGGER, type Logger } from '../../core/observe/logger.ts';
import { type AgentSignal, AgentSignals } from '../registry/index.ts';

const CHANNEL = 'loopstart_agents';
const RECONNECT_MS = 1_000;

/**
 * Carries signals about agents to every API process through LISTEN/NOTIFY, since any of them may hold the agent's
 * connection. One that gets lost is made good by the sweep.
 */
@Injectable()
export class AgentRelay implements OnApplicationBootstrap, OnModuleDestroy {
  /** Signals of this process and of the others. */
  readonly signals = new Signal<AgentSignal>();
  readonly #self = randomUUID();
  readonly #unsubscribe: () => void;
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(
    private readonly db: Database,
    source: AgentSignals,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    this.#unsubscribe = source.on((signal) => this.#spread(signal));
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.#listen();
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    this.#unsubscribe();
    clearTimeout(this.#timer);
    await this.#client?.end().catch(() => undefined);
  }

  #spread(signal: AgentSignal): void {
    this.signals.emit(signal);
    this.db
      .query('select pg_notify($1, $2)', [CHANNEL, JSON.stringify({ from: this.#self, signal })])
      .catch((error: unknown) => this.log.warn({ err: error }, 'other processes were not told about an agent'));
  }

  async #listen(): Promise<void> {
    const client = new pg.Client({ connectionString: this.config.DATABASE_APP_URL, connectionTimeoutMillis: 5_000 });
    client.on('notification', ({ payload }) => this.#receive(payload ?? ''));
    client.on('error', () => undefined);
    client.on('end', () => {
      if (!this.#stopped) this.#timer = setTimeout(() => void this.#listen(), RECONNECT_MS);
    });
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      this.#client = client;
    } catch (error) {
      this.log.warn({ err: error }, 'signals about agents of other processes are not heard');
      await client.end().catch(() => undefined);
    }
  }

  #receive(payload: string): void {
    const { from, signal } = JSON.parse(payload) as { from: string; signal: AgentSignal };
    if (from !== this.#self) this.signals.emit(signal);
  }
}
