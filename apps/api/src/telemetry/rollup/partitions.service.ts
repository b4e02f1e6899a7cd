import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import pg from 'pg';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { CONFIG, type Config } from '../../core/config.ts';
import { Database } from '../../core/db/database.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const MONTH_MS = 31 * DAY_MS;
/** Created ahead, so that an API that cannot run its jobs for a while can still write. */
const AHEAD_MS = 3 * DAY_MS;

/** How long each partitioned table keeps its rows. */
export function retentionMs(config: Config): Record<string, number> {
  return {
    gateway_sample: config.RETENTION_RAW_HOURS * HOUR_MS,
    gateway_hour: config.RETENTION_HOURLY_DAYS * DAY_MS,
    gateway_day: config.RETENTION_DAILY_DAYS * DAY_MS,
    port_state_change: config.RETENTION_HISTORY_MONTHS * MONTH_MS,
    gateway_event: config.RETENTION_HISTORY_MONTHS * MONTH_MS,
    call_record: config.RETENTION_CALLS_DAYS * DAY_MS,
  };
}

/** Calls older than this are not taken any more: an agent keeps what it cannot send for a week. */
export const CALLS_LATE_MAX_MS = 8 * DAY_MS;
/** How far back partitions are made, where it is less than the retention: with days, there would be hundreds. */
const MADE_BACK_MS: Readonly<Record<string, number>> = { call_record: CALLS_LATE_MAX_MS };

/** Partitions of the telemetry tables: created ahead of time, dropped when their retention is over. */
@Injectable()
export class Partitions implements OnModuleInit {
  constructor(
    private readonly db: Database,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  onModuleInit(): Promise<void> {
    return this.ensure();
  }

  /** Creates every partition that a row which is still taken can need. */
  async ensure(): Promise<void> {
    const now = this.now();
    for (const [table, keepMs] of Object.entries(retentionMs(this.config))) {
      await this.db.query('select ensure_partitions($1, $2, $3)', [
        table,
        new Date(now - Math.min(keepMs, MADE_BACK_MS[table] ?? keepMs)),
        new Date(now + AHEAD_MS),
      ]);
    }
  }

  /**
   * Drops the partitions whose rows are all older than their retention; returns how many. As the owner: the application's
   * own login may not delete history.
   */
  async dropOld(): Promise<number> {
    const now = this.now();
    const owner = new pg.Client({ connectionString: this.config.DATABASE_URL, connectionTimeoutMillis: 10_000 });
    await owner.connect();
    try {
      let dropped = 0;
      for (const [table, keepMs] of Object.entries(retentionMs(this.config))) {
        const { rows } = await owner.query<{ count: number }>('select drop_partitions_before($1, $2) as count', [
          table,
          new Date(now - keepMs),
        ]);
        dropped += rows[0]?.count ?? 0;
      }
      return dropped;
    } finally {
      await owner.end();
    }
  }
}
