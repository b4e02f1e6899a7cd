import { Injectable } from '@nestjs/common';
import type { CallCoverage, CallFacet, CallRecord, Facet } from '@loopstart/contracts';
import { CALL_PHASES, callProgress, type CallQuality, qualityBand } from '@loopstart/domain';
import { Database, type Sql } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { gatewayName } from '../../core/fleet/gateway-name.ts';
import { oneOf, without } from '../../core/list/conditions.ts';
import { countValues } from '../../core/list/facet.ts';
import { findPage, type ListPage, walkPage } from '../../core/list/list-rows.ts';
import { SqlValues } from '../../core/list/sql-values.ts';
import {
  callFacets,
  type CallFilter,
  callOrder,
  callRows,
  CALLS_MAX,
  newestCalls,
  NEWEST_FIRST,
} from './call-filter.ts';

/** Gateways without records that are named. */
const NAMED_MAX = 50;
const END = 1 << CALL_PHASES.indexOf('end');

type Times = 'startedAt' | 'connectedAt' | 'endedAt' | 'gatewaySetupAt' | 'gatewayConnectAt' | 'gatewayReleaseAt';
type CallSql = Omit<CallRecord, Times | 'at' | 'progress' | 'quality' | 'qualityBand'> &
  CallQuality &
  Record<Times, Date | null> & { at: Date; phases: number };

/** Calls, and which gateways report them. */
@Injectable()
export class CallRepository {
  constructor(private readonly db: Database) {}

  list(scope: Scope, filter: CallFilter, page: ListPage) {
    return this.db.tx(scope, async (sql) => {
      const values = new SqlValues();
      const order = callOrder(filter.nowMs);
      const { ids, ...rest } =
        page.sort === NEWEST_FIRST
          ? await walkPage(sql, callRows(filter, values), order, page, CALLS_MAX, values)
          : await findPage(sql, newestCalls(filter, values), order, page, values);
      return {
        items: await this.#calls(sql, ids, filter.nowMs),
        ...rest,
        ...(rest.total >= CALLS_MAX && { totalIsMinimum: true }),
      };
    });
  }

  /** Counts calls by the values of one filter, all other filters applied. */
  facet(scope: Scope, filter: CallFilter, facet: CallFacet): Promise<Facet> {
    const values = new SqlValues();
    const rows = newestCalls(without(filter, facet), values);
    const facetSql = callFacets(filter.nowMs)[facet];
    return this.db.tx(scope, (sql) => countValues(sql, rows, facetSql, values));
  }

  /** Which gateways in service have sent call records, at these places. */
  coverage(
    scope: Scope,
    place: Pick<CallFilter, 'operatorId' | 'customerId' | 'siteId' | 'gatewayId'>,
  ): Promise<CallCoverage> {
    const values = new SqlValues();
    const where = [
      `g.operator_id = ${values.add(place.operatorId)}::uuid`,
      'g.retired_at is null',
      ...oneOf('s.customer_id', place.customerId, 'uuid', values),
      ...oneOf('g.site_id', place.siteId, 'uuid', values),
      ...oneOf('g.id', place.gatewayId, 'uuid', values),
    ].join(' and ');
    return this.db.tx(scope, async (sql) => {
      const { rows } = await sql.query<Omit<CallCoverage, 'lastAt'> & { lastAt: Date | null }>(
        `with mine as (
           select g.id, ${gatewayName('g')} as name, g.name_key, c.last_at from gateway g join site s on s.id = g.site_id
           left join call_source c on c.operator_id = g.operator_id and c.gateway_id = g.id where ${where}
         )
         select count(*)::int as gateways, count(last_at)::int as receiving, max(last_at) as "lastAt",
           coalesce((select json_agg(json_build_object('id', id, 'name', name) order by name_key, id) from (
             select * from mine where last_at is null order by name_key, id limit ${NAMED_MAX}) silent), '[]') as without
         from mine`,
        values.all,
      );
      const found = rows[0]!;
      return { ...found, lastAt: found.lastAt?.toISOString() ?? null };
    });
  }

  /** Calls in the order of these ids. */
  async #calls(sql: Sql, ids: readonly string[], nowMs: number): Promise<CallRecord[]> {
    const { rows } = await sql.query<CallSql>(
      `select e.id, e.gateway_id as "gatewayId", ${gatewayName('g')} as "gatewayName", s.id as "siteId", s.name as "siteName",
         k.id as "customerId", k.name as "customerName", s.time_zone as "timeZone", e."position", p.label as "portLabel", e.at,
         e.phases, e.direction, e.dialled, e.called, e.calling, e.forwarded_to as "forwardedTo", e.line_number as "lineNumber",
         e.channel, e.trunk, e.device, e.started_at as "startedAt", e.connected_at as "connectedAt", e.ended_at as "endedAt",
         e.gateway_setup_at as "gatewaySetupAt", e.gateway_connect_at as "gatewayConnectAt", e.gateway_release_at as "gatewayReleaseAt",
         e.talk_ms::float8 as "talkMs", e.cause, e.cause_code as "causeCode", e.sip_code as "sipCode", e.ended_by as "endedBy",
         e.codec, e.fax, e.mos, e.r_factor as "rFactor", e.remote_mos as "remoteMos", e.remote_r_factor as "remoteRFactor",
         e.jitter_ms as "jitterMs", e.delay_ms as "delayMs", e.loss_percent as "lossPercent", e.format, e.nulls
       from call_record e join gateway g on g.id = e.gateway_id join site s on s.id = e.site_id join customer k on k.id = s.customer_id
       left join port p on p.operator_id = e.operator_id and p.gateway_id = e.gateway_id and p."position" = e."position"
       where e.id = any ($1::uuid[]) order by array_position($1::uuid[], e.id)`,
      [ids],
    );
    return rows.map((row) => toRecord(row, nowMs));
  }
}

function toRecord(row: CallSql, nowMs: number): CallRecord {
  const { at, phases, mos, rFactor, remoteMos, remoteRFactor, jitterMs, delayMs, lossPercent, ...rest } = row;
  const text = (time: Date | null) => time?.toISOString() ?? null;
  const ended = (phases & END) !== 0;
  const [connectedAt, endedAt] = [rest.connectedAt?.getTime() ?? null, rest.endedAt?.getTime() ?? null];
  return {
    ...rest,
    at: at.toISOString(),
    progress: callProgress({ at: at.getTime(), connectedAt, endedAt, ended }, nowMs),
    startedAt: text(rest.startedAt),
    connectedAt: text(rest.connectedAt),
    endedAt: text(rest.endedAt),
    gatewaySetupAt: text(rest.gatewaySetupAt),
    gatewayConnectAt: text(rest.gatewayConnectAt),
    gatewayReleaseAt: text(rest.gatewayReleaseAt),
    quality: { mos, rFactor, remoteMos, remoteRFactor, jitterMs, delayMs, lossPercent },
    qualityBand: qualityBand(mos),
  };
}
