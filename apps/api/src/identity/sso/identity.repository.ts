import { Injectable } from '@nestjs/common';
import type { MappedRole, NewcomerFacts } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { DomainRepository } from './domains/domain.repository.ts';
import type { ConnectionRow } from './connection.repository.ts';
import { NewcomerRepository } from './newcomer.repository.ts';
import type { ProvidedPerson } from './oidc-client.ts';

/** What an operator knows about a person who comes. */
export interface FoundPerson {
  facts: NewcomerFacts;
  /** The member, linked or by address; null: none. */
  userId: string | null;
  /** The account of the address; null: none. */
  accountId: string | null;
  invitation: ({ id: string } & MappedRole) | null;
}

/** People of identity providers and the members that they are. */
@Injectable()
export class IdentityRepository {
  constructor(
    private readonly newcomers: NewcomerRepository,
    private readonly domains: DomainRepository,
  ) {}

  /** Until the transaction ends, nobody else decides about the same person: what one makes, the next finds whole. */
  async lock(sql: Sql, connection: ConnectionRow, { issuer, subject }: ProvidedPerson): Promise<void> {
    await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
      JSON.stringify(['single-sign-on', connection.id, issuer, subject]),
    ]);
  }

  async find(sql: Sql, connection: ConnectionRow, person: ProvidedPerson, now: Date): Promise<FoundPerson> {
    const { operatorId, provisions } = connection;
    const domains = await this.domains.speaking(sql, operatorId, connection.domains, now);
    const facts = { linked: null, email: person.email, domains, account: null, invited: false, provisions };
    const linked = await sql.query<{ userId: string; removed: boolean }>(
      `select i.user_id as "userId", u.removed_at is not null as removed from sso_identity i join app_user u on u.id = i.user_id
       where i.connection_id = $1 and i.issuer = $2 and i.subject = $3`,
      [connection.id, person.issuer, person.subject],
    );
    const [known] = linked.rows;
    if (known !== undefined)
      return {
        facts: { ...facts, linked: { removed: known.removed } },
        userId: known.userId,
        accountId: null,
        invitation: null,
      };
    if (person.email === null) return { facts, userId: null, accountId: null, invitation: null };
    const account = await this.#accountOf(sql, connection, person, person.email.address);
    const invitation = await this.newcomers.invitationOf(sql, person.email.address, now);
    return {
      facts: { ...facts, account: account?.facts ?? null, invited: invitation !== null },
      userId: account?.userId ?? null,
      accountId: account?.accountId ?? null,
      invitation,
    };
  }

  /** Links a person and a member. Of several at once one succeeds; the others throw a unique violation. */
  async link(
    sql: Sql,
    { id, operatorId }: ConnectionRow,
    { issuer, subject }: ProvidedPerson,
    userId: string,
    at: Date,
  ): Promise<void> {
    await sql.query(
      `insert into sso_identity (operator_id, connection_id, issuer, subject, user_id, linked_at) values ($1, $2, $3, $4, $5, $6)`,
      [operatorId, id, issuer, subject, userId, at],
    );
  }

  async used(sql: Sql, { id }: ConnectionRow, { issuer, subject }: ProvidedPerson, at: Date): Promise<void> {
    await sql.query(
      'update sso_identity set last_sign_in_at = $4 where connection_id = $1 and issuer = $2 and subject = $3',
      [id, issuer, subject, at],
    );
  }

  async #accountOf(sql: Sql, connection: ConnectionRow, { issuer }: ProvidedPerson, email: string) {
    const account = await this.newcomers.accountOf(sql, connection.operatorId, email);
    if (account === null) return null;
    const { accountId, worksElsewhere, member } = account;
    if (member === null) return { accountId, userId: null, facts: { worksElsewhere, member: null } };
    const { rows } = await sql.query<{ linked: boolean }>(
      'select exists (select from sso_identity i where i.connection_id = $1 and i.issuer = $2 and i.user_id = $3) as linked',
      [connection.id, issuer, member.userId],
    );
    const { userId, isOwner, removedAt } = member;
    const facts = { removed: removedAt !== null, isOwner, linkedOtherwise: rows[0]!.linked };
    return { accountId, userId, facts: { worksElsewhere, member: facts } };
  }
}
