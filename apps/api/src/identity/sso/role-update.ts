import { Injectable } from '@nestjs/common';
import { keepsOwner, type MappedOutcome, type MappedRole, type SignOnRefusal } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { found } from '../../core/http/problem-error.ts';
import { AuditRepository, type Author } from '../audit/index.ts';
import { copyOf, factsOf, MemberRepository } from '../people/index.ts';
import type { ConnectionRow } from './connection.repository.ts';
import { MappingCheck } from './mapping-check.ts';

/** Gives members the role of their groups. */
@Injectable()
export class RoleUpdate {
  constructor(
    private readonly members: MemberRepository,
    private readonly mappings: MappingCheck,
    private readonly audit: AuditRepository,
  ) {}

  /** Why a member with these groups may not come in; null where they may, and have their role. */
  async apply(
    sql: Sql,
    { operatorId, byOwner }: Pick<ConnectionRow, 'operatorId' | 'byOwner'>,
    { userId, mapped, by }: { userId: string; mapped: MappedOutcome; by: Author },
  ): Promise<SignOnRefusal | null> {
    if (mapped.kind === 'refused') return mapped.reason;
    if (mapped.kind === 'unmapped') return null;
    const { row, owners } = found(await this.members.lock(sql, operatorId, userId));
    const { role, limitedTo } = mapped.role;
    const same = row.role === role && JSON.stringify(copyOf(row.limitedTo)) === JSON.stringify(copyOf(limitedTo));
    if (same || keepsOwner(factsOf(row), { owners, byOwner }, mapped.role)) return null;
    if (!(await this.mappings.isThere(sql, mapped.role))) return 'role-gone';
    await this.members.setRole(sql, userId, role, limitedTo);
    await this.audit.write(sql, by, {
      verb: 'change-role',
      subjectType: 'user',
      subjectId: userId,
      change: { name: row.name, role, limitedTo: copyOf(limitedTo), group: mapped.group },
      before: { role: row.role, limitedTo: copyOf(row.limitedTo) },
    });
    return null;
  }

  /** The role of a new member: that of the rules, else that of their invitation or of newcomers; or why there is none. */
  async ofNewcomer(
    sql: Sql,
    mapped: MappedOutcome,
    invitation: MappedRole | null,
  ): Promise<MappedRole | SignOnRefusal> {
    if (mapped.kind === 'refused') return mapped.reason;
    const role = mapped.kind === 'role' ? mapped.role : (invitation ?? mapped.newcomer);
    if (role === null) return 'no-role';
    return (await this.mappings.isThere(sql, role)) ? { role: role.role, limitedTo: role.limitedTo } : 'role-gone';
  }
}
