import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../core/clock.ts';
import { CONFIG, type Config } from '../core/config.ts';
import { Database } from '../core/db/database.ts';

const MONTH_MS = 31 * 86_400_000;
/** Messages deleted in one transaction. */
const BATCH = 2_000;

/** Forgets what was told longer ago than the history is kept. */
@Injectable()
export class OutboxRetention {
  constructor(
    private readonly db: Database,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Deletes messages with their deliveries and attempts; what still waits to be sent stays. Returns how many messages. */
  async forget(): Promise<number> {
    const before = new Date(this.now() - this.config.RETENTION_HISTORY_MONTHS * MONTH_MS);
    const { rows } = await this.db.query<{ id: string }>('select id from resolve_operators() as id');
    let forgotten = 0;
    for (const { id } of rows) {
      for (let deleted = BATCH; deleted === BATCH; forgotten += deleted) deleted = await this.#forgetSome(id, before);
    }
    return forgotten;
  }

  #forgetSome(operatorId: string, before: Date): Promise<number> {
    return this.db.tx(operatorId, async (sql) => {
      const { rowCount } = await sql.query(
        `with old as (
           select m.id from outbox_message m where m.operator_id = $1 and m.created_at < $2
             and not exists (select from delivery d where d.message_id = m.id and d.state in ('pending', 'sending')) limit ${BATCH}
         ), deliveries as (delete from delivery d using old where d.message_id = old.id)
         delete from outbox_message m using old where m.id = old.id`,
        [operatorId, before],
      );
      return rowCount ?? 0;
    });
  }
}
