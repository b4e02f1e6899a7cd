import { Injectable } from '@nestjs/common';
import { Database } from '../../core/db/database.ts';
import type { Caller } from '../../core/http/implements.ts';
import { MailOutbox, type MailRow } from '../../core/mail/mail-outbox.ts';

const SHOWN_MAX = 100;

/**
 * Mail of the demo, which is kept instead of sent: what the caller's operator sent, and what went to the caller. Mail to a
 * colleague's account, such as a reset, belongs to that colleague here too.
 */
@Injectable()
export class Mailbox {
  constructor(
    private readonly db: Database,
    private readonly outbox: MailOutbox,
  ) {}

  async list({ scope }: Caller) {
    if (this.outbox.mode !== 'mailbox') return { demo: false, items: [] };
    const { rows } = await this.db.tx(scope, (sql) =>
      sql.query<MailRow & { recipient: string; created_at: Date }>(
        `select id, recipient, facts, link_hash, created_at from mail where state = 'kept' order by created_at desc, id limit $1`,
        [SHOWN_MAX],
      ),
    );
    const items = rows.map((row) => {
      const { subject, text, link } = this.outbox.write(row);
      return { id: row.id, at: row.created_at.toISOString(), to: row.recipient, subject, text, link };
    });
    return { demo: true, items };
  }
}
