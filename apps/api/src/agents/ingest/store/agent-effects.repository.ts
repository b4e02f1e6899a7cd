import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Action, ActionProgress, Event, Gap } from '@loopstart/contracts';
import type { Sql } from '../../../core/db/database.ts';
import { ACTION_COLUMNS, toAction } from '../../actions/index.ts';
import type { BatchWork, EventRow } from '../decide/batch-work.ts';
import { clockAhead } from '../decide/event-time.ts';
import type { Item, Sender } from '../item.ts';
import { RowEncoders } from './row-encoders.ts';

const PAYLOAD_BYTES_KEPT = 4_096;
/** Of what an agent sends wrong in one batch so much is kept to look at; all of it is counted. */
const KEPT_PER_AGENT = 20;

type Of<T> = { item: Item; sender: Sender; body: T };

/** What messages other than readings do: agents' health, events, progress of actions, gaps, what was set aside. */
@Injectable()
export class AgentEffectsRepository {
  constructor(private readonly encoders: RowEncoders) {}

  /** Counts and times of agents, all in one statement. `seen`: when each was last heard of. */
  async touchAgents(sql: Sql, work: BatchWork, seen: ReadonlyMap<string, number>): Promise<void> {
    const changes = new Map<string, Record<string, unknown>>();
    const of = (agentId: string) => {
      const change = changes.get(agentId) ?? { id: agentId, rejected: 0, lost: 0 };
      changes.set(agentId, change);
      return change;
    };
    for (const [agentId, at] of seen) of(agentId)['seen'] = new Date(at).toISOString();
    for (const { sender } of work.rejections) count(of(sender.agentId), 'rejected', 1);
    for (const { sender, body, item } of work.gaps) {
      count(of(sender.agentId), 'lost', lostIn(body));
      of(sender.agentId)['lostAt'] = new Date(item.receivedAtMs).toISOString();
    }
    for (const [agentId, { body, item }] of work.health) {
      const { version, hostname, platform, configRevision } = body;
      const ahead = clockAhead(body, item.receivedAtMs);
      Object.assign(of(agentId), { health: body, version, hostname, platform, revision: configRevision, ahead });
    }
    if (changes.size === 0) return;
    await sql.query({
      name: 'ingest-agents',
      text: `update agent a set last_seen_at = greatest(a.last_seen_at, d.seen), rejected_messages = a.rejected_messages + d.rejected,
               lost_messages = a.lost_messages + d.lost, health = coalesce(d.health, a.health), version = coalesce(d.version, a.version),
               hostname = coalesce(d.hostname, a.hostname), platform = coalesce(d.platform, a.platform),
               config_revision_reported = coalesce(d.revision, a.config_revision_reported), clock_skew_ms = coalesce(d.ahead, a.clock_skew_ms),
               lost_at = coalesce(d."lostAt", a.lost_at)
             from jsonb_to_recordset($1) as d (id uuid, seen timestamptz, rejected bigint, lost bigint, health jsonb, version text, hostname text, platform text, revision integer, ahead bigint, "lostAt" timestamptz)
             where a.id = d.id`,
      values: [JSON.stringify([...changes.values()])],
    });
  }

  /** Keeps what was set aside, for whoever has to find out. */
  async writeRejected(sql: Sql, rejections: BatchWork['rejections']): Promise<void> {
    const kept = new Map<string, number>();
    const rows = rejections.filter(({ sender }) => {
      const count = (kept.get(sender.agentId) ?? 0) + 1;
      kept.set(sender.agentId, count);
      return count <= KEPT_PER_AGENT;
    });
    if (rows.length === 0) return;
    await sql.query(
      `insert into rejected_message (operator_id, agent_id, epoch, seq, received_at, code, detail, payload)
       select * from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[], $5::timestamptz[], $6::text[], $7::text[], $8::bytea[])`,
      [
        rows.map(({ sender }) => sender.operatorId),
        rows.map(({ sender }) => sender.agentId),
        rows.map(({ item }) => item.position?.[0] ?? null),
        rows.map(({ item }) => item.position?.[1] ?? null),
        rows.map(({ item }) => new Date(item.receivedAtMs)),
        rows.map(({ rejection }) => rejection.code),
        rows.map(({ rejection }) => rejection.detail.toWellFormed().replaceAll('\0', '')),
        rows.map(({ item }) => item.payload.subarray(0, PAYLOAD_BYTES_KEPT)),
      ],
    );
  }

  /** Forgets what was set aside before a time. */
  async forgetRejected(sql: Sql, before: Date): Promise<void> {
    await sql.query('delete from rejected_message where received_at < $1', [before]);
  }

