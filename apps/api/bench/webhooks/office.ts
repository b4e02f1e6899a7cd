import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { readConfig } from '../../dist/core/config.js';
import { PgNotifications } from '../../dist/core/bus/pg-notifications.js';
import { Database, type Sql } from '../../dist/core/db/database.js';
import { makeLogger } from '../../dist/core/observe/logger.js';
import { Secrets } from '../../dist/core/secret/secrets.js';
import { LocalKeys } from '../../dist/core/secret/local-keys.js';
import { DeliverySignal } from '../../dist/notifications/delivery/delivery-signal.js';
import { Outbox } from '../../dist/notifications/delivery/outbox.service.js';
import { ChannelDecryptor } from '../../dist/notifications/delivery/worker/channel-decryptor.js';
import { makeKey } from '../../dist/notifications/delivery/webhook/signature.js';
import { incidentPayload, type IncidentType } from '../../test/outbound/messages.ts';
import { wholeOperator } from '../../src/core/db/scope.ts';

/** The environment of everything in this benchmark. */
export function environment(databaseUrl: string): NodeJS.ProcessEnv {
  return {
    DATABASE_URL: databaseUrl,
    DATABASE_APP_URL: databaseUrl,
    LOOPSTART_SECRET_KEY: Buffer.alloc(32, 1).toString('base64'),
    LOOPSTART_OUTBOUND_ALLOW: '127.0.0.1',
    LOG_LEVEL: 'silent',
  };
}

/** What writes messages: the outbox as the alerting uses it, for one operator. */
export class Office {
  readonly operatorId = randomUUID();
  readonly db: Database;
  readonly #outbox: Outbox;
  readonly #decryptor: ChannelDecryptor;

  constructor(databaseUrl: string) {
    const config = readConfig(environment(databaseUrl));
    this.db = new Database(config);
    // It only rings at commits; the workers are other processes.
    this.#outbox = new Outbox(new DeliverySignal(new PgNotifications(this.db, config, makeLogger('silent'))), Date.now);
    this.#decryptor = new ChannelDecryptor(new Secrets(config, new LocalKeys(config.secretKeys), Date.now));
  }

  async begin(): Promise<void> {
    await this.tx((sql) => sql.query("insert into operator (id, name) values ($1, 'Bench')", [this.operatorId]));
  }

  tx<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.db.tx(wholeOperator(this.operatorId), work);
  }

  /** A webhook that is told by name alone: its filter takes nothing. */
  async addWebhook(url: string): Promise<string> {
    const id = randomUUID();
    const key = makeKey('v1');
    const keyId = randomUUID();
    const sealed = await this.#decryptor.sealKey({ operatorId: this.operatorId, id }, keyId, key.secret);
    await this.tx(async (sql) => {
      await sql.query(
        `insert into channel (id, operator_id, kind, name, config, filters) values ($1, $2, 'webhook', $3, $4, '{"kinds":[]}')`,
        [id, this.operatorId, id, JSON.stringify({ url, signing: 'v1' })],
      );
      await sql.query(
        `insert into channel_key (id, operator_id, channel_id, algorithm, secret) values ($1, $2, $3, 'v1', $4)`,
        [keyId, this.operatorId, id, sealed],
      );
    });
    return id;
  }

  async removeChannels(): Promise<void> {
    await this.tx((sql) => sql.query('delete from channel'));
  }

  /** Writes a message of an incident to channels, in the caller's transaction. */
  async tell(
    sql: Sql,
    type: IncidentType,
    incidentId: string,
    seq: number,
    channelIds: readonly string[],
  ): Promise<string> {
    const id = await this.#outbox.enqueue(sql, {
      operatorId: this.operatorId,
      type,
      incidentId,
      seq,
      dedupeKey: `${incidentId}/${seq}`,
      payload: incidentPayload(type, this.operatorId, { incidentId, seq }),
      severity: 'major',
      kind: 'gateway-unreachable',
      customerId: null,
      lineDeviceClass: null,
    });
    const targets = channelIds.map((channelId) => ({ channelId, recipient: null }));
    await this.#outbox.deliver(sql, this.operatorId, id, targets);
    return id;
  }

  async end(): Promise<void> {
    await this.db.onApplicationShutdown();
  }
}
