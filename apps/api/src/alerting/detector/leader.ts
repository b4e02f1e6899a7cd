import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import { CONFIG, type Config } from '../../core/config.ts';
import type { Sql } from '../../core/db/database.ts';
import { LOGGER, type Logger } from '../../core/observe/logger.ts';
import { lockAlerts } from './memory-change.ts';

/** Key of the session-level advisory lock whose holder leads; unique among our locks. */
const LEADER_KEY = 4_242_017;
const LOOK_MS = 1_000;
const ANSWER_MS_MAX = 2_000;
const GRACE_MS = 100;

export interface LeaderEvents {
  /** We lead from now on. */
  won(): void;
  /** Another process may lead: nothing may be written any more. */
  lost(): void;
}

/**
 * One process of an installation leads alerting: it holds an advisory lock on a connection of its own. When the process or
 * the connection dies, Postgres grants the lock to another process, at most about two seconds later.
 */
@Injectable()
export class Leader {
  #client: pg.Client | undefined;
  #pid: number | null = null;
  #timer: NodeJS.Timeout | undefined;
  #events: LeaderEvents | undefined;
  #stopped = false;
  #looking: Promise<void> = Promise.resolve();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  get leading(): boolean {
    return this.#pid !== null;
  }

  /** Competes for leadership until `stop`. */
  start(events: LeaderEvents): void {
    this.#events = events;
    this.#looking = this.#look();
  }

  /** Releases leadership; the next process acquires it at its next try. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#drop();
    // A try under way may just be connecting, or be granted the lock: its connection must not outlive us.
    await this.#looking;
    await this.#client?.end().catch(() => undefined);
  }

  /**
   * Begins a write for an operator, or a load by a new leader; these are serialised. Throws NotLeading where our session has
   * lost leadership, so that a stalled process cannot overwrite its successor.
   */
  async enter(sql: Sql, operatorId: string): Promise<void> {
    await lockAlerts(sql, operatorId);
    const { rowCount } = await sql.query(
      `select 1 from pg_locks where locktype = 'advisory' and granted and pid = $1 and classid = 0 and objid = $2 and objsubid = 1
         and database = (select oid from pg_database where datname = current_database())`,
      [this.#pid ?? -1, LEADER_KEY],
    );
    if (rowCount !== 1) throw new NotLeading();
  }

  async #look(): Promise<void> {
    try {
      const client = (this.#client ??= await this.#connect());
      if (this.#pid === null) {
        const { rows } = await answered(
          client.query<{ won: boolean; pid: number }>(
            'select pg_try_advisory_lock($1) as won, pg_backend_pid() as pid',
            [LEADER_KEY],
          ),
        );
        if (rows[0]?.won === true && !this.#stopped) {
          this.#pid = rows[0].pid;
          this.log.info('leads alerting');
          this.#events?.won();
        }
      } else {
        await answered(client.query('select 1'));
      }
    } catch (error) {
      this.#disconnected(this.#client, error);
    }
    if (!this.#stopped) this.#timer = setTimeout(() => (this.#looking = this.#look()), LOOK_MS);
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.config.DATABASE_APP_URL,
      connectionTimeoutMillis: ANSWER_MS_MAX,
      keepAlive: true,
    });
    client.on('error', (error) => this.#disconnected(client, error));
    client.on('end', () => this.#disconnected(client, null));
    await client.connect();
    // Bounds how long a vanished host holds the lock.
    await client.query(
      'set tcp_keepalives_idle = 2; set tcp_keepalives_interval = 1; set tcp_keepalives_count = 2; set tcp_user_timeout = 4000',
    );
    return client;
  }

  #disconnected(client: pg.Client | undefined, error: unknown): void {
    if (client === undefined || client !== this.#client) return;
    this.#client = undefined;
    this.#drop();
    if (!this.#stopped) this.log.warn({ err: error }, 'lost the connection that holds leadership of alerting');
    void client.end().catch(() => undefined);
  }

  #drop(): void {
    if (this.#pid === null) return;
    this.#pid = null;
    this.#events?.lost();
  }
}

/** Thrown on a write after leadership was lost. */
export class NotLeading extends Error {
  constructor() {
    super('another process may lead alerting');
    this.name = 'NotLeading';
  }
}

/** The answer, or an error after a timeout, since the connection cannot be trusted then. */
async function answered<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const fail = () => reject(new Error('the database does not answer in time'));
    // If this process was busy, the answer has arrived meanwhile and is read before the second timer fires.
    timer = setTimeout(() => (timer = setTimeout(fail, GRACE_MS)), ANSWER_MS_MAX);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
