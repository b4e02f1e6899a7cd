import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  type DirectoryDecision,
  decideAccess,
  addressOf,
  isLastOwner,
  type MappedOutcome,
  mapRole,
  nameOf,
  OWNER,
  ruleNamesOf,
  type SignOnRefusal,
} from '@loopstart/domain';
import { asAccount } from '../../core/db/as-account.ts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import type { Sql } from '../../core/db/database.ts';
import { found } from '../../core/http/problem-error.ts';
import type { AuditEntry } from '../audit/index.ts';
import { copyOf, Departure, factsOf, MemberRepository } from '../people/index.ts';
import { NewcomerRepository, RoleUpdate } from '../sso/index.ts';
import type { Directory } from './directory.ts';
import { DirectoryGroupRepository } from './group.repository.ts';
import { type Identified, Identify } from './identify.service.ts';
import { refusalError } from './refusals.ts';
import { ScimError } from './scim-error.ts';
import { type DirectoryUserRow, DirectoryUserRepository } from './user.repository.ts';

export interface Settling {
  /** A group that the person was in was taken from them. */
  leftGroup: boolean;
  /** The request is about this person: what stands against it is answered. Else it is kept beside them. */
  asked: boolean;
  /** The request asks for them to be active. */
  asksActive: boolean;
}

type Standing = Pick<DirectoryUserRow, 'userId' | 'refusal' | 'endedAt'>;
type Decided = Standing & { audit: AuditEntry[] };

