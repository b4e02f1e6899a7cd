import { randomBytes, randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { WEBHOOK_VERSION } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import { wholeOperator } from '../../core/db/scope.ts';
import { ChannelDecryptor, makeKey, Outbox, Senders, webhookAdapter } from '../../notifications/delivery/index.ts';
import { GuardedHttp } from '../../core/egress/guarded-http.ts';
import { parseAllow } from '../../core/egress/address-rules.ts';

/** Owner of the synthetic alert: no person belongs to it, and it has no fleet. */
export const OWN_OPERATOR = '00000000-0000-4000-8000-000000000001';
const OWN_CHANNEL = '00000000-0000-4000-8000-000000000002';
export const CANARY_PATH = '/internal/canary';
const EVERY_MS = 60_000;
const KEPT_MS = 3_600_000;
/** A slower attempt does not count as working. */
const DEADLINE_MS = 10_000;

/**
 * A synthetic alert through the whole pipeline: the detector's loop writes it into the outbox, the delivery worker claims,
 * signs and posts it, and the receiver is an endpoint of this API.
 */
@Injectable()
export class Canary implements OnApplicationBootstrap {
  #sentAt = -Infinity;

  constructor(
    private readonly db: Database,
    private readonly outbox: Outbox,
    private readonly decryptor: ChannelDecryptor,
    private readonly senders: Senders,
    private readonly host: HttpAdapterHost,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.senders.own(OWN_CHANNEL, async (channel, sending) => {
      const { host, port } = this.#address();
      // Our own endpoint and nothing else: no setting can point here.
      const rules = { allow: parseAllow(host), ports: [port] };
      const http = new GuardedHttp(rules, () => Promise.resolve([host]), DEADLINE_MS);
      const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}${CANARY_PATH}`;
      return webhookAdapter(http)({ ...channel, settings: { kind: 'webhook', url, signing: 'v1' } }, sending);
    });
  }

  /** Sends one when it is due; called by the loop of the detector. */
  async send(now: number): Promise<void> {
    if (now - this.#sentAt < EVERY_MS && now >= this.#sentAt) return;
    this.#sentAt = now;
    const { rowCount } = await this.db.query('select from resolve_operators() as id where id <> $1 limit 1', [
      OWN_OPERATOR,
    ]);
    if (rowCount === 0) return;
    await this.db.tx(wholeOperator(OWN_OPERATOR), async (sql) => {
      await this.#ready(sql, now);
      const nonce = randomBytes(18).toString('base64url');
      await sql.query(
        `insert into alerting_status (operator_id, canary_sent_at, canary_nonce) values ($1, $2, $3)
         on conflict (operator_id) do update set canary_sent_at = excluded.canary_sent_at, canary_nonce = excluded.canary_nonce`,
        [OWN_OPERATOR, new Date(now), nonce],
      );
      const sentAt = new Date(now).toISOString();
      const messageId = await this.outbox.enqueue(sql, {
        operatorId: OWN_OPERATOR,
        type: 'watchdog.canary',
        incidentId: null,
        seq: 0,
        dedupeKey: `canary/${nonce}`,
        payload: { type: 'watchdog.canary', timestamp: sentAt, data: { version: WEBHOOK_VERSION, sentAt, nonce } },
        severity: null,
        kind: null,
        customerId: null,
        lineDeviceClass: null,
      });
      await this.outbox.deliver(sql, OWN_OPERATOR, messageId, [{ channelId: OWN_CHANNEL, recipient: null }]);
    });
    this.outbox.wake();
  }

  /** True for the one that was sent last. */
  async arrived(nonce: string): Promise<boolean> {
    const { rowCount } = await this.db.tx(wholeOperator(OWN_OPERATOR), (sql) =>
      sql.query('update alerting_status set canary_arrived_at = $3 where operator_id = $1 and canary_nonce = $2', [
        OWN_OPERATOR,
        nonce,
        new Date(this.now()),
      ]),
    );
    return rowCount === 1;
  }

  /** Creates the operator, its channel and key where missing, and deletes old messages. */
  async #ready(sql: Sql, now: number): Promise<void> {
    await sql.query(`insert into operator (id, name) values ($1, 'Loopstart itself') on conflict do nothing`, [
      OWN_OPERATOR,
    ]);
    const made = await sql.query(
      `insert into channel (id, operator_id, kind, name, config) values ($1, $2, 'webhook', 'Canary', '{"url":"http://canary","signing":"v1"}') on conflict do nothing`,
      [OWN_CHANNEL, OWN_OPERATOR],
    );
    if (made.rowCount === 1) await this.#addKey(sql);
    // Past failures must not delay the next one.
    await sql.query(
      `update channel set enabled = true, disabled_reason = null, health = '{}', open_until = null, failing_since = null
       where id = $1 and (not enabled or health <> '{}' or open_until is not null)`,
      [OWN_CHANNEL],
    );
    const old = new Date(now - KEPT_MS);
    await sql.query('delete from delivery where operator_id = $1 and created_at < $2', [OWN_OPERATOR, old]);
    await sql.query('delete from outbox_message where operator_id = $1 and created_at < $2', [OWN_OPERATOR, old]);
  }

  async #addKey(sql: Sql): Promise<void> {
    const id = randomUUID();
    const channel = { operatorId: OWN_OPERATOR, id: OWN_CHANNEL };
    await sql.query(
      `insert into channel_key (id, operator_id, channel_id, algorithm, secret) values ($1, $2, $3, 'v1', $4)`,
      [id, OWN_OPERATOR, OWN_CHANNEL, await this.decryptor.sealKey(channel, id, makeKey('v1').secret)],
    );
  }

  #address(): { host: string; port: number } {
    const address = this.host.httpAdapter.getHttpServer().address() as { address: string; port: number } | null;
    if (address === null) throw new Error('This process does not listen yet.');
    const any = address.address === '0.0.0.0' || address.address === '::';
    return { host: any ? '127.0.0.1' : address.address, port: address.port };
  }
}
