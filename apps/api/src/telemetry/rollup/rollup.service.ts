import { Injectable } from '@nestjs/common';
import { Database } from '../../core/db/database.ts';
import { wholeOperator } from '../../core/db/scope.ts';
import { ROLL_UP_DAY, ROLL_UP_HOUR } from './rollup.sql.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

interface Due {
  grain: 'hour' | 'day';
  bucket: Date;
}

/** Computes hours from samples and days from hours. Safe to run twice, also at the same time. */
@Injectable()
export class RollupService {
  constructor(private readonly db: Database) {}

  /** Rolls up everything that is over at `now`; returns how many buckets were computed. */
  async run(now: number): Promise<number> {
    const { rows } = await this.db.query<{ id: string }>('select resolve_operators() as id');
    let computed = 0;
    for (const { id } of rows) {
      // An hour that is computed makes its day due, so hours go first.
      for (const grain of ['hour', 'day'] as const) {
        while (await this.#one(id, grain, now)) computed += 1;
      }
    }
    return computed;
  }

  /** Computes the oldest bucket that is due and over; false where there is none. */
  #one(operatorId: string, grain: Due['grain'], now: number): Promise<boolean> {
    const length = grain === 'hour' ? HOUR_MS : DAY_MS;
    return this.db.tx(wholeOperator(operatorId), async (sql) => {
      const { rows } = await sql.query<Due>(
        `delete from rollup_due where (operator_id, grain, bucket) in (
           select operator_id, grain, bucket from rollup_due where grain = $1 and bucket <= $2 order by bucket limit 1 for update skip locked
         ) returning grain, bucket`,
        [grain, new Date(now - length)],
      );
      const due = rows[0];
      if (due === undefined) return false;
      await sql.query(grain === 'hour' ? ROLL_UP_HOUR : ROLL_UP_DAY, [
        due.bucket,
        new Date(due.bucket.getTime() + length),
      ]);
      if (grain === 'hour') {
        const day = new Date(Math.floor(due.bucket.getTime() / DAY_MS) * DAY_MS);
        await sql.query(
          `insert into rollup_due (operator_id, grain, bucket) values ($1, 'day', $2) on conflict do nothing`,
          [operatorId, day],
        );
      }
      return true;
    });
  }
}