/** Makes people of a directory members, gives them the role of their groups, and ends what the directory ends. */
@Injectable()
export class DirectoryAccess {
  constructor(
    private readonly users: DirectoryUserRepository,
    private readonly groups: DirectoryGroupRepository,
    private readonly identify: Identify,
    private readonly members: MemberRepository,
    private readonly newcomers: NewcomerRepository,
    private readonly roles: RoleUpdate,
    private readonly departure: Departure,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** In the transaction of the change, after it. Returns what is to be on record. */
  async settle(sql: Sql, directory: Directory, id: string, settling: Settling): Promise<AuditEntry[]> {
    const row = found(await this.users.one(sql, directory.connection.id, id));
    const { audit, ...standing } = await this.#decide(sql, directory, row, settling);
    await this.users.setStanding(sql, id, standing);
    return audit;
  }

  /** Ends the membership of a person whom the directory deletes. */
  async end(sql: Sql, directory: Directory, id: string): Promise<AuditEntry[]> {
    const row = found(await this.users.one(sql, directory.connection.id, id));
    if (row.userId === null || row.memberRemovedAt !== null) return [];
    const { audit, ...standing } = await this.#end(sql, directory, row, 'deleted', true);
    await this.users.setStanding(sql, id, standing);
    return audit;
  }

  async #decide(sql: Sql, directory: Directory, row: DirectoryUserRow, settling: Settling): Promise<Decided> {
    const { active } = row.person;
    const standing: Decided = { userId: row.userId, refusal: null, endedAt: row.endedAt, audit: [] };
    const mapped = await this.#mapped(sql, directory, row);
    if (row.userId !== null || !active) {
      const member = row.userId === null ? null : memberOf(row.memberRemovedAt, row.endedAt);
      const access = decideAccess({ active, member, mapped, leftGroup: settling.leftGroup });
      return this.#carryOut(sql, directory, { row, standing, access, mapped, settling });
    }
    const who = await this.identify.of(sql, directory, row);
    if (who.kind === 'refused') {
      if (settling.asked) throw refusalError(who.reason);
      return { ...standing, refusal: who.reason };
    }
    if (who.kind === 'newcomer') {
      const role = await this.roles.ofNewcomer(sql, mapped, who.invitation);
      if (typeof role === 'string') return { ...standing, refusal: role };
      return this.#join(sql, directory, row, who, role);
    }
    const linked = { ...row, userId: who.userId, memberRemovedAt: who.removedAt, endedAt: who.endedAt };
    const audit: AuditEntry[] = [this.#record(directory, linked, 'link', {})];
    const access = decideAccess({ active, member: memberOf(who.removedAt, who.endedAt), mapped, leftGroup: false });
    const next = { userId: who.userId, refusal: null, endedAt: who.endedAt, audit };
    return this.#carryOut(sql, directory, { row: linked, standing: next, access, mapped, settling });
  }

  async #carryOut(
    sql: Sql,
    directory: Directory,
    {
      row,
      standing,
      access,
      mapped,
      settling,
    }: {
      row: DirectoryUserRow;
      standing: Decided;
      access: DirectoryDecision;
      mapped: MappedOutcome;
      settling: Settling;
    },
  ): Promise<Decided> {
    switch (access.kind) {
      case 'wait':
        return { ...standing, refusal: access.reason };
      case 'removed-by-hand':
        if (settling.asksActive) throw refusalError('member-removed');
        return { ...standing, refusal: 'member-removed' };
      case 'end': {
        const ended = await this.#end(sql, directory, row, access.reason, settling.asked);
        return { ...ended, audit: [...standing.audit, ...ended.audit] };
      }
      case 'restore': {
        await this.members.restore(sql, row.userId!);
        const audit = [...standing.audit, this.#record(directory, row, 'restore', {})];
        return { ...standing, audit, endedAt: null, refusal: await this.#applyRole(sql, directory, row, mapped) };
      }
      case 'keep':
        return { ...standing, refusal: await this.#applyRole(sql, directory, row, mapped) };
      default:
        return standing;
    }
  }

  /** Rules that say nothing of a member change nothing; the same function gives roles at a sign-in. */
  async #applyRole(
    sql: Sql,
    { connection, by }: Directory,
    { userId }: DirectoryUserRow,
    mapped: MappedOutcome,
  ): Promise<SignOnRefusal | null> {
    return mapped.kind === 'role' ? this.roles.apply(sql, connection, { userId: userId!, mapped, by }) : null;
  }

  async #end(
    sql: Sql,
    { connection, by }: Directory,
    row: DirectoryUserRow,
    reason: 'inactive' | 'deleted' | 'no-matching-group',
    asked: boolean,
  ): Promise<Decided> {
    const standing: Decided = { userId: row.userId, refusal: null, endedAt: row.endedAt, audit: [] };
    const { row: member, owners } = found(await this.members.lock(sql, connection.operatorId, row.userId!));
    const isLast = isLastOwner(factsOf(member), owners);
    if (member.role === OWNER && (isLast || !connection.byOwner)) {
      if (!asked) return standing;
      throw new ScimError(
        409,
        isLast
          ? 'This is the last owner. Make another person an owner first.'
          : 'An owner is removed by provisioning only where an owner wrote the rules of the connection.',
      );
    }
    const now = this.now();
    const audit = await this.departure.of(sql, by, member, now, { reason });
    return { ...standing, endedAt: new Date(now), refusal: reason === 'no-matching-group' ? reason : null, audit };
  }

  async #join(
    sql: Sql,
    directory: Directory,
    row: DirectoryUserRow,
    who: Extract<Identified, { kind: 'newcomer' }>,
    role: Exclude<Awaited<ReturnType<RoleUpdate['ofNewcomer']>>, string>,
  ): Promise<Decided> {
    const { operatorId } = directory.connection;
    const at = new Date(this.now());
    const email = addressOf(row.person)!;
    const accountId = who.accountId ?? randomUUID();
    if (who.accountId === null) {
      await asAccount(sql, accountId);
      await this.newcomers.addAccount(sql, { id: accountId, email, name: nameOf(row.person) }, at);
    }
    const userId = await this.newcomers.addMember(sql, operatorId, accountId, role, at);
    if (who.invitation !== null) await this.newcomers.acceptInvitation(sql, who.invitation.id, at);
    const change = { email, role: role.role, limitedTo: copyOf(role.limitedTo), invited: who.invitation !== null };
    const audit = [this.#record(directory, { ...row, userId }, 'join', change)];
    return { userId, refusal: null, endedAt: null, audit };
  }

  /** Without any group nothing is known of groups: a directory that sends none is not one in which nobody is in any. */
  async #mapped(sql: Sql, { connection }: Directory, { groups }: DirectoryUserRow): Promise<MappedOutcome> {
    const known = groups.length > 0 || (await this.groups.count(sql, connection.id)) > 0;
    return mapRole(connection.mapping, known ? ruleNamesOf(groups) : null);
  }

  #record(
    { connection }: Directory,
    { userId, person }: DirectoryUserRow,
    verb: 'join' | 'link' | 'restore',
    change: AuditEntry['change'],
  ): AuditEntry {
    const name = nameOf(person);
    return {
      verb,
      subjectType: 'user',
      subjectId: userId!,
      change: { name, ...change, connection: connection.name },
    };
  }
}

const memberOf = (removedAt: Date | null, endedAt: Date | null) => ({
  removed: removedAt !== null,
  endedHere: removedAt !== null && removedAt.getTime() === endedAt?.getTime(),
});
