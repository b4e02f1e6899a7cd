import { Inject, Injectable } from '@nestjs/common';
import type { IncidentSummary, LiveEvent } from '@loopstart/contracts';
import { AlertStore, PolicyPort } from '../detector/index.ts';
import { IncidentMessages, IncidentRepository, type IncidentRow } from '../incidents/index.ts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import type { Sql } from '../../core/db/database.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { Outbox } from '../../notifications/delivery/index.ts';
import { type AuditEntry, type By, Changes } from '../../identity/audit/index.ts';

const DAY_MS = 86_400_000;
const SNOOZE_MS_MAX = 90 * DAY_MS;
/** Incidents acknowledged in one transaction. */
const BULK = 100;

type IncidentEntry = Extract<AuditEntry, { subjectType: 'incident' }>;

/** A change in progress: its transaction, its time, and its audit entries. */
interface Work {
  sql: Sql;
  now: number;
  audit: AuditEntry[];
}

/** Actions of people on incidents: each in one transaction with timeline, audit and outgoing message. */
@Injectable()
export class IncidentService {
  constructor(
    private readonly changes: Changes,
    private readonly incidents: IncidentRepository,
    private readonly messages: IncidentMessages,
    private readonly policy: PolicyPort,
    private readonly store: AlertStore,
    private readonly outbox: Outbox,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  acknowledge(by: By, incidentId: string, comment: string | undefined): Promise<IncidentSummary> {
    return this.#change(by, incidentId, async (work, row) => {
      await this.#acknowledge(work, by, row);
      await this.#comment(work, by, row, comment);
    });
  }

  /** `already`: acknowledged before, or resolved. */
  async acknowledgeAll(
    by: By,
    ids: readonly string[],
  ): Promise<{ acknowledged: number; already: number; notFound: number }> {
    const sorted = [...new Set(ids)].sort();
    const sum = { acknowledged: 0, already: 0, notFound: 0 };
    for (let at = 0; at < sorted.length; at += BULK) {
      const chunk = sorted.slice(at, at + BULK);
      const done = await this.#within(by, async (work) => {
        const { sql } = work;
        const locked = await this.incidents.lock(sql, chunk);
        const rows = await this.incidents.find(sql, [...locked]);
        const changed: string[] = [];
        for (const row of rows) if (await this.#acknowledge(work, by, row)) changed.push(row.id);
        return { touched: changed, answer: { changed: changed.length, known: rows.length } };
      });
      sum.acknowledged += done.changed;
      sum.already += done.known - done.changed;
      sum.notFound += chunk.length - done.known;
    }
    return sum;
  }

  withdraw(by: By, incidentId: string): Promise<IncidentSummary> {
    return this.#change(by, incidentId, async (work, row) => {
      const { sql, now } = work;
      if (row.acknowledged_at === null || row.state === 'resolved') return;
      await sql.query(
        `update incident set acknowledged_at = null, acknowledged_by = null, acknowledged_by_name = null,
           assigned_to = case when assigned_to = acknowledged_by then null else assigned_to end where id = $1`,
        [row.id],
      );
      const left = row.assigned_to === row.acknowledged_by ? null : row.assigned_name;
      const text = left === null ? 'Nobody looks after it any more.' : `It stays with ${left}.`;
      await this.#note(work, by, row, 'acknowledgement-withdrawn', text);
      auditOf(work, row, 'unacknowledge', {});
      await this.messages.send(
        sql,
        by.caller.operatorId,
        row.id,
        { type: 'incident.updated', changed: ['acknowledgement-withdrawn'] },
        now,
      );
      if (!isSnoozed(row, now) && row.silence_id === null) await this.policy.resume(sql, row.id, now);
    });
  }

  assign(by: By, incidentId: string, userId: string | null): Promise<IncidentSummary> {
    return this.#change(by, incidentId, async (work, row) => {
      const { sql } = work;
      if (row.assigned_to === userId) return;
      const name = userId === null ? null : await this.#nameOf(sql, userId);
      await sql.query('update incident set assigned_to = $2 where id = $1', [row.id, userId]);
      await this.#note(work, by, row, 'assigned', name === null ? 'Given to nobody.' : `Given to ${name}.`, {
        userId,
      });
      auditOf(work, row, 'assign', { userId }, { userId: row.assigned_to });
      await this.#updated(work, by, row, 'assigned');
    });
  }

  snooze(by: By, incidentId: string, until: string | null, comment: string | undefined): Promise<IncidentSummary> {
    return this.#change(by, incidentId, async (work, row) => {
      const { sql, now } = work;
      const end = until === null ? null : Date.parse(until);
      if (end !== null && (end <= now || end > now + SNOOZE_MS_MAX))
        throw new ProblemError('invalid-input', {
          fields: [{ path: 'body.until', expected: 'a time in the next 90 days' }],
        });
      if (row.state === 'resolved' || (end === null && row.snoozed_until === null)) return;
      if (end !== null && row.snoozed_until?.getTime() === end) return;
      await sql.query('update incident set snoozed_until = $2 where id = $1', [
        row.id,
        end === null ? null : new Date(end),
      ]);
      const text = end === null ? 'The snooze was ended.' : 'Nobody is notified until then.';
      await this.#note(work, by, row, end === null ? 'snooze-ended' : 'snoozed', text, { until });
      auditOf(work, row, 'snooze', { until }, { until: row.snoozed_until?.toISOString() ?? null });
      await this.#updated(work, by, row, 'snoozed');
      if (end !== null) await this.policy.stop(sql, row.id, 'snoozed', now);
      else if (row.acknowledged_at === null && row.silence_id === null) await this.policy.resume(sql, row.id, now);
      await this.#comment(work, by, row, comment);
    });
  }

  comment(by: By, incidentId: string, text: string): Promise<IncidentSummary> {
    return this.#change(by, incidentId, (work, row) => this.#comment(work, by, row, text));
  }

  async #acknowledge(work: Work, by: By, row: IncidentRow): Promise<boolean> {
    if (row.acknowledged_at !== null || row.state === 'resolved') return false;
    const { sql, now } = work;
    const { userId, name, operatorId } = by.caller;
    await sql.query(
      `update incident set acknowledged_at = $2, acknowledged_by = $3, acknowledged_by_name = $4, assigned_to = coalesce(assigned_to, $3::uuid) where id = $1`,
      [row.id, new Date(now), userId, name],
    );
    // The acknowledgement of a person assigns the incident, unless it has an assignee.
    const assigned = row.assigned_name ?? (userId === null ? null : name);
    const text = assigned === null ? `Acknowledged by ${name}.` : `${assigned} looks after it.`;
    await this.#note(work, by, row, 'acknowledged', text);
    auditOf(work, row, 'acknowledge', {});
    await this.messages.send(sql, operatorId, row.id, { type: 'incident.acknowledged' }, now);
    await this.policy.stop(sql, row.id, 'acknowledged', now);
    return true;
  }

  async #comment(work: Work, by: By, row: IncidentRow, text: string | undefined): Promise<void> {
    if (text === undefined || text === '') return;
    await this.#note(work, by, row, 'commented', text);
    auditOf(work, row, 'comment', { text });
  }

  async #updated({ sql, now }: Work, by: By, row: IncidentRow, changed: 'assigned' | 'snoozed'): Promise<void> {
    await this.messages.send(sql, by.caller.operatorId, row.id, { type: 'incident.updated', changed: [changed] }, now);
  }

  async #nameOf(sql: Sql, userId: string): Promise<string> {
    const { rows } = await sql.query<{ name: string }>('select name from person where id = $1 and removed_at is null', [
      userId,
    ]);
    if (rows[0] === undefined)
      throw new ProblemError('invalid-input', { fields: [{ path: 'body.userId', expected: 'somebody of yours' }] });
    return rows[0].name;
  }

  #note(
    { sql, now: at }: Work,
    { caller }: By,
    row: IncidentRow,
    kind: string,
    text: string,
    data: Record<string, unknown> = {},
  ): Promise<void> {
    return this.incidents.note(sql, caller.operatorId, [{ incidentId: row.id, at, kind, by: caller.name, text, data }]);
  }

  async #change(
    by: By,
    incidentId: string,
    change: (work: Work, row: IncidentRow) => Promise<void>,
  ): Promise<IncidentSummary> {
    return this.#within(by, async (work) => {
      const { sql, now } = work;
      await this.incidents.lock(sql, [incidentId]);
      const [row] = await this.incidents.find(sql, [incidentId]);
      await change(work, found(row));
      const [event] = await this.store.liveEvents(sql, [incidentId], now);
      return { touched: [incidentId], answer: (event as Extract<LiveEvent, { type: 'incident' }>).incident };
    });
  }

  /** One change, after which the delivery worker sends its messages. */
  async #within<T>(by: By, change: (work: Work) => Promise<{ touched: string[]; answer: T }>): Promise<T> {
    const now = this.now();
    const result = await this.changes.make(by, async (sql) => {
      const work: Work = { sql, now, audit: [] };
      const { touched, answer } = await change(work);
      return { result: answer, audit: work.audit, live: await this.store.liveEvents(sql, touched, now) };
    });
    this.outbox.wake();
    return result;
  }
}

function auditOf(
  { audit }: Work,
  row: IncidentRow,
  verb: IncidentEntry['verb'],
  change: AuditEntry['change'],
  before: AuditEntry['change'] = {},
): void {
  audit.push({ verb, subjectType: 'incident', subjectId: row.id, change, before });
}

function isSnoozed(row: IncidentRow, now: number): boolean {
  return row.snoozed_until !== null && row.snoozed_until.getTime() > now;
}
