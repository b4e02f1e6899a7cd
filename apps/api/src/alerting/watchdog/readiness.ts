import { Injectable } from '@nestjs/common';
import { Database } from '../../core/db/database.ts';
import { ProblemError } from '../../core/http/problem-error.ts';
import { Metrics } from '../../core/observe/metrics.ts';

/** Whether the database serves, and how busy it is. */
@Injectable()
export class Readiness {
  constructor(
    private readonly db: Database,
    metrics: Metrics,
  ) {
    metrics.gauge('db_connections', 'Open database connections', () => db.pool.totalCount);
    metrics.gauge('db_waiting', 'Requests waiting for a database connection', () => db.pool.waitingCount);
  }

  /** Throws `not-ready` where the database does not answer. */
  async check(): Promise<void> {
    try {
      await this.db.query('select 1');
    } catch (cause) {
      throw new ProblemError('not-ready', { detail: 'The database does not answer.', cause });
    }
  }
}
