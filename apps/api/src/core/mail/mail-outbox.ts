import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { CLOCK, type Clock } from '../clock.ts';
import { PgNotifications } from '../bus/pg-notifications.ts';
import { Signal } from '../bus/signal.ts';
import type { Sql } from '../db/database.ts';
import { LinkTokens } from '../session/link-tokens.ts';
import { Mailer } from './mailer.ts';
import { LINK_PAGES, type MailContent, mailContent, type MailFacts } from './mails.ts';

const CHANNEL = 'loopstart_mail';
/** How long a notice without a link is tried. */
const NOTICE_MS = 2 * 86_400_000;
/** How long the demo keeps mail. */
const KEPT_MS = 7 * 86_400_000;

/** Whose mail it is: an operator's, or an account's where it concerns no operator. */
export type MailOwner = { operatorId: string } | { accountId: string };

/** A link that a mail carries, as LinkTokens made it. */
export interface MailLink {
  id: string;
  tokenHash: Buffer;
  /** After this it is void, and its mail is not sent any more. */
  expiresAt: number;
}

/** What a mail is written from. */
export interface MailRow {
  id: string;
  facts: MailFacts;
  link_hash: Buffer | null;
}

/** The rows from which mail to people is sent: written in the transaction of what they tell of. */
@Injectable()
export class MailOutbox implements OnModuleDestroy {
  readonly notified = new Signal<void>();
  readonly #stop: () => void;

  constructor(
    private readonly mailer: Mailer,
    private readonly tokens: LinkTokens,
    private readonly notifications: PgNotifications,
    @Inject(CLOCK) private readonly now: Clock,
  ) {
    const wake = () => this.notified.emit();
    this.#stop = notifications.listen(CHANNEL, { receive: wake, listening: wake });
  }

  onModuleDestroy(): void {
    this.#stop();
  }

  /** How mail leaves this installation. */
  get mode() {
    return this.mailer.mode;
  }

  /**
   * Adds a mail; it leaves when the transaction has committed. Returns its id, or null where this installation sends none.
   * `link`: what it carries, until when.
   */
  async add(sql: Sql, owner: MailOwner, to: string, facts: MailFacts, link?: MailLink): Promise<string | null> {
    if (this.mode === 'none') return null;
    const id = link?.id ?? crypto.randomUUID();
    const now = this.now();
    const kept = this.mode === 'mailbox';
    if (kept) await sql.query(`delete from mail where state = 'kept' and created_at < $1`, [new Date(now - KEPT_MS)]);
    await sql.query(
      `insert into mail (id, operator_id, account_id, kind, recipient, facts, link_hash, state, next_attempt_at, created_at, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        id,
        'operatorId' in owner ? owner.operatorId : null,
        'accountId' in owner ? owner.accountId : null,
        facts.kind,
        to,
        JSON.stringify(facts),
        link?.tokenHash ?? null,
        kept ? 'kept' : 'waiting',
        kept ? null : new Date(now),
        new Date(now),
        new Date(link?.expiresAt ?? now + NOTICE_MS),
      ],
    );
    await this.notifications.notifyAtCommit(sql, CHANNEL);
    return id;
  }

  /** What a row says, and its link. Throws where the link was made with a key that is not there any more. */
  write({ id, facts, link_hash }: MailRow): MailContent & { link: string | null } {
    const page = LINK_PAGES[facts.kind];
    const link =
      page === undefined || link_hash === null ? null : this.tokens.url(page, this.tokens.again(id, link_hash));
    return { ...mailContent(facts, link), link };
  }

  /** Mail whose link was replaced is not sent any more. */
  async drop(sql: Sql, id: string): Promise<void> {
    await sql.query('delete from mail where id = $1', [id]);
  }
}
