import { createHash } from 'node:crypto';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { retryAt } from '@loopstart/domain';
import { CLOCK, type Clock } from '../clock.ts';
import { Database, type Sql } from '../db/database.ts';
import { accountAlone, type Scope, wholeOperator } from '../db/scope.ts';
import { LOGGER, type Logger } from '../observe/logger.ts';
import { Metrics } from '../observe/metrics.ts';
import { MailOutbox, type MailRow } from './mail-outbox.ts';
import { Mailer } from './mailer.ts';

/** Poll interval for retries and lost wake-ups. */
const LOOK_MS = 2_000;
/** Lease of an attempt: longer than the mail server may take in all its phases. */
const LEASE_MS = 60_000;
const BATCH = 10;
/** How long the record of a mail is kept. */
const KEEP_MS = 30 * 86_400_000;

interface Due {
  id: string;
  operator_id: string | null;
  account_id: string | null;
}

interface Claimed extends MailRow {
  recipient: string;
  attempts: number;
  expires_at: Date;
}

/** Sends mail that waits, and retries what failed until its link is void. */
@Injectable()
export class MailWorker implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #outcomes;
  #timer: NodeJS.Timeout | undefined;
  #unsubscribe: () => void = () => undefined;
  #working: Promise<void> | null = null;
  #again = false;
  #stopping = false;

  constructor(
    private readonly db: Database,
    private readonly outbox: MailOutbox,
    private readonly mailer: Mailer,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOGGER) private readonly log: Logger,
    metrics: Metrics,
  ) {
    this.#outcomes = metrics.counter('mails_total', 'Attempts to send mail to people, by outcome', ['outcome']);
  }

  onApplicationBootstrap(): void {
    if (this.mailer.mode !== 'smtp') return;
    this.#unsubscribe = this.outbox.notified.on(() => this.look());
    this.#timer = setInterval(() => this.look(), LOOK_MS);
    this.look();
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopping = true;
    this.#unsubscribe();
    clearInterval(this.#timer);
    await this.#working;
  }

  /** Sends what is due; a call meanwhile causes one more round. */
  look(): void {
    if (this.#stopping) return;
    this.#again = true;
    this.#working ??= this.#rounds().finally(() => (this.#working = null));
  }

  async #rounds(): Promise<void> {
    while (this.#again && !this.#stopping) {
      this.#again = false;
      try {
        const { rows } = await this.db.query<Due>('select * from resolve_due_mail($1, $2)', [
          new Date(this.now()),
          BATCH,
        ]);
        await Promise.all(rows.map((due) => this.#send(due)));
        if (rows.length === BATCH) this.#again = true;
      } catch (error) {
        this.log.warn({ err: error }, 'failed to send mail that waits');
      }
    }
  }

  async #send({ id, operator_id, account_id }: Due): Promise<void> {
    const scope = operator_id === null ? accountAlone(account_id!) : wholeOperator(operator_id);
    const mail = await this.db.tx(scope, (sql) => this.#claim(sql, id));
    if (mail === undefined) return;
    const sent = await this.#attempt(mail);
    const error = sent.error ?? (sent.rejected.length > 0 ? 'The mail server refused the address.' : null);
    this.#outcomes.inc({ outcome: error === null ? 'sent' : 'failed' });
    if (error !== null) this.log.warn({ mailId: id, reason: error }, 'failed to send a mail');
    await this.#record(scope, mail, error, isFinal(sent.status));
  }

  async #claim(sql: Sql, id: string): Promise<Claimed | undefined> {
    const now = this.now();
    const { rows } = await sql.query<Claimed>(
      `update mail set attempts = attempts + 1, next_attempt_at = $3 where id = $1 and state = 'waiting' and next_attempt_at <= $2
       returning id, recipient, facts, link_hash, attempts, expires_at`,
      [id, new Date(now), new Date(now + LEASE_MS)],
    );
    return rows[0];
  }

  async #attempt(mail: Claimed): ReturnType<Mailer['send']> {
    try {
      const { subject, text, html } = this.outbox.write(mail);
      // The id of the mail makes its link: what others read in the header must say nothing of it.
      const messageId = `<${createHash('sha256').update(mail.id).digest('hex')}@${this.mailer.host}>`;
      return await this.mailer.send({ to: mail.recipient, messageId, subject, text, html });
    } catch (error) {
      return { error: (error as Error).message, status: null, answer: null, rejected: [] };
    }
  }

  async #record(scope: Scope, mail: Claimed, error: string | null, final: boolean): Promise<void> {
    const now = this.now();
    const next = retryAt({ attempts: mail.attempts, now, random: Math.random(), retryAfterMs: null });
    const again = error !== null && !final && next !== null && next < mail.expires_at.getTime() ? next : null;
    const state = error === null ? 'sent' : again === null ? 'failed' : 'waiting';
    await this.db.tx(scope, async (sql) => {
      await sql.query(
        `update mail set state = $2, next_attempt_at = $3, last_error = $4, ended_at = $5 where id = $1`,
        [mail.id, state, again === null ? null : new Date(again), error, again === null ? new Date(now) : null],
      );
      await sql.query(`delete from mail where state <> 'waiting' and created_at < $1`, [new Date(now - KEEP_MS)]);
    });
  }
}

/** A mail server that answers 5xx will not take this mail later (RFC 5321, section 4.2.1). */
const isFinal = (status: number | null): boolean => status !== null && status >= 500;
