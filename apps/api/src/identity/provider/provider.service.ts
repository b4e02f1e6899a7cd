import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { ProviderOperator } from '@loopstart/contracts';
import { brokenTrail, type Quotas } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import { accountAlone, wholeOperator } from '../../core/db/scope.ts';
import type { Person } from '../../core/http/implements.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { type AuditEntry, AuditRepository } from '../audit/index.ts';
import { OwnerInvitation } from '../people/index.ts';
import { LibraryService } from './library.service.ts';
import { ProviderRepository } from './provider.repository.ts';

interface ByProvider {
  caller: Person;
  requestId: string;
}

type OperatorAct = Extract<AuditEntry, { subjectType: 'operator' }>['verb'];

/** An act as its work reports it; null: nothing changed. */
interface Acted<T> {
  result: T;
  change: Record<string, string | number | null> | null;
  before?: Record<string, string | number | null>;
}

/** What people of the provider do. Each act is in the provider's trail and in that of the operator. */
@Injectable()
export class ProviderService {
  constructor(
    private readonly db: Database,
    private readonly operators: ProviderRepository,
    private readonly audit: AuditRepository,
    private readonly owners: OwnerInvitation,
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
    return this.#act(by, operatorId, 'create', async (sql) => {
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
      return { result: { operator: await this.#one(sql, operatorId), link }, change: { name, ownerEmail, ...quotas } };
    });
  }

  inviteFirstOwner(by: ByProvider, operatorId: string, ownerEmail: string) {
    return this.#act(by, operatorId, 'invite-owner', async (sql) => {
      const { name: operatorName } = await this.#one(sql, operatorId);
      const { link } = await this.#invite(sql, by, { operatorId, operatorName }, ownerEmail);
      return { result: { operator: await this.#one(sql, operatorId), link }, change: { ownerEmail } };
    });
  }

  setQuotas(by: ByProvider, operatorId: string, quotas: Quotas): Promise<ProviderOperator> {
    return this.#act(by, operatorId, 'set-quotas', async (sql) => {
      const { quotas: before } = await this.#one(sql, operatorId);
      await this.operators.setQuotas(sql, operatorId, quotas);
      return { result: await this.#one(sql, operatorId), change: { ...quotas }, before: { ...before } };
    });
  }

  suspend(by: ByProvider, operatorId: string, reason: string): Promise<ProviderOperator> {
    return this.#act(by, operatorId, 'suspend', async (sql) => {
      const { suspension } = await this.#one(sql, operatorId);
      // Another reason replaces the first one; since when stays.
      const since = suspension === null ? new Date(this.now()) : new Date(suspension.since);
      await this.operators.setSuspension(sql, operatorId, reason, since);
      return {
        result: await this.#one(sql, operatorId),
        change: { reason },
        before: { reason: suspension?.reason ?? null },
      };
    });
  }

  resume(by: ByProvider, operatorId: string): Promise<ProviderOperator> {
    return this.#act(by, operatorId, 'resume', async (sql) => {
      const { suspension } = await this.#one(sql, operatorId);
      if (suspension === null) return { result: await this.#one(sql, operatorId), change: null };
      await this.operators.setSuspension(sql, operatorId, null, new Date(this.now()));
      return {
        result: await this.#one(sql, operatorId),
        change: { reason: null },
        before: { reason: suspension.reason },
      };
    });
  }

  /** The newest entries, and where the chain is broken. */
  async trail({ accountId }: Person, shown: number) {
    const all = await this.db.tx(accountAlone(accountId), (sql) => this.operators.trail(sql));
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
    return { items, total: all.length, brokenAt: brokenTrail(sha256, all) };
  }

  #invite(
    sql: Sql,
    { caller }: ByProvider,
    operator: { operatorId: string; operatorName: string },
    email: string,
  ): Promise<{ link: string | null }> {
    return this.owners.invite(sql, operator, { email, name: caller.name });
  }

  async #one(sql: Sql, operatorId: string): Promise<ProviderOperator> {
    return found((await this.operators.operators(sql, operatorId))[0]);
  }

  /** The work with both entries, in one transaction that may write rows of this operator alone. */
  #act<T>(
    { caller, requestId }: ByProvider,
    operatorId: string,
    verb: OperatorAct,
    work: (sql: Sql) => Promise<Acted<T>>,
  ): Promise<T> {
    return this.db.tx(wholeOperator(operatorId).as(caller.accountId), async (sql) => {
      const { result, change, before } = await work(sql);
      if (change === null) return result;
      await this.operators.record(sql, verb, operatorId, change, new Date(this.now()));
      await this.audit.write(
        sql,
        // The provider is no member: by name alone.
        { caller: { operatorId, userId: null, name: `${caller.name} (provider)` }, requestId },
        { verb, subjectType: 'operator', subjectId: operatorId, change, ...(before !== undefined && { before }) },
      );
      return result;
    });
  }
}