  /** Stores events; returns those that were not there, as browsers are told of them. */
  async writeEvents(sql: Sql, work: BatchWork): Promise<{ operatorId: string; event: Event }[]> {
    for (const gap of work.gaps) await this.#writeGap(sql, gap);
    if (work.events.length === 0) return [];
    const { gateway_event: encoder } = await this.encoders.get();
    const { rows } = await sql.query<{ id: string }>({
      name: 'ingest-events',
      text: 'insert into gateway_event select * from unnest($1::gateway_event[]) on conflict do nothing returning id',
      values: [encoder.encode(work.events)],
    });
    const fresh = new Set(rows.map((row) => row.id));
    return this.#asTold(
      sql,
      work.events.filter((event) => fresh.delete(event.id.toLowerCase())),
    );
  }

  /** How an action goes on; null where there is no such action of this agent, or nothing moved. */
  async progress(sql: Sql, { body, sender }: Of<ActionProgress>): Promise<Action | 'unknown' | null> {
    const { rows } = await sql.query(
      `update action set state = $3, reason = $4, reason_code = $6, result = $5, updated_at = now()
       where id = $1 and agent_id = $2 and state in ('queued', 'sent', 'running') returning ${ACTION_COLUMNS}`,
      [body.actionId, sender.agentId, body.state, body.reason, body.result, body.reasonCode ?? null],
    );
    if (rows[0] !== undefined) return toAction(rows[0]);
    const known = await sql.query('select 1 from action where id = $1 and agent_id = $2', [
      body.actionId,
      sender.agentId,
    ]);
    return known.rowCount === 0 ? 'unknown' : null;
  }

  /** A hole in the history is told at each gateway it concerns. The id follows from the message: twice is once. */
  async #writeGap(sql: Sql, { item, sender, body }: Of<Gap>): Promise<void> {
    const place = createHash('md5')
      .update(`${sender.agentId}/${item.position?.join('/')}`)
      .digest('hex');
    const from = body.fromAt === null ? 'an unknown time' : new Date(body.fromAt).toISOString();
    const to = body.toAt === null ? 'an unknown time' : new Date(body.toAt).toISOString();
    await sql.query(
      `insert into gateway_event (id, operator_id, site_id, gateway_id, at, received_at, kind, severity, text, source, detail)
       select name_uuid($1 || g.id::text), g.operator_id, g.site_id, g.id, $2, $2, 'other', 'warning', $3, 'agent', $4
       from gateway g where g.agent_id = $5 on conflict do nothing`,
      [
        place,
        new Date(item.receivedAtMs),
        `The agent had to drop ${lostIn(body)} messages between ${from} and ${to} (${body.reason}).`,
        Object.fromEntries(Object.entries(body.lost).map(([kind, lost]) => [kind, String(lost)])),
        sender.agentId,
      ],
    );
  }

  async #asTold(sql: Sql, events: readonly EventRow[]): Promise<{ operatorId: string; event: Event }[]> {
    const { rows } = await sql.query<{ id: string; name: string; site: string; zone: string }>(
      `select g.id, coalesce(g.name, g.sys_name, g.vendor || ' ' || g.model) as name, s.name as site, s.time_zone as zone
       from gateway g join site s on s.id = g.site_id where g.id = any ($1::uuid[])`,
      [[...new Set(events.map((event) => event.gateway_id))]],
    );
    const names = new Map(rows.map((row) => [row.id, row]));
    return events.flatMap((row) => {
      const of = names.get(row.gateway_id);
      return of === undefined ? [] : [{ operatorId: row.operator_id, event: toEvent(row, of) }];
    });
  }
}

function toEvent(row: EventRow, of: { name: string; site: string; zone: string }): Event {
  return {
    id: row.id,
    gatewayId: row.gateway_id,
    gatewayName: of.name,
    siteId: row['site_id'] as string,
    siteName: of.site,
    timeZone: of.zone,
    at: new Date(row['at'] as number).toISOString(),
    receivedAt: new Date(row['received_at'] as number).toISOString(),
    kind: row['kind'] as Event['kind'],
    severity: row['severity'] as Event['severity'],
    position: row['position'] as number | null,
    text: row['text'] as string,
    source: row['source'] as Event['source'],
    detail: row['detail'] as Event['detail'],
  };
}

function lostIn(gap: Gap): number {
  return Object.values(gap.lost).reduce((sum, lost) => sum + Math.max(0, lost), 0);
}

function count(change: Record<string, unknown>, key: string, by: number): void {
  change[key] = (change[key] as number) + by;
}
