import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { CONFIG, type Config } from '../../core/config.ts';
import { Database } from '../../core/db/database.ts';
import { forgetOld } from '../../core/db/forget-old.ts';

/** Deletes messages that are older than the retention. */
@Injectable()
export class OutboxRetention {
  constructor(
    private readonly db: Database,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Deletes messages with their deliveries and attempts; pending ones stay. Returns how many messages. */
  forget(): Promise<number> {
    return forgetOld(this.db, OLD, { now: this.now(), months: this.config.RETENTION_HISTORY_MONTHS });
  }
}

const OLD = `with old as (
    select m.id from outbox_message m where m.operator_id = $1 and m.created_at < $2
      and not exists (select from delivery d where d.message_id = m.id and d.state in ('pending', 'sending')) limit $3
  ), deliveries as (delete from delivery d using old where d.message_id = old.id)
  delete from outbox_message m using old where m.id = old.id`;
