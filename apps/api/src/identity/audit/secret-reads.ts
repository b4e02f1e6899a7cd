import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database } from '../../core/db/database.ts';
import { AuditRepository } from './audit.repository.ts';
import type { By } from './changes.ts';

const HOUR_MS = 3_600_000;

/** Records that somebody was shown what others do not see, once an hour for each person and thing: a page is opened often. */
@Injectable()
export class SecretReads {
  constructor(
    private readonly db: Database,
    private readonly audit: AuditRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Before the answer leaves: what cannot be recorded is not shown. */
  async addressesOf(by: By, channels: readonly { id: string; name: string }[]): Promise<void> {
    if (channels.length === 0) return;
    await this.db.tx(by.caller.scope, async (sql) => {
      const { rows } = await sql.query<{ id: string }>(
        `select distinct subject_id as id from audit_entry
         where operator_id = $1 and user_id = $2 and at > $3 and verb = 'read-address' and subject_type = 'channel' and subject_id = any ($4)`,
        [by.caller.operatorId, by.caller.userId, new Date(this.now() - HOUR_MS), channels.map(({ id }) => id)],
      );
      const known = new Set(rows.map(({ id }) => id));
      const fresh = channels.filter(({ id }) => !known.has(id));
      await this.audit.write(
        sql,
        by,
        ...fresh.map(({ id, name }) => ({
          verb: 'read-address' as const,
          subjectType: 'channel' as const,
          subjectId: id,
          change: { name },
        })),
      );
    });
  }
}
