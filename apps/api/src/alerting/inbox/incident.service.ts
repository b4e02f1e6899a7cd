import { Inject, Injectable } from '@nestjs/common';
import type { IncidentSummary, LiveEvent } from '@loopstart/contracts';
import { AlertStore, PolicyPort } from '../detector/index.ts';
import { IncidentMessages, IncidentRepository, type IncidentRow } from '../incidents/index.ts';
import { LiveBus } from '../../core/bus/live-bus.ts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import type { Caller } from '../../core/http/implements.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { Outbox } from '../../notifications/delivery/index.ts';
import { AuditRepository } from '../../identity/audit/index.ts';

/** The actor and the request. */
export interface By {
  caller: Caller;
  requestId: string;
}

const DAY_MS = 86_400_000;
const SNOOZE_MS_MAX = 90 * DAY_MS;
/** Incidents acknowledged in one transaction. */
const BULK = 100;

/** Actions of people on incidents: each in one transaction with timeline, audit and outgoing message. */
@Injectable()
export class IncidentService {
  constructor(
    private readonly db: Database,
    private readonly incidents: IncidentRepository,
    private readonly messages: IncidentMessages,
    private readonly policy: PolicyPort,
    private readonly store: AlertStore,
    private readonly outbox: Outbox,
    private readonly bus: LiveBus,
    private readonly audit: AuditRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  acknowledge(by: By, incidentId: string, comment: string | undefined): Promise<IncidentSummary> {
    return this.#change(by, incidentId, async (sql, row, now) => {
      await this.#acknowledge(sql, by, row, now);
      await this.#comment(sql, by, row, comment, now);
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
      const done = await this.#within(by, async (sql, now) => {
        const locked = await this.incidents.lock(sql, chunk);
        const rows = await this.incidents.find(sql, [...locked]);
        const changed: string[] = [];
        for (const row of rows) if (await this.#acknowledge(sql, by, row, now)) changed.push(row.id);
        return { touched: changed, answer: { changed: changed.length, known: rows.length } };
      });
      sum.acknowledged += done.changed;
      sum.already += done.known - done.changed;
      sum.notFound += chunk.length - done.known;
    }
    return sum;
  }

  withdraw(by: By, incidentId: string): Promise<IncidentSummary> {
    return this.#change(by, incidentId, async (sql, row, now) => {
      if (row.acknowledged_at === null || row.state === 'resolved') return;
      await sql.query(
        `update incident set acknowledged_at = null, acknowledged_by = null, acknowledged_by_name = null,
           assigned_to = case when assigned_to = acknowledged_by then null else assigned_to end where id = $1`,
        [row.id],
      );
      const left = row.assigned_to === row.acknowledged_by ? null : row.assigned_name;
      const text = left === null ? 'Nobody looks after it any more.' : `It stays with ${left}.`;
      await this.#note(sql, by, row, now, 'acknowledgement-withdrawn', text);
      await this.#audit(sql, by, row, 'unacknowledge', {});
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
    return this.#change(by, incidentId, async (sql, row, now) => {
      if (row.assigned_to === userId) return;
      const name = userId === null ? null : await this.#nameOf(sql, userId);
      await sql.query('update incident set assigned_to = $2 where id = $1', [row.id, userId]);
      await this.#note(sql, by, row, now, 'assigned', name === null ? 'Given to nobody.' : `Given to ${name}.`, {
        userId,
      });
      await this.#audit(sql, by, row, 'assign', { userId });
      await this.#updated(sql, by, row, 'assigned', now);
    });
  }

  snooze(by: By, incidentId: string, until: string | null, comment: string | undefined): Promise<IncidentSummary> {
    return this.#change(by, incidentId, async (sql, row, now) => {
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
      await this.#note(sql, by, row, now, end === null ? 'snooze-ended' : 'snoozed', text, { until });
      await this.#audit(sql, by, row, 'snooze', { until });
      await this.#updated(sql, by, row, 'snoozed', now);
      if (end !== null) await this.policy.stop(sql, row.id, 'snoozed', now);
      else if (row.acknowledged_at === null && row.silence_id === null) await this.policy.resume(sql, row.id, now);
      await this.#comment(sql, by, row, comment, now);
    });
  }

  comment(by: By, incidentId: string, text: string): Promise<IncidentSummary> {
    return this.#change(by, incidentId, (sql, row, now) => this.#comment(sql, by, row, text, now));
  }

  async #acknowledge(sql: Sql, by: By, row: IncidentRow, now: number): Promise<boolean> {
    if (row.acknowledged_at !== null || row.state === 'resolved') return false;
    const { userId, name, operatorId } = by.caller;
    await sql.query(
      `update incident set acknowledged_at = $2, acknowledged_by = $3, acknowledged_by_name = $4, assigned_to = coalesce(assigned_to, $3::uuid) where id = $1`,
      [row.id, new Date(now), userId, name],
    );
    // An acknowledgement assigns the incident, unless it has an assignee.
    await this.#note(sql, by, row, now, 'acknowledged', `${row.assigned_name ?? name} looks after it.`);
    await this.#audit(sql, by, row, 'acknowledge', {});
    await this.messages.send(sql, operatorId, row.id, { type: 'incident.acknowledged' }, now);
    await this.policy.stop(sql, row.id, 'acknowledged', now);
    return true;
  }

  async #comment(sql: Sql, by: By, row: IncidentRow, text: string | undefined, now: number): Promise<void> {
    if (text === undefined || text === '') return;
    await this.#note(sql, by, row, now, 'commented', text);
    await this.#audit(sql, by, row, 'comment', { text });
  }

  async #updated(sql: Sql, by: By, row: IncidentRow, changed: 'assigned' | 'snoozed', now: number): Promise<void> {
    await this.messages.send(sql, by.caller.operatorId, row.id, { type: 'incident.updated', changed: [changed] }, now);
  }

  async #nameOf(sql: Sql, userId: string): Promise<string> {
    const { rows } = await sql.query<{ name: string }>('select name from app_user where id = $1', [userId]);
    if (rows[0] === undefined)
      throw new ProblemError('invalid-input', { fields: [{ path: 'body.userId', expected: 'somebody of yours' }] });
    return rows[0].name;
  }

  #note(
    sql: Sql,
    { caller }: By,
    row: IncidentRow,
    at: number,
    kind: string,
    text: string,
    data: Record<string, unknown> = {},
  ): Promise<void> {
    return this.incidents.note(sql, caller.operatorId, [{ incidentId: row.id, at, kind, by: caller.name, text, data }]);
  }

  #audit(sql: Sql, by: By, row: IncidentRow, verb: string, change: Record<string, string | null>): Promise<void> {
    return this.audit.write(sql, by, { verb, subjectType: 'incident', subjectId: row.id, change });
  }

  async #change(
    by: By,
    incidentId: string,
    work: (sql: Sql, row: IncidentRow, now: number) => Promise<void>,
  ): Promise<IncidentSummary> {
    return this.#within(by, async (sql, now) => {
      await this.incidents.lock(sql, [incidentId]);
      const [row] = await this.incidents.find(sql, [incidentId]);
      await work(sql, found(row), now);
      const [event] = await this.store.told(sql, [incidentId], now);
      return { touched: [incidentId], answer: (event as Extract<LiveEvent, { type: 'incident' }>).incident };
    });
  }

  /** One transaction; then publishes live events and wakes the delivery worker. */
  async #within<T>(
    { caller }: By,
    work: (sql: Sql, now: number) => Promise<{ touched: string[]; answer: T }>,
  ): Promise<T> {
    const now = this.now();
    const { live, answer } = await this.db.tx(caller.scope, async (sql) => {
      const { touched, answer } = await work(sql, now);
      return { live: await this.store.told(sql, touched, now), answer };
    });
    for (const event of live) this.bus.publish(caller.operatorId, event);
    this.outbox.wake();
    return answer;
  }
}

function isSnoozed(row: IncidentRow, now: number): boolean {
  return row.snoozed_until !== null && row.snoozed_until.getTime() > now;
}
