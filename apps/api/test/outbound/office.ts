import { randomUUID } from 'node:crypto';
import type { ChannelFilters, WebhookIncident } from '@loopstart/contracts';
import type { Clock } from '../../src/core/clock.ts';
import { PgNotifications } from '../../src/core/bus/pg-notifications.ts';
import { Database, type Sql } from '../../src/core/db/database.ts';
import { wholeOperator } from '../../src/core/db/scope.ts';
import { makeLogger } from '../../src/core/observe/logger.ts';
import { Metrics } from '../../src/core/observe/metrics.ts';
import { Secrets } from '../../src/core/secret/secrets.ts';
import { Mailer } from '../../src/core/mail/mailer.ts';
import { Senders } from '../../src/notifications/delivery/adapters/senders.ts';
import { DeliverySignal } from '../../src/notifications/delivery/delivery-signal.ts';
import { GuardedHttp } from '../../src/core/egress/guarded-http.ts';
import { makeResolve } from '../../src/core/egress/resolve.ts';
import { Outbox, type OutboxMessage } from '../../src/notifications/delivery/outbox.service.ts';
import { makeKey, type SigningKey } from '../../src/notifications/delivery/webhook/signature.ts';
import { Attempt } from '../../src/notifications/delivery/worker/attempt.ts';
import { ClaimRepository } from '../../src/notifications/delivery/worker/claim.repository.ts';
import { DeliveryWorker } from '../../src/notifications/delivery/worker/delivery-worker.ts';
import { ChannelDecryptor } from '../../src/notifications/delivery/worker/channel-decryptor.ts';
import { RecordRepository } from '../../src/notifications/delivery/worker/record.repository.ts';
import { SwitchOff } from '../../src/notifications/delivery/worker/switch-off.ts';
import { createDatabase, type TestDatabase } from '../database.ts';
import { asOwner } from '../postgres.ts';
import { incidentPayload, type IncidentType } from './messages.ts';

export interface DeliveryRow {
  id: string;
  state: string;
  attempts: number;
  seq: number;
  next_attempt_at: Date;
  last_status: number | null;
  last_error: string | null;
  external_id: string | null;
  recipient: string;
  type: string;
}

/** Everything between a message and its receivers, on a database of its own, with one operator. */
export class Office {
  readonly database: TestDatabase;
  readonly operatorId = randomUUID();
  readonly db: Database;
  readonly outbox: Outbox;
  readonly decryptor: ChannelDecryptor;
  readonly #secrets: Secrets;
  readonly #clock: Clock;
  readonly #notifications: PgNotifications;
  readonly #deliverySignal: DeliverySignal;
  readonly #workers: DeliveryWorker[] = [];

