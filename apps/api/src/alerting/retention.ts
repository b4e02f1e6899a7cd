import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../core/clock.ts';
import { CONFIG, type Config } from '../core/config.ts';
import { Database } from '../core/db/database.ts';

const MONTH_MS = 31 * 86_400_000;
/** Rows deleted in one transaction. */
const BATCH = 2_000;

/**
 * Forgets alerts that ended longer ago than the history is kept: those that an incident explained, and those nobody was
 * told of. Incidents, their root alerts and timelines are few, and stay as the record of what was told.
 */
@Injectable()
export class AlertRetention {
  constructor(
    private readonly db: Database,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Returns how many alerts were deleted. What is open stays, however old. */
  async forget(): Promise<number> {
    const before = new Date(this.now() - this.config.RETENTION_HISTORY_MONTHS * MONTH_MS);
    const { rows } = await this.db.query<{ id: string }>('select id from resolve_operators() as id');
    let forgotten = 0;
    for (const { id } of rows)
      for (let deleted = BATCH; deleted === BATCH; forgotten += deleted) deleted = await this.#forgetSome(id, before);
    return forgotten;
  }

  #forgetSome(operatorId: string, before: Date): Promise<number> {
    return this.db.tx(operatorId, async (sql) => {
      const { rowCount } = await sql.query(
        `with old as (
           select a.id from alert a where a.operator_id = $1 and a.state = 'resolved' and a.resolved_at < $2
             and not exists (select from incident i where i.root_alert_id = a.id) limit ${BATCH}
         )
         delete from alert a using old where a.id = old.id`,
        [operatorId, before],
      );
      return rowCount ?? 0;
    });
  }
}
