import { Injectable } from '@nestjs/common';
import type { Sql } from '../../core/db/database.ts';
import type { AuditEntry, By } from '../../identity/audit/index.ts';
import { PersonTies, type PersonTie, type TieKeeper } from '../../identity/people/index.ts';
import { PolicyPort } from '../detector/index.ts';
import { IncidentMessages, IncidentRepository } from '../incidents/index.ts';

/** Open incidents that a person takes care of. */
const THEIRS = `select id, number, title from incident
  where operator_id = $1 and (assigned_to = $2 or acknowledged_by = $2 and acknowledged_at is not null) and state <> 'resolved'`;

/** Incidents of a person who leaves: they go back to everybody, and escalate again where that person had stopped it. */
@Injectable()
export class IncidentTies implements TieKeeper {
  constructor(
    ties: PersonTies,
    private readonly incidents: IncidentRepository,
    private readonly messages: IncidentMessages,
    private readonly policy: PolicyPort,
  ) {
    ties.register(this);
  }

  async ties(sql: Sql, operatorId: string, userId: string): Promise<PersonTie[]> {
    const { rows } = await sql.query<{ id: string; number: number; title: string }>(`${THEIRS} order by number`, [
      operatorId,
      userId,
    ]);
    return rows.map(({ id, number, title }) => ({ kind: 'incident', id, name: `${number} ${title}`, empty: true }));
  }

  async untie(sql: Sql, { caller }: By, userId: string, now: number): Promise<AuditEntry[]> {
    const { operatorId, name: by } = caller;
    const theirs = await sql.query<{ id: string }>(THEIRS, [operatorId, userId]);
    const locked = await this.incidents.lock(
      sql,
      theirs.rows.map(({ id }) => id),
    );
    const entries: AuditEntry[] = [];
    for (const row of await this.incidents.find(sql, [...locked])) {
      if (row.state === 'resolved') continue;
      const isAcknowledged = row.acknowledged_at !== null && row.acknowledged_by === userId;
      const assignedTo = row.assigned_to === userId ? null : row.assigned_to;
      await sql.query(
        `update incident set assigned_to = $2, acknowledged_at = case when $3 then null else acknowledged_at end,
           acknowledged_by = case when $3 then null else acknowledged_by end,
           acknowledged_by_name = case when $3 then null else acknowledged_by_name end where id = $1`,
        [row.id, assignedTo, isAcknowledged],
      );
      const kind = isAcknowledged ? 'acknowledgement-withdrawn' : 'assigned';
      const left = `${isAcknowledged ? row.acknowledged_by_name : row.assigned_name} is no member any more.`;
      const text = assignedTo === null ? `${left} Given to nobody.` : `${left} It stays with ${row.assigned_name}.`;
      await this.incidents.note(sql, operatorId, [{ incidentId: row.id, at: now, kind, by, text }]);
      const before = { userId };
      const subject = { subjectType: 'incident', subjectId: row.id } as const;
      if (isAcknowledged) entries.push({ ...subject, verb: 'unacknowledge', change: {}, before });
      else entries.push({ ...subject, verb: 'assign', change: { userId: null }, before });
      const changed = [isAcknowledged ? ('acknowledgement-withdrawn' as const) : ('assigned' as const)];
      await this.messages.send(sql, operatorId, row.id, { type: 'incident.updated', changed }, now);
      const isSnoozed = row.snoozed_until !== null && row.snoozed_until.getTime() > now;
      if (isAcknowledged && !isSnoozed && row.silence_id === null) await this.policy.resume(sql, row.id, now);
    }
    return entries;
  }
}
