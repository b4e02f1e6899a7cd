import { Inject, Injectable } from '@nestjs/common';
import type { SsoDomain } from '@loopstart/contracts';
import { type DomainNotice, judgeDomain, lostAt, recordOf, type TxtLookup } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../../core/clock.ts';
import { Database, type Sql } from '../../../core/db/database.ts';
import { wholeOperator } from '../../../core/db/scope.ts';
import type { Person } from '../../../core/http/implements.ts';
import type { Pace } from '../../../core/http/pace.ts';
import { PaceRepository } from '../../../core/http/pace.repository.ts';
import { found, tooFast } from '../../../core/http/problem-error.ts';
import { MailOutbox } from '../../../core/mail/mail-outbox.ts';
import { LOGGER, type Logger } from '../../../core/observe/logger.ts';
import { AuditRepository } from '../../audit/index.ts';
import { DomainRepository, type DomainRow } from './domain.repository.ts';
import { toDomain } from './domain-view.ts';
import { TxtRecords } from './txt-records.ts';

/** Look-ups that somebody asks for, of one operator. */
const PACE: Pace = { burst: 20, intervalMs: 30_000 };
/** How many domains one run looks up. */
const AT_ONCE = 500;

interface Who {
  operatorId: string;
  /** Null: Loopstart itself. */
  userId: string | null;
  name: string;
  requestId: string | null;
}

/** Looks up whether domains of connections have their record, and notifies owners before one is lost. */
@Injectable()
export class DomainProofs {
  constructor(
    private readonly db: Database,
    private readonly domains: DomainRepository,
    private readonly records: TxtRecords,
    private readonly paces: PaceRepository,
    private readonly outbox: MailOutbox,
    private readonly audit: AuditRepository,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** On request. Throws `not-found` where no connection names the domain, and `too-many-requests`. */
  async check({ operatorId, userId, name }: Person, domain: string, requestId: string): Promise<SsoDomain> {
    const waitMs = await this.paces.take([{ key: `domain ${operatorId}`, pace: PACE }], this.now());
    if (waitMs > 0) throw tooFast(waitMs);
    return toDomain(found(await this.#check({ operatorId, userId, name, requestId }, domain)), this.now());
  }

  /** The daily look-ups that are due. One that fails does not stop the others. */
  async checkDue(): Promise<void> {
    for (const { operatorId, domain } of await this.domains.due(new Date(this.now()), AT_ONCE))
      try {
        await this.#check({ operatorId, userId: null, name: 'Loopstart', requestId: null }, domain);
      } catch (error) {
        this.log.error({ err: error, operatorId, domain }, 'failed to check a domain of single sign-on');
      }
  }

  async #check(who: Who, domain: string): Promise<DomainRow | null> {
    const scope = wholeOperator(who.operatorId);
    // Outside of a transaction: DNS may take seconds.
    const before = await this.db.tx(scope, (sql) => this.domains.lock(sql, who.operatorId, domain));
    if (before === null) return null;
    const records = await this.records.of(domain);
    const wanted = recordOf(before.token);
    const lookup = records === null ? 'no-answer' : records.some((one) => one.trim() === wanted) ? 'seen' : 'absent';
    const judge = () => this.db.tx(scope, (sql) => this.#judge(sql, who, domain, lookup));
    try {
      return await judge();
    } catch (error) {
      // Another operator proved it in between: now it is taken.
      if ((error as { code?: string }).code !== '23505') throw error;
      return judge();
    }
  }

  async #judge(sql: Sql, who: Who, domain: string, lookup: TxtLookup): Promise<DomainRow | null> {
    const row = await this.domains.lock(sql, who.operatorId, domain);
    if (row === null) return null;
    const now = this.now();
    const { proof, notice } = judgeDomain(row.proof, lookup, { isTaken: row.isTaken, now });
    await this.domains.checked(sql, row, proof, lookup, new Date(now));
    const after: DomainRow = { ...row, proof, lastLookup: lookup, checkedAt: new Date(now) };
    if (notice !== null) await this.#notify(sql, after, notice);
    if (proof.state !== row.proof.state) await this.#record(sql, who, row, after);
    return after;
  }

  async #notify(sql: Sql, row: DomainRow, notice: DomainNotice): Promise<void> {
    const { operatorId, domain, proof } = row;
    const record = recordOf(row.token);
    const until = new Date((notice === 'missing' ? lostAt(proof) : proof.countsUntil) ?? this.now()).toUTCString();
    for (const { email, name } of await this.domains.owners(sql, operatorId))
      await this.outbox.add(
        sql,
        { operatorId },
        email,
        notice === 'lost'
          ? { kind: 'domain-lost', name, domain, record }
          : { kind: `domain-${notice}`, name, domain, record, until },
      );
  }

  async #record(sql: Sql, { requestId, ...caller }: Who, before: DomainRow, after: DomainRow): Promise<void> {
    const { operatorId, domain } = after;
    for (const subjectId of await this.domains.connectionsOf(sql, operatorId, domain))
      await this.audit.write(
        sql,
        { caller, requestId },
        {
          verb: after.proof.state === 'proven' ? 'prove-domain' : 'lose-domain',
          subjectType: 'sso-connection',
          subjectId,
          change: { domain, state: after.proof.state },
          before: { state: before.proof.state },
        },
      );
  }
}
