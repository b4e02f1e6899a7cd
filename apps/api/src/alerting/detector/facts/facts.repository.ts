import { Injectable } from '@nestjs/common';
import {
  type ActionType,
  type AlarmMemory,
  FAILED_BY_OLDER_AGENTS,
  LIFE_SAFETY,
  type LineDeviceClass,
  type ThresholdOverride,
  type UnreadableCode,
} from '@loopstart/domain';
import type { Sql } from '../../../core/db/database.ts';
import type { Columns } from '../../../core/db/fields.ts';

type Codes = (number | null)[] | null;

export type SiteRow = Pick<Columns<'Site'>, 'id' | 'customer_id' | 'probe_address'>;
export interface AgentRow extends Pick<
  Columns<'Agent'>,
  | 'id'
  | 'site_id'
  | 'online'
  | 'last_seen_at'
  | 'stopped_at'
  | 'clock_skew_ms'
  | 'certificate_expires_at'
  | 'lost_at'
  | 'identity_conflict_at'
> {
  outbox_oldest_at: number | null;
  return_asked_at: Date | null;
  life_safety_lines: Partial<Record<LineDeviceClass, number>>;
}
/** A gateway whose agent is not revoked. `version` changes with every change of its reading. */
export interface GatewayRow extends Pick<
  Columns<'Gateway'>,
  'id' | 'site_id' | 'agent_id' | 'model' | 'firmware' | 'sip_server'
> {
  customer_id: string;
  version: string;
}
/** The whole reading of a gateway, arrays in port order. Times in JSON are text. */
export interface CurrentRow {
  id: string;
  poll_interval_ms: number;
  observed_at: Date | null;
  reachability: 'reachable' | 'unreachable' | 'unknown' | null;
  reachability_at: Date | null;
  unreachable_reason: string | null;
  unreachable_code: UnreadableCode | null;
  /** Its standing alarms; null: none. */
  alarms: (AlarmMemory & { registrarAlarm?: boolean }) | null;
  uptime_s: number | null;
  temperature_c: number | null;
  ports: [position: number, device: LineDeviceClass][] | null;
  admin: Codes;
  oper: Codes;
  hook: Codes;
  call: Codes;
  registration: Codes;
  fault: Codes;
  state_since: (string | null)[] | null;
  line_voltage_v: Codes;
  loop_current_ma: Codes;
  jitter_ms: Codes;
  packet_loss_percent: Codes;
}
/** An action that ended. */
export interface ActionRow {
  gateway_id: string;
  type: ActionType;
  position: number | null;
  state: string;
  reason: string | null;
  result: Record<string, unknown>;
  updated_at: Date;
}
export interface LineTestRow {
  gateway_id: string;
  position: number;
  state: string;
  reason: string | null;
  result: Record<string, unknown>;
  updated_at: Date;
}
export interface CounterRow {
  gateway_id: string;
  positions: number[];
  calls_in: Codes;
  calls_out: Codes;
  calls_failed: Codes;
}

const ARRAYS = [
  'admin',
  'oper',
  'hook',
  'call',
  'registration',
  'fault',
  'state_since',
  'line_voltage_v',
  'loop_current_ma',
  'jitter_ms',
  'packet_loss_percent',
];

/** Reads one operator's facts: a few statements, whatever the size of the fleet. */
@Injectable()
export class FactsRepository {
  async sites(sql: Sql): Promise<SiteRow[]> {
    return (await sql.query<SiteRow>('select id, customer_id, probe_address from site')).rows;
  }

  /** Agents that are not revoked; only these where ids are given. */
  async agents(sql: Sql, ids: readonly string[] | null): Promise<AgentRow[]> {
    const { rows } = await sql.query<AgentRow>(
      `select id, site_id, online, last_seen_at, stopped_at, clock_skew_ms, certificate_expires_at, lost_at, identity_conflict_at,
         (select min(r.first_asked_at) from agent_return r where r.agent_id = agent.id and r.approved is null) as return_asked_at,
         (health->>'outboxOldestAt')::bigint as outbox_oldest_at,
         coalesce((select json_object_agg(line_device_class, lines) from (
           select p.line_device_class, count(*) as lines from gateway g join port p on p.gateway_id = g.id
           where g.agent_id = agent.id and g.retired_at is null and p.removed_at is null and p.line_device_class = any ($2) group by 1) n), '{}') as life_safety_lines
       from agent where revoked_at is null and ($1::uuid[] is null or id = any ($1))`,
      [ids, [...LIFE_SAFETY]],
    );
    return rows;
  }

