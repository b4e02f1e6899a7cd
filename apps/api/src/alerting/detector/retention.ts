import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { CONFIG, type Config } from '../../core/config.ts';
import { Database } from '../../core/db/database.ts';
import { forgetOld } from '../../core/db/forget-old.ts';

/**
 * Deletes ended alerts that are older than the retention: those that an incident explained, and those never announced.
 * Incidents, their root alerts and timelines are few, and stay as the record of what was announced.
 */
@Injectable()
export class AlertRetention {
  constructor(
    private readonly db: Database,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Returns how many alerts were deleted. Open ones stay, however old. */
  forget(): Promise<number> {
    return forgetOld(this.db, OLD, { now: this.now(), months: this.config.RETENTION_HISTORY_MONTHS });
  }
}

const OLD = `with old as (
    select a.id from alert a where a.operator_id = $1 and a.state = 'resolved' and a.resolved_at < $2
      and not exists (select from incident i where i.root_alert_id = a.id) limit $3
  )
  delete from alert a using old where a.id = old.id`;
