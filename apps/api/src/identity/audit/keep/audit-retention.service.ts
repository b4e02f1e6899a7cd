import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../../core/clock.ts';
import { CONFIG, type Config } from '../../../core/config.ts';
import { Database, type Sql } from '../../../core/db/database.ts';
import { wholeOperator } from '../../../core/db/scope.ts';
import { AuditRepository } from '../audit.repository.ts';
import { ChainRepository } from '../chain/chain.repository.ts';
import { Heads } from '../chain/heads.service.ts';
import { AuditSettingRepository } from './audit-setting.repository.ts';

/** Entries deleted in one transaction. */
const BATCH = 2_000;

/** Deletes what an operator's trail no longer keeps. A head that is signed for it is the new beginning of the chain. */
@Injectable()
export class AuditRetention {
  constructor(
    private readonly db: Database,
    private readonly chains: ChainRepository,
    private readonly heads: Heads,
    private readonly settings: AuditSettingRepository,
    private readonly audit: AuditRepository,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Returns how many entries of all operators it deleted. */
  async forget(): Promise<number> {
    const { rows } = await this.db.query<{ id: string }>('select id from resolve_operators() as id');
    let forgotten = 0;
    for (const { id } of rows) forgotten += await this.#forgetOf(id);
    return forgotten;
  }

  async #forgetOf(operatorId: string): Promise<number> {
    const scope = wholeOperator(operatorId);
    const before = await this.db.tx(scope, async (sql) => {
      const months = (await this.settings.retentionMonths(sql, operatorId)) ?? this.config.RETENTION_AUDIT_MONTHS;
      return monthsAgo(this.now(), months);
    });
    const cut = await this.db.tx(scope, (sql) => this.#signCut(sql, operatorId, before));
    let forgotten = 0;
    if (cut !== null)
      forgotten += await this.#inBatches(scope, 'select forget_audit_entries($1, $2, $3) as deleted', operatorId, cut);
    const unchained = 'select forget_unchained_entries($1, $2, $3) as deleted';
    return forgotten + (await this.#inBatches(scope, unchained, operatorId, before));
  }

  /** Signs the last entry that goes and puts the deletion on record; null where nothing is old enough. */
  async #signCut(sql: Sql, operatorId: string, before: Date): Promise<number | null> {
    const frame = await this.chains.end(sql, operatorId);
    const { rows } = await sql.query<{ seq: number; hash: string }>(
      `select seq, encode(hash, 'hex') as hash from audit_entry where operator_id = $1
       and seq = coalesce((select seq - 1 from audit_entry where operator_id = $1 and seq is not null and at >= $2 order by seq limit 1), $3::bigint)`,
      [operatorId, before, frame.seq],
    );
    const cut = rows[0];
    if (cut === undefined) return null;
    await this.heads.sign(sql, operatorId, { ...cut, reason: 'retention' });
    await this.audit.write(
      sql,
      { caller: { operatorId, userId: null, name: 'Loopstart' }, requestId: null },
      {
        verb: 'forget',
        subjectType: 'audit-trail',
        subjectId: operatorId,
        change: { before: before.toISOString(), entries: cut.seq - frame.beginsAfter, upTo: cut.seq },
      },
    );
    return cut.seq;
  }

  async #inBatches(
    scope: Parameters<Database['tx']>[0],
    statement: string,
    operatorId: string,
    limit: number | Date,
  ): Promise<number> {
    let all = 0;
    for (let deleted = BATCH; deleted === BATCH; all += deleted)
      deleted = await this.db.tx(scope, async (sql) => {
        const { rows } = await sql.query<{ deleted: number }>(statement, [operatorId, limit, BATCH]);
        return rows[0]!.deleted;
      });
    return all;
  }
}

/** The same day so many months before, or the last of its month. */
function monthsAgo(now: number, months: number): Date {
  const then = new Date(now);
  const day = then.getUTCDate();
  then.setUTCDate(1);
  then.setUTCMonth(then.getUTCMonth() - months);
  const last = new Date(Date.UTC(then.getUTCFullYear(), then.getUTCMonth() + 1, 0)).getUTCDate();
  then.setUTCDate(Math.min(day, last));
  return then;
}
