import { Inject, Injectable } from '@nestjs/common';
import type { OperatorDeletion } from '@loopstart/contracts';
import { canWithdraw, deletionDue, deletionState, type Touched } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import { linesTouched, refuseWiderThan } from '../../core/fleet/blast-radius.ts';
import type { Person } from '../../core/http/implements.ts';
import { ProblemError } from '../../core/http/problem-error.ts';
import { refused } from '../../core/http/refuse.ts';
import { type By, Changes } from '../../identity/audit/index.ts';
import { DeletionRepository } from './deletion.repository.ts';

type ByPerson = By & { caller: Person };

/** The first step of a deletion: requested by an owner, and withdrawn until the rows go. */
@Injectable()
export class DeletionService {
  constructor(
    private readonly db: Database,
    private readonly deletions: DeletionRepository,
    private readonly changes: Changes,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  get({ scope, operatorId }: Person): Promise<OperatorDeletion> {
    return this.db.tx(scope, (sql) => this.#view(sql, operatorId));
  }

  /** Throws `invalid-input` where the name is another, and `confirm-lines` where the figures are. */
  request(by: ByPerson, { name, confirm }: { name: string; confirm?: Touched | undefined }): Promise<OperatorDeletion> {
    const { operatorId, operatorName, rights } = by.caller;
    if (name !== operatorName) throw refused('body.name', `the name of the operator: ${operatorName}`);
    return this.changes.make(by, async (sql) => {
      await sql.query(`select pg_advisory_xact_lock(hashtext('loopstart.operator-deletion'), hashtext($1))`, [
        operatorId,
      ]);
      if ((await this.deletions.of(sql, operatorId)) !== null)
        throw new ProblemError('already-exists', { detail: 'The deletion is requested already.' });
      await refuseWiderThan(sql, rights, {}, confirm);
      const at = this.now();
      const dueAt = deletionDue(at);
      await this.deletions.set(sql, operatorId, { at, dueAt, by: by.caller.name });
      const result = await this.#view(sql, operatorId);
      const change = { dueAt: new Date(dueAt).toISOString(), ...result.touched };
      return {
        result,
        audit: { verb: 'request-deletion', subjectType: 'operator', subjectId: operatorId, change },
      };
    });
  }

  withdraw(by: ByPerson): Promise<OperatorDeletion> {
    const { operatorId } = by.caller;
    return this.changes.make(by, async (sql) => {
      const former = await this.deletions.of(sql, operatorId);
      if (former === null) return { result: await this.#view(sql, operatorId), audit: null };
      if (!canWithdraw(deletionState(former, this.now())))
        throw new ProblemError('in-use', { detail: 'Rows are gone already: this deletion cannot be withdrawn.' });
      await this.deletions.set(sql, operatorId, { at: this.now(), dueAt: null, by: by.caller.name });
      return {
        result: await this.#view(sql, operatorId),
        audit: { verb: 'withdraw-deletion', subjectType: 'operator', subjectId: operatorId, change: {} },
      };
    });
  }

  async #view(sql: Sql, operatorId: string): Promise<OperatorDeletion> {
    const deletion = await this.deletions.of(sql, operatorId);
    const iso = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString());
    return {
      state: deletionState(deletion, this.now()),
      requestedBy: deletion?.requestedBy ?? null,
      requestedAt: iso(deletion?.requestedAt),
      dueAt: iso(deletion?.dueAt),
      touched: await linesTouched(sql, {}),
    };
  }
}
