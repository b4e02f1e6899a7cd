import { Inject, Injectable } from '@nestjs/common';
import type { LibraryContent, LibraryObject } from '@loopstart/contracts';
import { type PublishedMode, publishedPolicyFaults, publishedRoleFaults } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database, enter, type Sql } from '../../core/db/database.ts';
import { accountAlone, wholeOperators } from '../../core/db/scope.ts';
import type { Person } from '../../core/http/implements.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { type AuditEntry, AuditRepository } from '../audit/index.ts';
import { LibraryRepository, nameOf } from './library.repository.ts';
import type { ByProvider } from './operator-acts.ts';
import { ProviderRepository } from './provider.repository.ts';

type LibraryAct = Extract<AuditEntry, { subjectType: 'publication' }>['verb'];

interface Published {
  idempotencyKey: string;
  mode: PublishedMode;
  operatorIds: readonly string[] | null;
  object: LibraryContent;
}

/**
 * What people of the provider publish. Each act takes effect for every operator in one transaction, and is in the trail of
 * the provider and of each of these operators.
 */
@Injectable()
export class LibraryService {
  constructor(
    private readonly db: Database,
    private readonly publications: LibraryRepository,
    private readonly operators: ProviderRepository,
    private readonly audit: AuditRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  list({ accountId }: Person): Promise<LibraryObject[]> {
    return this.db.tx(accountAlone(accountId), (sql) => this.publications.all(sql));
  }

  /** Throws `invalid-input`, `not-found` for an operator that is none, and `already-exists` for a name that is published. */
  publish(by: ByProvider, { idempotencyKey: id, mode, operatorIds, object }: Published): Promise<LibraryObject> {
    refuseFaults(object);
    return this.#act(by, async (sql, at) => {
      const repeated = (await this.publications.all(sql, id))[0];
      if (repeated !== undefined) return repeated;
      const known = new Set((await this.operators.operators(sql)).map((operator) => operator.id));
      if (operatorIds?.some((one) => !known.has(one)) === true)
        throw new ProblemError('not-found', { fields: [{ path: 'body.operatorIds', expected: 'operators' }] });
      await this.#refuseName(sql, object, null);
      if (!(await this.publications.publish(sql, id, object, { mode, operatorIds }, at)))
        throw new ProblemError('already-exists', { detail: 'This was published and withdrawn: use another key.' });
      const published = await this.#one(sql, id);
      await this.#record(sql, by, 'publish', published, at);
      return published;
    });
  }

  /** Throws `invalid-input`, `not-found`, and `version-passed`. */
  publishVersion(by: ByProvider, id: string, from: number, object: LibraryContent): Promise<LibraryObject> {
    refuseFaults(object);
    return this.#act(by, async (sql, at) => {
      const before = await this.#one(sql, id);
      if (before.object.kind !== object.kind)
        throw new ProblemError('invalid-input', {
          fields: [{ path: 'body.object.kind', expected: before.object.kind }],
        });
      await this.#refuseName(sql, object, id);
      if (!(await this.publications.publishVersion(sql, id, from, object, at)))
        throw new ProblemError('version-passed', { detail: `The present version is ${before.version}.` });
      const published = await this.#one(sql, id);
      await this.#record(sql, by, 'publish-version', published, at);
      return published;
    });
  }

  /** Throws `not-found`, also where it was withdrawn before. */
  withdraw(by: ByProvider, id: string): Promise<void> {
    return this.#act(by, async (sql, at) => {
      const before = await this.#one(sql, id);
      if (!(await this.publications.withdraw(sql, id, at))) throw new ProblemError('not-found');
      await this.#record(sql, by, 'unpublish', before, at);
    });
  }

  /** Puts on record, for an operator that was just made, what it has from the provider. */
  async welcome(sql: Sql, { caller, requestId }: ByProvider, operatorId: string): Promise<void> {
    const entries = (await this.publications.placedAt(sql, operatorId)).map(
      ({ objectId, kind, mode, name, version }): AuditEntry => ({
        verb: 'publish',
        subjectType: 'publication',
        subjectId: objectId,
        change: { kind, name, mode, version },
      }),
    );
    await this.audit.write(sql, authorOf(operatorId, caller, requestId), ...entries);
  }

  #act<T>({ caller }: ByProvider, work: (sql: Sql, at: Date) => Promise<T>): Promise<T> {
    return this.db.tx(accountAlone(caller.accountId), async (sql) => {
      await this.publications.lock(sql);
      return work(sql, new Date(this.now()));
    });
  }

  async #one(sql: Sql, id: string): Promise<LibraryObject> {
    return found((await this.publications.all(sql, id))[0]);
  }

  async #refuseName(sql: Sql, object: LibraryContent, except: string | null): Promise<void> {
    const name = nameOf(object);
    const same = (one: LibraryObject) =>
      one.id !== except && one.object.kind === object.kind && nameOf(one.object).toLowerCase() === name.toLowerCase();
    if ((await this.publications.all(sql)).some(same))
      throw new ProblemError('already-exists', { detail: `A ${object.kind} ${name} is published already.` });
  }

  /** The last of a transaction: from here on it sees the operators concerned, to write into their trails. */
  async #record(
    sql: Sql,
    { caller, requestId }: ByProvider,
    verb: LibraryAct,
    { id, object, mode, version, forAll, operatorIds }: LibraryObject,
    at: Date,
  ): Promise<void> {
    const facts = { kind: object.kind, name: nameOf(object), mode, version };
    await this.publications.record(sql, verb, id, { ...facts, forAll, operators: operatorIds.length }, at);
    await enter(sql, wholeOperators(operatorIds).as(caller.accountId));
    for (const operatorId of operatorIds)
      await this.audit.write(sql, authorOf(operatorId, caller, requestId), {
        verb,
        subjectType: 'publication',
        subjectId: id,
        // What a withdrawal leaves behind is what was in force.
        change: verb === 'unpublish' ? facts : { ...facts, content: object.content },
      });
  }
}

/** The provider is no member: by name alone. */
const authorOf = (operatorId: string, { name }: Person, requestId: string) => ({
  caller: { operatorId, userId: null, name: `${name} (provider)` },
  requestId,
});

function refuseFaults(object: LibraryContent): void {
  const faults = object.kind === 'policy' ? publishedPolicyFaults(object.content) : publishedRoleFaults(object.content);
  if (faults.length > 0)
    throw new ProblemError('invalid-input', {
      fields: faults.map(({ path, expected }) => ({ path: `body.object.content.${path}`, expected })),
    });
}