  async gateways(sql: Sql, ids: readonly string[] | null): Promise<GatewayRow[]> {
    const { rows } = await sql.query<GatewayRow>(
      `select g.id, g.site_id, g.agent_id, s.customer_id, g.model, g.firmware, g.sip_server, c.xmin::text || c.ctid::text || g.xmin::text as version
       from gateway g join agent a on a.id = g.agent_id and a.revoked_at is null join site s on s.id = g.site_id
       join gateway_current c on c.gateway_id = g.id
       where g.retired_at is null and ($1::uuid[] is null or g.id = any ($1))`,
      [ids],
    );
    return rows;
  }

  /** Which of these gateways were taken out of service. */
  async retired(sql: Sql, ids: readonly string[]): Promise<Set<string>> {
    if (ids.length === 0) return new Set();
    const { rows } = await sql.query<{ id: string }>(
      'select id from gateway where id = any ($1) and retired_at is not null',
      [ids],
    );
    return new Set(rows.map((row) => row.id));
  }

  /** Arrays travel as JSON: the driver reads that many times faster than arrays of Postgres. */
  async current(sql: Sql, ids: readonly string[]): Promise<CurrentRow[]> {
    const { rows } = await sql.query<CurrentRow>({
      name: 'alerting-current',
      text: `select g.id, g.poll_interval_ms, c.observed_at, c.reachability, c.reachability_at, c.unreachable_reason, c.unreachable_code, c.alarms, c.uptime_s, c.temperature_c,
          ${ARRAYS.map((name) => `to_json(c."${name}") as "${name}"`).join(', ')},
          (select json_agg(json_build_array(p."position", p.line_device_class) order by p.ordinal) from port p
           where p.operator_id = g.operator_id and p.gateway_id = g.id and p.removed_at is null) as ports
        from gateway g join gateway_current c on c.gateway_id = g.id where g.id = any ($1)`,
      values: [ids],
    });
    return rows;
  }

  /** Requested restarts, with the time span in which they explain a start. */
  async reboots(sql: Sql, since: Date): Promise<{ gateway_id: string; requested_at: Date; expires_at: Date }[]> {
    const { rows } = await sql.query<{ gateway_id: string; requested_at: Date; expires_at: Date }>(
      `select gateway_id, requested_at, greatest(expires_at, updated_at) as expires_at from action
       where type = 'reboot' and requested_at >= $1 and state in ('sent', 'running', 'succeeded', 'failed')`,
      [since],
    );
    return rows;
  }

  /** The last finished action of each kind on each port and gateway, oldest first. */
  async actions(sql: Sql, since: Date): Promise<ActionRow[]> {
    const { rows } = await sql.query<ActionRow>(
      `select * from (
         select distinct on (gateway_id, type, "position") gateway_id, type, "position", state, reason, result, updated_at from action
         where requested_at >= $1 and state in ('succeeded', 'failed')
         order by gateway_id, type, "position", updated_at desc) a order by updated_at`,
      [since],
    );
    return rows;
  }

  /** The last completed line test of each port. */
  async lineTests(sql: Sql, since: Date): Promise<LineTestRow[]> {
    const { rows } = await sql.query<LineTestRow>(
      `select distinct on (gateway_id, "position") gateway_id, "position", state, reason, result, updated_at from action
       where type = 'line-test' and requested_at >= $1 and (state = 'succeeded' or (state = 'failed' and reason = $2)) and "position" is not null
       order by gateway_id, "position", updated_at desc`,
      [since, FAILED_BY_OLDER_AGENTS],
    );
    return rows;
  }

  async thresholds(sql: Sql): Promise<ThresholdOverride[]> {
    const { rows } = await sql.query<ThresholdOverride>(
      `select kind, scope, nullif(scope_id, '') as "scopeId", parameters, off, reason from threshold_override`,
    );
    return rows;
  }

  /** Counters of these gateways since a time, oldest first. */
  async counters(sql: Sql, ids: readonly string[], since: Date): Promise<CounterRow[]> {
    const { rows } = await sql.query<CounterRow>(
      `select s.gateway_id, l.positions, to_json(s.calls_in) as calls_in, to_json(s.calls_out) as calls_out, to_json(s.calls_failed) as calls_failed
       from gateway_sample s join gateway_layout l on l.gateway_id = s.gateway_id and l.revision = s.revision
       where s.gateway_id = any ($1) and s.taken_at >= $2 and s.calls_failed is not null order by s.gateway_id, s.taken_at`,
      [ids, since],
    );
    return rows;
  }

  /** Gateways that have a fax on one of their ports. */
  async faxGateways(sql: Sql): Promise<string[]> {
    const { rows } = await sql.query<{ gateway_id: string }>(
      `select distinct gateway_id from port where line_device_class = 'fax' and removed_at is null`,
    );
    return rows.map((row) => row.gateway_id);
  }
}
