import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { ProviderOperator } from '@loopstart/contracts';
import { brokenTrail, contradictedBy, type Quotas } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import { accountAlone } from '../../core/db/scope.ts';
import type { Person } from '../../core/http/implements.ts';
import { ProblemError } from '../../core/http/problem-error.ts';
import { OwnerInvitation } from '../people/index.ts';
import { LibraryService } from './library.service.ts';
import { type ByProvider, OperatorActs } from './operator-acts.ts';
import { ProviderHeads } from './provider-heads.service.ts';
import { ProviderRepository } from './provider.repository.ts';

/** What people of the provider do. Each act is in the provider's trail and in that of the operator. */
@Injectable()
export class ProviderService {
  constructor(
    private readonly db: Database,
    private readonly operators: ProviderRepository,
    private readonly acts: OperatorActs,
    private readonly owners: OwnerInvitation,
    private readonly heads: ProviderHeads,
    private readonly library: LibraryService,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  list({ accountId }: Person): Promise<ProviderOperator[]> {
    return this.db.tx(accountAlone(accountId), (sql) => this.operators.operators(sql));
  }

  create(
    by: ByProvider,
    { name, ownerEmail, quotas }: { name: string; ownerEmail: string; quotas: Quotas },
  ): Promise<{ operator: ProviderOperator; link: string | null }> {
    const operatorId = crypto.randomUUID();
    return this.acts.act(by, operatorId, 'create', async (sql) => {
      const same = (await this.operators.operators(sql)).some((one) => one.name.toLowerCase() === name.toLowerCase());
      if (same) throw new ProblemError('already-exists', { detail: `There is an operator ${name} already.` });
      await sql.query('insert into operator (id, name, created_at) values ($1, $2, $3)', [
        operatorId,
        name,
        new Date(this.now()),
      ]);
      await this.library.welcome(sql, by, operatorId);
      await this.operators.setQuotas(sql, operatorId, quotas);
      const { link } = await this.#invite(sql, by, { operatorId, operatorName: name }, ownerEmail);
      return {
        result: { operator: await this.acts.one(sql, operatorId), link },
        change: { name, ownerEmail, ...quotas },
      };
    });
  }

  inviteFirstOwner(by: ByProvider, operatorId: string, ownerEmail: string) {
    return this.acts.act(by, operatorId, 'invite-owner', async (sql) => {
      const { name: operatorName } = await this.acts.one(sql, operatorId);
      const { link } = await this.#invite(sql, by, { operatorId, operatorName }, ownerEmail);
      return { result: { operator: await this.acts.one(sql, operatorId), link }, change: { ownerEmail } };
    });
  }

  setQuotas(by: ByProvider, operatorId: string, quotas: Quotas): Promise<ProviderOperator> {
    return this.acts.act(by, operatorId, 'set-quotas', async (sql) => {
      const { quotas: before } = await this.acts.one(sql, operatorId);
      await this.operators.setQuotas(sql, operatorId, quotas);
      return { result: await this.acts.one(sql, operatorId), change: { ...quotas }, before: { ...before } };
    });
  }

  suspend(by: ByProvider, operatorId: string, reason: string): Promise<ProviderOperator> {
    return this.acts.act(by, operatorId, 'suspend', async (sql) => {
      const { suspension, deletion } = await this.acts.one(sql, operatorId);
      if (deletion?.byProvider === true)
        throw new ProblemError('in-use', { detail: 'Its owners may object to its deletion: withdraw that first.' });
      // Another reason replaces the first one; since when stays.
      const since = suspension === null ? new Date(this.now()) : new Date(suspension.since);
      await this.operators.setSuspension(sql, operatorId, reason, since);
      return {
        result: await this.acts.one(sql, operatorId),
        change: { reason },
        before: { reason: suspension?.reason ?? null },
      };
    });
  }

  resume(by: ByProvider, operatorId: string): Promise<ProviderOperator> {
    return this.acts.act(by, operatorId, 'resume', async (sql) => {
      const { suspension } = await this.acts.one(sql, operatorId);
      if (suspension === null) return { result: await this.acts.one(sql, operatorId), change: null };
      await this.operators.setSuspension(sql, operatorId, null, new Date(this.now()));
      return {
        result: await this.acts.one(sql, operatorId),
        change: { reason: null },
        before: { reason: suspension.reason },
      };
    });
  }

  /** The newest entries, and where the chain is broken. */
  async trail({ accountId }: Person, shown: number) {
    const { all, heads } = await this.db.tx(accountAlone(accountId), async (sql) => ({
      all: await this.operators.trail(sql),
      heads: await this.heads.all(sql),
    }));
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    const items = all
      .slice(-shown)
      .toReversed()
      .map(({ seq, at, name, verb, subjectId, subjectName, change }) => ({
        seq,
        at: new Date(at).toISOString(),
        by: name,
        verb,
        subject: { id: subjectId, name: subjectName },
        change: JSON.parse(change) as Record<string, unknown>,
      }));
    const last = heads.at(-1);
    return {
      items,
      total: all.length,
      brokenAt: brokenTrail(sha256, all) ?? contradictedBy(all, heads),
      signed: last === undefined ? null : { seq: last.seq, at: last.at },
    };
  }

  #invite(
    sql: Sql,
    { caller }: ByProvider,
    operator: { operatorId: string; operatorName: string },
    email: string,
  ): Promise<{ link: string | null }> {
    return this.owners.invite(sql, operator, { email, name: caller.name });
  }
}
