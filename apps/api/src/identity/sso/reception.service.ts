import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { admitPerson, mapRole } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import { wholeOperator } from '../../core/db/scope.ts';
import { found } from '../../core/http/problem-error.ts';
import { AuditRepository } from '../audit/index.ts';
import { copyOf, MemberRepository } from '../people/index.ts';
import type { ConnectionRow } from './connection.repository.ts';
import { type FoundPerson, IdentityRepository } from './identity.repository.ts';
import { NewcomerRepository } from './newcomer.repository.ts';
import type { ProvidedPerson } from './oidc-client.ts';
import { Refusal } from './refusal.ts';
import { RoleUpdate } from './role-update.ts';

/** A member who may come in. */
export interface Received {
  userId: string;
  accountId: string;
  email: string;
}

/** Decides who the person of a provider is here, links them, and gives them the role of their groups: all or nothing. */
@Injectable()
export class Reception {
  constructor(
    private readonly db: Database,
    private readonly identities: IdentityRepository,
    private readonly members: MemberRepository,
    private readonly newcomers: NewcomerRepository,
    private readonly roles: RoleUpdate,
    private readonly audit: AuditRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Throws Refusal. Where another person takes the same address at once, the second try finds what the first made. */
  async receive(connection: ConnectionRow, person: ProvidedPerson, requestId: string): Promise<Received> {
    try {
      return await this.#receive(connection, person, requestId);
    } catch (error) {
      if ((error as { code?: string }).code !== '23505') throw error;
      return this.#receive(connection, person, requestId);
    }
  }

  /** Links the person to a member who is signed in. Throws Refusal. */
  async link(connection: ConnectionRow, person: ProvidedPerson, userId: string, requestId: string): Promise<void> {
    const { operatorId } = connection;
    try {
      await this.db.tx(wholeOperator(operatorId), async (sql) => {
        const { row } = found(await this.members.lock(sql, operatorId, userId));
        await this.identities.link(sql, connection, person, userId, new Date(this.now()));
        await this.#record(sql, connection, { verb: 'link', userId, name: row.name, requestId }, {});
      });
    } catch (error) {
      if ((error as { code?: string }).code === '23505') throw new Refusal('linked-otherwise', { userId });
      throw error;
    }
  }

  #receive(connection: ConnectionRow, person: ProvidedPerson, requestId: string): Promise<Received> {
    const { operatorId } = connection;
    const newAccountId = randomUUID();
    const at = new Date(this.now());
    return this.db.tx(wholeOperator(operatorId).as(newAccountId), async (sql) => {
      await this.identities.lock(sql, connection, person);
      const known = await this.identities.find(sql, connection, person, at);
      const admission = admitPerson(known.facts);
      if (admission.kind === 'refused') throw new Refusal(admission.reason, { userId: known.userId });
      if (admission.kind === 'join') {
        const userId = await this.#join(sql, connection, { person, known, newAccountId, requestId });
        return this.#received(sql, connection, person, userId);
      }
      const userId = known.userId!;
      if (admission.kind === 'link') {
        const { row } = found(await this.members.lock(sql, operatorId, userId));
        await this.identities.link(sql, connection, person, userId, at);
        const email = person.email!.address;
        await this.#record(sql, connection, { verb: 'link', userId, name: row.name, requestId }, { email });
      }
      const by = { caller: { operatorId, userId: null, name: connection.name }, requestId };
      const mapped = mapRole(connection.mapping, person.groups);
      const refusal = await this.roles.apply(sql, connection, { userId, mapped, by });
      if (refusal !== null) throw new Refusal(refusal, { userId });
      return this.#received(sql, connection, person, userId);
    });
  }

  async #join(
    sql: Sql,
    connection: ConnectionRow,
    {
      person,
      known,
      newAccountId,
      requestId,
    }: { person: ProvidedPerson; known: FoundPerson; newAccountId: string; requestId: string },
  ): Promise<string> {
    const mapped = mapRole(connection.mapping, person.groups);
    const role = await this.roles.ofNewcomer(sql, mapped, known.invitation);
    if (typeof role === 'string') throw new Refusal(role);
    const at = new Date(this.now());
    const email = person.email!.address;
    const name = person.name ?? email.slice(0, email.lastIndexOf('@'));
    if (known.accountId === null) await this.newcomers.addAccount(sql, { id: newAccountId, email, name }, at);
    const { operatorId } = connection;
    const userId = await this.newcomers.addMember(sql, operatorId, known.accountId ?? newAccountId, role, at);
    if (known.invitation !== null) await this.newcomers.acceptInvitation(sql, known.invitation.id, at);
    await this.identities.link(sql, connection, person, userId, at);
    const change = {
      name,
      email,
      role: role.role,
      limitedTo: copyOf(role.limitedTo),
      invited: known.invitation !== null,
    };
    await this.#record(sql, connection, { verb: 'join', userId, name, requestId }, change);
    return userId;
  }

  async #received(sql: Sql, connection: ConnectionRow, person: ProvidedPerson, userId: string): Promise<Received> {
    await this.identities.used(sql, connection, person, new Date(this.now()));
    const { row } = found(await this.members.lock(sql, connection.operatorId, userId));
    return { userId, accountId: row.accountId, email: row.email };
  }

  #record(
    sql: Sql,
    { operatorId, name: connection }: ConnectionRow,
    by: { verb: 'link' | 'join'; userId: string; name: string; requestId: string },
    change: Record<string, unknown>,
  ): Promise<void> {
    const { verb, userId, name, requestId } = by;
    return this.audit.write(
      sql,
      { caller: { operatorId, userId, name }, requestId },
      { verb, subjectType: 'user', subjectId: userId, change: { ...(change as object), connection } },
    );
  }
}
