import { Injectable } from '@nestjs/common';
import { keepsOwner, mapRole, type SignOnRefusal } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { found } from '../../core/http/problem-error.ts';
import { AuditRepository } from '../audit/index.ts';
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
    { operatorId, name, mapping, byOwner }: ConnectionRow,
    { userId, groups, requestId }: { userId: string; groups: readonly string[] | null; requestId: string },
  ): Promise<SignOnRefusal | null> {
    const mapped = mapRole(mapping, groups);
    if (mapped.kind === 'refused') return mapped.reason;
    if (mapped.kind === 'unmapped') return null;
    const { row, owners } = found(await this.members.lock(sql, operatorId, userId));
    const { role, limitedTo } = mapped.role;
    const same = row.role === role && JSON.stringify(copyOf(row.limitedTo)) === JSON.stringify(copyOf(limitedTo));
    if (same || keepsOwner(factsOf(row), { owners, byOwner }, mapped.role)) return null;
    if (!(await this.mappings.isThere(sql, mapped.role))) return 'role-gone';
    await this.members.setRole(sql, userId, role, limitedTo);
    await this.audit.write(
      sql,
      { caller: { operatorId, userId: null, name }, requestId },
      {
        verb: 'change-role',
        subjectType: 'user',
        subjectId: userId,
        change: { name: row.name, role, limitedTo: copyOf(limitedTo), group: mapped.group },
        before: { role: row.role, limitedTo: copyOf(row.limitedTo) },
      },
    );
    return null;
  }
}
