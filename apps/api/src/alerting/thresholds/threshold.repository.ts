import { Injectable } from '@nestjs/common';
import type { ThresholdInput } from '@loopstart/contracts';
import type { AlertPlace, ConditionKind } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { fields, type RowOf } from '../../core/db/fields.ts';
import { gatewayName } from '../../core/fleet/gateway-name.ts';

const SETTING = fields('ThresholdOverride', 't', [
  'id',
  'kind',
  'scope',
  'scopeId',
  'parameters',
  'off',
  'reason',
  'setAt',
]);

/** A setting as stored, with the name of what it is for. */
export interface StoredThreshold extends RowOf<typeof SETTING> {
  scopeName: string;
  setBy: string;
}

const SELECT = `select ${SETTING}, t.set_by_name as "setBy",
    case t.scope when 'operator' then 'everywhere' when 'line-device-class' then t.scope_id
      else coalesce(k.name, s.name, ${gatewayName('g')} || ', line ' || split_part(t.scope_id, '/', 2), 'gone') end as "scopeName"
  from threshold_override t
  left join customer k on t.scope = 'customer' and k.id::text = t.scope_id
  left join site s on t.scope = 'site' and s.id::text = t.scope_id
  left join gateway g on t.scope = 'port' and g.id::text = split_part(t.scope_id, '/', 1)
  where t.operator_id = $1`;

/** Thresholds that differ from the catalogue. */
@Injectable()
export class ThresholdRepository {
  /** All settings of an operator, or those of one kind: widest scope first. */
  async all(sql: Sql, operatorId: string, kind: ConditionKind | null = null): Promise<StoredThreshold[]> {
    const { rows } = await sql.query<StoredThreshold>(
      `${SELECT} and ($2::text is null or t.kind = $2)
       order by array_position(array['operator', 'customer', 'site', 'line-device-class', 'port'], t.scope), "scopeName", t.id`,
      [operatorId, kind],
    );
    return rows;
  }

  /** Sets, in the place of what was set before for the same. Returns its id. */
  async set(sql: Sql, operatorId: string, input: ThresholdInput, by: string, at: Date): Promise<string> {
    const { rows } = await sql.query<{ id: string }>(
      `insert into threshold_override (operator_id, kind, scope, scope_id, parameters, off, reason, set_by_name, set_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (operator_id, kind, scope, scope_id) do update set parameters = $5, off = $6, reason = $7, set_by_name = $8, set_at = $9
       returning id`,
      [
        operatorId,
        input.kind,
        input.scope,
        input.scopeId,
        JSON.stringify(input.parameters),
        input.off,
        input.reason,
        by,
        at,
      ],
    );
    return rows[0]!.id;
  }

  /** Takes a setting back; null where there is none. */
  async reset(
    sql: Sql,
    operatorId: string,
    id: string,
  ): Promise<Pick<ThresholdInput, 'kind' | 'scope' | 'scopeId'> | null> {
    const { rows } = await sql.query<Pick<ThresholdInput, 'kind' | 'scope' | 'scopeId'>>(
      `delete from threshold_override where operator_id = $1 and id = $2 returning kind, scope, scope_id as "scopeId"`,
      [operatorId, id],
    );
    return rows[0] ?? null;
  }

  /** Where a site, gateway or line is; null where the operator has none such. */
  async place(
    sql: Sql,
    subject: { siteId?: string | undefined; gatewayId?: string | undefined; position?: number | undefined },
  ): Promise<AlertPlace | null> {
    const { rows } = await sql.query<AlertPlace>(
      `select s.customer_id as "customerId", s.id as "siteId", null as "agentId", g.id as "gatewayId", p."position", p.line_device_class as "lineDeviceClass"
       from site s left join gateway g on g.site_id = s.id and g.id = $2 left join port p on p.gateway_id = g.id and p."position" = $3
       where ($1::uuid is null or s.id = $1) and ($2::uuid is null or g.id is not null) and ($3::int is null or p."position" is not null) limit 1`,
      [subject.siteId ?? null, subject.gatewayId ?? null, subject.position ?? null],
    );
    return rows[0] ?? null;
  }

  async customerExists(sql: Sql, id: string): Promise<boolean> {
    return (await sql.query('select from customer where id = $1', [id])).rowCount === 1;
  }
}
