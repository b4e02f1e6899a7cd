import { Inject, Injectable } from '@nestjs/common';
import { AgentSignals } from '../../agents/registry/index.ts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database } from '../../core/db/database.ts';
import { wholeOperator } from '../../core/db/scope.ts';
import { linesTouched } from '../../core/fleet/blast-radius.ts';
import { LOGGER, type Logger } from '../../core/observe/logger.ts';
import { AuditEnds } from '../../identity/audit/index.ts';

/** Rows of each table deleted in one transaction. */
const BATCH = 20_000;
/** How often rows that came meanwhile are removed before the next run goes on. */
const ROUNDS = 20;

/** The second step of a deletion: the rows go, in batches, and what was begun is continued after a restart. */
@Injectable()
export class Removal {
  constructor(
    private readonly db: Database,
    private readonly ends: AuditEnds,
    private readonly signals: AgentSignals,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** Removes the operators whose time has come. Returns how many. */
  async removeDue(): Promise<number> {
    const { rows } = await this.db.query<{ id: string }>('select id from resolve_due_deletions($1) as id', [
      new Date(this.now()),
    ]);
    for (const { id } of rows) await this.#remove(id);
    return rows.length;
  }

  async #remove(operatorId: string): Promise<void> {
    await this.#begin(operatorId);
    let gone = 0;
    let ended = false;
    for (let round = 1; !ended; round += 1) {
      gone += await this.#removeRows(operatorId);
      ended = await this.#end(operatorId).catch((error: unknown) => {
        // What was being written when the removal began may come after the last batch.
        if (round < ROUNDS && areRowsLeft(error)) return false;
        throw error;
      });
    }
    this.log.info({ operatorId, rows: gone }, 'removed an operator');
  }

  async #removeRows(operatorId: string): Promise<number> {
    let gone = 0;
    for (let some = 1; some > 0; gone += some)
      some = await this.db.tx(wholeOperator(operatorId), async (sql) => {
        const { rows } = await sql.query<{ gone: number }>('select remove_operator_rows($1, $2) as gone', [
          operatorId,
          BATCH,
        ]);
        return rows[0]!.gone;
      });
    return gone;
  }

  async #end(operatorId: string): Promise<true> {
    await this.db.tx(wholeOperator(operatorId), async (sql) => {
      await sql.query('select remove_operator($1)', [operatorId]);
      await sql.query('select forget_homeless_accounts()');
    });
    return true;
  }

  /** The signed end of the audit trail is what stays; agents are shut out before anything goes. */
  async #begin(operatorId: string): Promise<void> {
    const now = new Date(this.now());
    const agents = await this.db.tx(wholeOperator(operatorId), async (sql) => {
      const head = await this.ends.sign(sql, operatorId);
      const touched = await linesTouched(sql, {});
      const proof = { ...touched, auditEnd: head };
      const { rows } = await sql.query<{ began: boolean }>('select begin_operator_removal($1, $2, $3) as began', [
        operatorId,
        now,
        JSON.stringify(proof),
      ]);
      if (rows[0]?.began !== true) return [];
      const { rows: revoked } = await sql.query<{ id: string }>(
        'update agent set revoked_at = coalesce(revoked_at, $2) where operator_id = $1 returning id',
        [operatorId, now],
      );
      return revoked.map(({ id }) => id);
    });
    for (const agentId of agents) this.signals.emit({ type: 'revoked', agentId, operatorId });
  }
}

/** Raised by `remove_operator`, or by the database where a row came right then. */
const areRowsLeft = (error: unknown): boolean =>
  error instanceof Error &&
  (error.message === 'rows of the operator are left' || (error as { code?: string }).code === '23503');
