import { Injectable } from '@nestjs/common';
import { type AlarmMemory, joinAlarms, NO_ALARMS } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import type { Columns, Row } from '../../core/db/fields.ts';
import { gatewayName } from '../../core/fleet/gateway-name.ts';

export interface LockedGateway extends Pick<
  Columns<'Gateway'>,
  'id' | 'site_id' | 'agent_id' | 'retired_at' | 'retired_because'
> {
  name: string;
  own_name: string | null;
  successor_name: string | null;
}

export interface LockedPort extends Pick<Row<'Port'>, 'position' | 'portKey' | 'kind' | 'label' | 'number'> {
  /** An operator said something about it. */
  described: boolean;
  removed: boolean;
}

/** What happens to gateways as records, each in the transaction of a change. */
@Injectable()
export class LifecycleRepository {
  /** With rows and present locked until the end of the transaction, in one order for all and with the ingest. */
  async lock(sql: Sql, ids: readonly string[]): Promise<Map<string, LockedGateway>> {
    await sql.query(
      'select 1 from gateway_current where gateway_id = any ($1::uuid[]) order by gateway_id for update',
      [ids],
    );
    const { rows } = await sql.query<LockedGateway>(
      `select g.id, ${gatewayName('g')} as name, g.name as own_name, g.site_id, g.agent_id, g.retired_at, g.retired_because,
         (select ${gatewayName('s')} from gateway s where s.id = g.successor_id) as successor_name
       from gateway g where g.id = any ($1::uuid[]) order by g.id for update of g`,
      [ids],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  async ports(sql: Sql, gatewayId: string): Promise<LockedPort[]> {
    const { rows } = await sql.query<LockedPort>(
      `select "position", port_key as "portKey", kind, label, number, removed_at is not null as removed,
         (label is not null or number is not null or line_device_class <> 'unknown') as described
       from port where gateway_id = $1 order by "position"`,
      [gatewayId],
    );
    return rows;
  }

  async retire(
    sql: Sql,
    gatewayId: string,
    because: 'retired' | 'replaced' | 'merged',
    by: { name: string; note: string; successorId: string | null; at: Date },
  ): Promise<void> {
    await sql.query(
      `update gateway set retired_at = $2, retired_because = $3, retired_by_name = $4, retired_note = nullif($5, ''), successor_id = $6, displaced_by = null, displaced_at = null
       where id = $1`,
      [gatewayId, by.at, because, by.name, by.note, by.successorId],
    );
    await sql.query(
      `update action set state = 'cancelled', reason = 'The gateway was taken out of service.', updated_at = $2 where gateway_id = $1 and state = 'queued'`,
      [gatewayId, by.at],
    );
  }

  async restore(sql: Sql, gatewayId: string): Promise<void> {
    await sql.query(
      `update gateway set retired_at = null, retired_because = null, retired_by_name = null, retired_note = null where id = $1`,
      [gatewayId],
    );
  }

  async keep(sql: Sql, gatewayId: string, at: Date): Promise<void> {
    await sql.query('update gateway set displaced_kept_at = $2 where id = $1', [gatewayId, at]);
  }

  /** The agents of a site, which have to know what was merged there. */
  async agentsOf(sql: Sql, siteId: string): Promise<string[]> {
    const { rows } = await sql.query<{ id: string }>(
      'select id from agent where site_id = $1 and revoked_at is null order by id',
      [siteId],
    );
    return rows.map(({ id }) => id);
  }

  /** The other that was found at its address is the same device: nothing is to be asked. */
  async settleDisplaced(sql: Sql, gatewayId: string, by: string): Promise<void> {
    await sql.query('update gateway set displaced_by = null, displaced_at = null where id = $1 and displaced_by = $2', [
      gatewayId,
      by,
    ]);
  }

  /** What stands on one record of a device stands on the other. */
  async joinAlarms(sql: Sql, from: string, to: string, placed: readonly { from: number; to: number }[]): Promise<void> {
    const { rows } = await sql.query<{ id: string; alarms: AlarmMemory | null }>(
      'select gateway_id as id, alarms from gateway_current where gateway_id = any ($1::uuid[])',
      [[from, to]],
    );
    const alarmsOf = (id: string) => rows.find((row) => row.id === id)?.alarms ?? NO_ALARMS;
    const left = alarmsOf(to);
    const positions = new Map(placed.map((one) => [one.from, one.to]));
    await sql.query('update gateway_current set alarms = $2 where gateway_id = $1', [
      to,
      JSON.stringify({ ...left, ...joinAlarms(alarmsOf(from), left, positions) }),
    ]);
  }

  /**
   * Hands over what people said and set about lines: labels, numbers and line devices where the other has none of its own,
   * thresholds, maintenance and silences, each at the position that its line has there; and links the history.
   */
  async handOver(
    sql: Sql,
    operatorId: string,
    from: LockedGateway,
    to: LockedGateway,
    placed: readonly { from: number; to: number }[],
  ): Promise<void> {
    const lines = [from.id, to.id, placed.map((one) => one.from), placed.map((one) => one.to)];
    const pairs = 'unnest($3::int[], $4::int[]) as u (was, now)';
    await sql.query(
      `update port p set label = coalesce(p.label, f.label), number = coalesce(p.number, f.number),
         line_device_class = case when p.line_device_class = 'unknown' then f.line_device_class else p.line_device_class end
       from ${pairs} join port f on f.gateway_id = $1 and f."position" = u.was where p.gateway_id = $2 and p."position" = u.now`,
      lines,
    );
    await sql.query(
      `insert into port_predecessor (operator_id, gateway_id, "position", of_gateway_id, of_position)
       select $5::uuid, $2::uuid, u.now, $1::uuid, u.was from ${pairs}
       union select $5::uuid, $2::uuid, u.now, e.of_gateway_id, e.of_position from ${pairs} join port_predecessor e on e.gateway_id = $1::uuid and e."position" = u.was
       on conflict do nothing`,
      [...lines, operatorId],
    );
    await sql.query(
      `update threshold_override t set scope_id = $2::text || '/' || u.now from ${pairs}
       where t.scope = 'port' and t.scope_id = $1::text || '/' || u.was
         and not exists (select from threshold_override o where o.scope = 'port' and o.kind = t.kind and o.scope_id = $2::text || '/' || u.now)`,
      lines,
    );
    await sql.query(
      `update maintenance_window set scope_id = $2::uuid where scope = 'gateway' and scope_id = $1::uuid and ended_at is null`,
      [from.id, to.id],
    );
    // A silence of one line follows it to its new position; of a line that has none there, it stays with what it was for.
    await sql.query(
      `update silence s set matcher = jsonb_set(s.matcher, '{gatewayId}', to_jsonb($2::text))
         || case when u.now is null then '{}'::jsonb else jsonb_build_object('position', u.now) end
       from silence o left join ${pairs} on u.was = (o.matcher ->> 'position')::int
       where s.id = o.id and s.ended_at is null and s.matcher ->> 'gatewayId' = $1::text and (s.matcher -> 'position' is null or u.now is not null)`,
      lines,
    );
    if (to.own_name === null && from.own_name !== null)
      await sql.query('update gateway set name = $2 where id = $1', [to.id, from.own_name]);
  }
}