  private constructor(database: TestDatabase, secrets: Secrets, clock: Clock) {
    this.database = database;
    this.#secrets = secrets;
    this.#clock = clock;
    const { config } = database;
    this.db = new Database(config);
    this.#notifications = new PgNotifications(this.db, config, makeLogger('silent'));
    this.#deliverySignal = new DeliverySignal(this.#notifications);
    this.outbox = new Outbox(this.#deliverySignal, clock);
    this.decryptor = new ChannelDecryptor(secrets);
  }

  static async open(options: { env?: NodeJS.ProcessEnv; clock?: Clock } = {}): Promise<Office> {
    const database = await createDatabase({ LOOPSTART_OUTBOUND_ALLOW: '127.0.0.1', ...options.env });
    const office = new Office(database, await Secrets.of(database.config), options.clock ?? Date.now);
    await asOwner(database.ownerUrl, (sql) =>
      sql.query('insert into operator (id, name) values ($1, $2)', [office.operatorId, 'Oak']),
    );
    return office;
  }

  /** A process that sends. */
  async startWorker(): Promise<DeliveryWorker> {
    const { config } = this.database;
    const { LOOPSTART_OUTBOUND_ALLOW: allow, LOOPSTART_OUTBOUND_PORTS: ports } = config;
    const http = new GuardedHttp({ allow, ports }, makeResolve({ viaSystem: (host) => allow.hosts.has(host) }));
    const worker = new DeliveryWorker(
      new ClaimRepository(this.db),
      new RecordRepository(this.db, new SwitchOff(this.outbox)),
      new Attempt(new Senders(http, new Mailer(config), config), this.decryptor, this.#clock),
      this.#deliverySignal,
      this.#clock,
      makeLogger('silent'),
      new Metrics(),
    );
    if (this.#workers.length === 0) await this.#notifications.onApplicationBootstrap();
    worker.onApplicationBootstrap();
    this.#workers.push(worker);
    return worker;
  }

  tx<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.db.tx(wholeOperator(this.operatorId), work);
  }

  /** A channel with its secrets sealed, as the API makes it. */
  async addChannel(
    kind: string,
    config: object,
    more: { secret?: Record<string, unknown>; filters?: ChannelFilters; fallback?: string; name?: string } = {},
  ): Promise<string> {
    const id = randomUUID();
    await this.tx(async (sql) =>
      sql.query(
        'insert into channel (id, operator_id, kind, name, config, secret, filters, fallback_channel_id) values ($1, $2, $3, $4, $5, $6, $7, $8)',
        [
          id,
          this.operatorId,
          kind,
          more.name ?? `${kind} ${id.slice(0, 8)}`,
          JSON.stringify(config),
          await this.decryptor.seal({ operatorId: this.operatorId, id }, more.secret ?? {}),
          JSON.stringify(more.filters ?? {}),
          more.fallback ?? null,
        ],
      ),
    );
    return id;
  }

  /** A webhook with one signing key. */
  async addWebhook(
    url: string,
    more: Parameters<Office['addChannel']>[2] = {},
  ): Promise<{ id: string; key: SigningKey }> {
    const id = await this.addChannel('webhook', { url, signing: 'v1' }, more);
    return { id, key: await this.addKey(id, 'v1') };
  }

  async addKey(
    channelId: string,
    algorithm: SigningKey['algorithm'],
    expiresAt: Date | null = null,
  ): Promise<SigningKey> {
    const key = makeKey(algorithm);
    const id = randomUUID();
    const sealed = await this.decryptor.sealKey({ operatorId: this.operatorId, id: channelId }, id, key.secret);
    await this.tx((sql) =>
      sql.query(
        'insert into channel_key (id, operator_id, channel_id, algorithm, secret, public_key, expires_at) values ($1, $2, $3, $4, $5, $6, $7)',
        [id, this.operatorId, channelId, algorithm, sealed, key.publicKey, expiresAt],
      ),
    );
    return key;
  }

  /** Commits a message of an incident; returns its id. */
  async tell(
    type: IncidentType,
    seq: number,
    more: { incidentId?: string; to?: string[]; data?: Partial<WebhookIncident>; dedupeKey?: string } = {},
  ): Promise<string> {
    const incidentId = more.incidentId ?? INCIDENT;
    const id = await this.tx(async (sql) => {
      const messageId = await this.outbox.enqueue(sql, this.message(type, seq, incidentId, more));
      const targets = (more.to ?? []).map((channelId) => ({ channelId, recipient: null }));
      await this.outbox.deliver(sql, this.operatorId, messageId, targets);
      return messageId;
    });
    this.outbox.wake();
    return id;
  }

  message(
    type: IncidentType,
    seq: number,
    incidentId: string,
    more: { data?: Partial<WebhookIncident>; dedupeKey?: string } = {},
  ): OutboxMessage {
    return {
      operatorId: this.operatorId,
      type,
      incidentId,
      seq,
      dedupeKey: more.dedupeKey ?? `${incidentId}/${seq}`,
      payload: incidentPayload(type, this.operatorId, { incidentId, seq, ...more.data }),
      severity: more.data?.severity ?? 'major',
      kind: more.data?.kind ?? 'gateway-unreachable',
      customerId: null,
      lineDeviceClass: null,
    };
  }

  /** Deliveries of a channel, in order of their message. */
  async deliveries(channelId: string): Promise<DeliveryRow[]> {
    const { rows } = await this.tx((sql) =>
      sql.query<DeliveryRow>(
        `select d.*, m.type from delivery d join outbox_message m on m.id = d.message_id where d.channel_id = $1 order by d.created_at, d.seq, d.id`,
        [channelId],
      ),
    );
    return rows;
  }

  /** Waits until the deliveries of a channel are as asked for. */
  async until(channelId: string, done: (rows: DeliveryRow[]) => boolean): Promise<DeliveryRow[]> {
    for (;;) {
      const rows = await this.deliveries(channelId);
      if (done(rows)) return rows;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async close(): Promise<void> {
    for (const worker of this.#workers) await worker.onModuleDestroy();
    this.#deliverySignal.onModuleDestroy();
    await this.#notifications.onApplicationShutdown();
    await this.#secrets.onApplicationShutdown();
    await this.db.onApplicationShutdown();
    await this.database.drop();
  }
}

export const INCIDENT = '0b0f8c52-6a0e-4f7e-9d70-1c8f6f1b2a11';
