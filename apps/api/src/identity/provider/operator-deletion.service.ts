import { Inject, Injectable } from '@nestjs/common';
import type { ProviderOperator } from '@loopstart/contracts';
import { deletionDue } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import type { Sql } from '../../core/db/database.ts';
import { ProblemError } from '../../core/http/problem-error.ts';
import { refused } from '../../core/http/refuse.ts';
import { MailOutbox } from '../../core/mail/mail-outbox.ts';
import { OperatorActs, type ByProvider } from './operator-acts.ts';
import { ProviderRepository } from './provider.repository.ts';

/**
 * The deletion of an operator that the provider requests. The rows go two weeks later, as where an owner requests it; until
 * then each owner, who is told by mail, can withdraw it.
 */
@Injectable()
export class OperatorDeletionService {
  constructor(
    private readonly acts: OperatorActs,
    private readonly operators: ProviderRepository,
    private readonly mails: MailOutbox,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Throws `invalid-input` where the name is another, `confirm-lines` where the count is, and `in-use` where owners could not object. */
  request(by: ByProvider, operatorId: string, asked: { name: string; lines: number }): Promise<ProviderOperator> {
    return this.acts.act(by, operatorId, 'request-deletion', async (sql) => {
      const { name, usage, suspension, deletion } = await this.acts.one(sql, operatorId);
      if (asked.name !== name) throw refused('body.name', `the name of the operator: ${name}`);
      if (asked.lines !== usage.ports)
        throw new ProblemError('confirm-lines', { detail: `It has ${usage.ports} lines in service now.` });
      if (deletion !== null) throw new ProblemError('already-exists', { detail: 'The deletion is requested already.' });
      if (suspension !== null)
        throw new ProblemError('in-use', {
          detail: 'It is suspended, and its owners could not object: resume it first.',
        });
      const at = this.now();
      const dueAt = new Date(deletionDue(at)).toISOString();
      if (!(await this.operators.setDeletion(sql, operatorId, new Date(at), new Date(dueAt))))
        throw new ProblemError('already-exists', { detail: 'The deletion is requested already.' });
      const owners = await this.#owners(sql, operatorId);
      for (const owner of owners)
        await this.mails.add(sql, { operatorId }, owner.email, {
          kind: 'deletion-requested',
          name: owner.name,
          operator: name,
          dueAt,
          lines: usage.ports,
        });
      return {
        result: await this.acts.one(sql, operatorId),
        change: { dueAt, lines: usage.ports, ownersTold: this.mails.mode === 'none' ? 0 : owners.length },
      };
    });
  }

  /** Throws `not-found` where the provider requested none, and `in-use` where rows are gone already. */
  withdraw(by: ByProvider, operatorId: string): Promise<ProviderOperator> {
    return this.acts.act(by, operatorId, 'withdraw-deletion', async (sql) => {
      const { deletion } = await this.acts.one(sql, operatorId);
      if (deletion?.byProvider !== true) throw new ProblemError('not-found');
      if (!(await this.operators.setDeletion(sql, operatorId, new Date(this.now()), null)))
        throw new ProblemError('in-use', { detail: 'Rows are gone already: this deletion cannot be withdrawn.' });
      return { result: await this.acts.one(sql, operatorId), change: {} };
    });
  }

  async #owners(sql: Sql, operatorId: string): Promise<{ email: string; name: string }[]> {
    const { rows } = await sql.query<{ email: string; name: string }>(
      `select email, name from person where operator_id = $1 and role = 'owner' and removed_at is null order by id`,
      [operatorId],
    );
    return rows;
  }
}
