import { Injectable } from '@nestjs/common';
import type { Sql } from '../../core/db/database.ts';
import { MailOutbox } from '../../core/mail/mail-outbox.ts';
import type { AuditEntry, By } from '../audit/index.ts';
import { MemberRepository, type MemberRow } from './member.repository.ts';
import { PersonTies } from './person-ties.ts';

/** Ends memberships, in the transaction of the caller. Whether that is permitted, the caller has decided. */
@Injectable()
export class Departure {
  constructor(
    private readonly members: MemberRepository,
    private readonly personTies: PersonTies,
    private readonly outbox: MailOutbox,
  ) {}

  /** Takes the person out of all that names them, ends their sessions and tells them. Returns what is to be on record. */
  async of(sql: Sql, by: By, row: MemberRow, now: number, more: { reason?: string } = {}): Promise<AuditEntry[]> {
    const untied = await this.personTies.untie(sql, by, row.id, now);
    const { invitations } = await this.members.remove(sql, row.id, new Date(now));
    const { operatorId, operatorName: operator } = by.caller;
    await this.outbox.add(sql, { operatorId }, row.email, { kind: 'removed', name: row.name, operator });
    const change = { name: row.name, ...more, ...(invitations > 0 && { withdrawnInvitations: invitations }) };
    return [...untied, { verb: 'remove', subjectType: 'user', subjectId: row.id, change, before: { role: row.role } }];
  }
}
