import { Injectable } from '@nestjs/common';
import { type ConfigAccess, type ConfigAccessView, type ShownAccess } from '@loopstart/contracts';
import type { Sql } from '../../core/db/database.ts';
import { Secrets } from '../../core/secret/secrets.ts';

const NOT_SET: ConfigAccessView = {
  isSet: false,
  user: null,
  hasPassword: false,
  hasEnablePassword: false,
  hasSipLogin: false,
  setBy: null,
  setAt: null,
};

/** Logins by which gateways are configured, sealed. */
@Injectable()
export class AccessRepository {
  constructor(private readonly secrets: Secrets) {}

  async view(sql: Sql, gatewayId: string): Promise<ConfigAccessView> {
    const { rows } = await sql.query<{ shown: ShownAccess; setBy: string; setAt: Date }>(
      'select shown, set_by_name as "setBy", set_at as "setAt" from config_access where gateway_id = $1',
      [gatewayId],
    );
    const [row] = rows;
    if (row === undefined) return NOT_SET;
    return { isSet: true, ...row.shown, setBy: row.setBy, setAt: row.setAt.toISOString() };
  }

  async set(
    sql: Sql,
    operatorId: string,
    data: { gatewayId: string; access: ConfigAccess; by: string; at: Date },
  ): Promise<void> {
    const { gatewayId, access } = data;
    const place = { field: 'config_access.access', operatorId, row: { gateway_id: gatewayId } } as const;
    await sql.query(
      `insert into config_access (operator_id, gateway_id, access, shown, set_by_name, set_at) values ($1, $2, $3, $4, $5, $6)
       on conflict (gateway_id) do update set access = excluded.access, shown = excluded.shown, set_by_name = excluded.set_by_name, set_at = excluded.set_at`,
      [operatorId, gatewayId, await this.secrets.seal(place, JSON.stringify(access)), shownOf(access), data.by, data.at],
    );
  }

  async remove(sql: Sql, gatewayId: string): Promise<boolean> {
    const { rowCount } = await sql.query('delete from config_access where gateway_id = $1', [gatewayId]);
    return rowCount === 1;
  }
}

const shownOf = ({ user, password, enablePassword = null, sip = null }: ConfigAccess): ShownAccess => ({
  user,
  hasPassword: password !== null,
  hasEnablePassword: enablePassword !== null,
  hasSipLogin: sip !== null,
});
