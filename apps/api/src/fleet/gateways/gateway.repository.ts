import { Injectable } from '@nestjs/common';
import type { GatewaySummary, NullReasons } from '@loopstart/contracts';
import { Database, type Sql } from '../../core/db/database.ts';
import { fields, type RowOf } from '../../core/db/fields.ts';
import type { Scope } from '../../core/db/scope.ts';
import { effectiveGateways } from '../../core/fleet/effective-gateway.ts';
import type { Distrust } from '../../core/fleet/port-view.ts';
import { placed } from './list/gateway-filter.ts';
import { noticesOf, type RecordState, retirementOf } from './notices.ts';
import { gatewayName } from '../../core/fleet/gateway-name.ts';

/** A gateway in lists, as read. */
export type GatewayRow = Omit<GatewaySummary, 'observedAt' | 'retired' | 'notices'> & { observedAt: Date | null };

/** Times in JSON are text. */
type StoredRecord = Omit<RecordState, 'observedAt' | 'retiredAt' | 'targetRemovedAt' | 'agentRevokedAt'> &
  Record<'retiredAt' | 'targetRemovedAt' | 'agentRevokedAt', string | null>;

/** SQL: what `noticesOf` asks of gateway `g` and its agent `a`. */
const other = (id: string) =>
  `(select json_build_object('id', o.id, 'name', ${gatewayName('o')}) from gateway o where o.id = ${id})`;
const RECORD = `json_build_object('retiredAt', g.retired_at, 'retiredBecause', g.retired_because, 'retiredBy', g.retired_by_name, 'retiredNote', g.retired_note,
  'agentsLearned', case when g.retired_because = 'merged' then
    (select bool_and(exists (select from merge_acknowledgement k where k.agent_id = n.id and k.gateway_id = g.id)) from agent n where n.site_id = g.site_id and n.revoked_at is null) end,
  'successor', ${other('g.successor_id')}, 'displacedBy', ${other('g.displaced_by')},
  'displacedKept', g.displaced_kept_at is not null and g.displaced_kept_at >= g.displaced_at, 'targetRemovedAt', g.target_removed_at,
  'agentRevokedAt', a.revoked_at, 'identity', g.identity) as record`;

function recordState(record: StoredRecord, observedAt: Date | null): RecordState {
  const date = (text: string | null) => (text === null ? null : new Date(text));
  return {
    ...record,
    observedAt,
    retiredAt: date(record.retiredAt),
    targetRemovedAt: date(record.targetRemovedAt),
    agentRevokedAt: date(record.agentRevokedAt),
  };
}

const DETAIL = fields('Gateway', 'g', [
  'serial',
  'macAddress',
  'hardwareRevision',
  'sysName',
  'sysDescr',
  'sysObjectId',
  'powerSource',
  'sipServer',
  'pollIntervalMs',
  'firstSeenAt',
  'capabilities',
  'actions',
]);

/** What of one gateway is not in lists. */
export interface GatewayDetail extends RowOf<typeof DETAIL> {
  distrust: Distrust | null;
  distrustSince: Date | null;
  observedAt: Date | null;
  nulls: NullReasons | null;
  uptimeS: number | null;
  temperatureC: number | null;
  cpuPercent: number | null;
  memoryPercent: number | null;
  activeCalls: number | null;
}

const SUMMARY = `e.id, e.name, json_build_object('id', s.id, 'name', s.name, 'timeZone', s.time_zone) as site,
  json_build_object('id', k.id, 'name', k.name) as customer, e.agent_id as "agentId", e.vendor, e.model, e.model_reason as "modelReason", e.firmware, e.address,
  e.driver_id as "driverId", e.evidence, e.unknown_hardware as "unknownHardware", e.reachability,
  case when e.reachability = 'unreachable' then e.unreachable_reason when e.distrust = 'agent-silent' then 'The agent of this site is silent.' end as "unreachableReason",
  case when e.reachability = 'unreachable' then e.unreachable_code end as "unreachableCode",
  e.freshness, e.observed_at as "observedAt",
  case when e.trusted then e.temperature_c end as "temperatureC", case when e.trusted then e.active_calls end as "activeCalls",
  json_build_object('total', e.ports_total, 'ok', e.ports_ok, 'info', e.ports_info, 'minor', e.ports_minor, 'major', e.ports_major,
    'critical', e.ports_critical, 'unknown', e.ports_unknown) as ports, e.worst`;

/** Gateways with what is known of them now. */
@Injectable()
export class GatewayRepository {
  constructor(private readonly db: Database) {}

  /** Gateways as lists show them, retired or not, in the order of their ids. */
  async summaries(sql: Sql, now: Date, ids: readonly string[]): Promise<GatewaySummary[]> {
    const { rows } = await sql.query<GatewayRow & { record: StoredRecord }>(
      `select ${SUMMARY}, ${RECORD} from ${placed('$1', true)} join gateway g on g.id = e.id join agent a on a.id = g.agent_id
       where e.id = any ($2::uuid[]) order by array_position($2::uuid[], e.id)`,
      [now, ids],
    );
    return rows.map(({ record, ...row }) => {
      const state = recordState(record, row.observedAt);
      const observedAt = row.observedAt?.toISOString() ?? null;
      return { ...row, observedAt, retired: retirementOf(state), notices: noticesOf(state) };
    });
  }

  /** What only the page of one gateway shows; null where there is none. */
  detail(scope: Scope, now: Date, gatewayId: string): Promise<GatewayDetail | null> {
    return this.db.tx(scope, async (sql) => {
      const { rows } = await sql.query<GatewayDetail>(
        `select ${DETAIL}, e.distrust, e.distrust_since as "distrustSince", e.observed_at as "observedAt", c.nulls,
           c.uptime_s as "uptimeS", c.temperature_c as "temperatureC", c.cpu_percent as "cpuPercent", c.memory_percent as "memoryPercent", c.active_calls as "activeCalls"
         from ${effectiveGateways('$1', { retired: true })} e join gateway g on g.id = e.id left join gateway_current c on c.gateway_id = e.id where e.id = $2`,
        [now, gatewayId],
      );
      return rows[0] ?? null;
    });
  }

  /**
   * Gives a gateway a name of its own, or takes it away. Returns its site and the name it had; null where there is no such
   * gateway.
   */
  async rename(sql: Sql, gatewayId: string, name: string): Promise<{ siteId: string; before: string | null } | null> {
    const { rows } = await sql.query<{ siteId: string; before: string | null }>(
      `with former as (select id, name from gateway where id = $1 for update)
       update gateway g set name = $2 from former where g.id = former.id returning g.site_id as "siteId", former.name as before`,
      [gatewayId, name],
    );
    return rows[0] ?? null;
  }
}
