import { Injectable } from '@nestjs/common';
import { beyondQuota, portsBeyond } from '@loopstart/domain';
import { Database, type Sql } from '../../core/db/database.ts';
import { gatewayName } from '../../core/fleet/gateway-name.ts';
import type { Caller } from '../../core/http/implements.ts';
import { agentsOf, quotasOf } from '../../core/fleet/quotas.ts';

const SHOWN_MAX = 200;

/** What an operator uses of its quotas. */
@Injectable()
export class UsageRepository {
  constructor(private readonly db: Database) {}

  usage({ scope, operatorId }: Pick<Caller, 'scope' | 'operatorId'>) {
    return this.db.tx(scope, (sql) => this.#read(sql, operatorId));
  }

  async #read(sql: Sql, operatorId: string) {
    const quotas = await quotasOf(sql, operatorId);
    const agents = await agentsOf(sql, operatorId);
    const gateways = await this.#gateways(sql, operatorId);
    const ports = gateways.reduce((sum, gateway) => sum + gateway.ports, 0);
    const { bytes: storageBytes, at } = await this.#storage(sql, operatorId);
    return {
      quotas,
      usage: { ports, agents, storageBytes, storageAt: at?.toISOString() ?? null },
      beyond: {
        ports: beyondQuota(ports, quotas.ports)!,
        agents: beyondQuota(agents, quotas.agents)!,
        storageBytes: beyondQuota(storageBytes, quotas.storageBytes),
      },
      gatewaysBeyond: portsBeyond(gateways, quotas.ports).slice(-SHOWN_MAX).toReversed(),
    };
  }

  /** Gateways in service in the order in which they were registered, with their lines. */
  async #gateways(sql: Sql, operatorId: string): Promise<{ id: string; name: string; ports: number }[]> {
    const { rows } = await sql.query<{ id: string; name: string; ports: number }>(
      `select g.id, ${gatewayName('g')} as name, coalesce(p.ports, 0) as ports
       from gateway g left join (
         select gateway_id, count(*)::int as ports from port where operator_id = $1 and removed_at is null group by 1) p on p.gateway_id = g.id
       where g.operator_id = $1 and g.retired_at is null order by g.first_seen_at, g.id`,
      [operatorId],
    );
    return rows;
  }

  async #storage(sql: Sql, operatorId: string): Promise<{ bytes: number | null; at: Date | null }> {
    const { rows } = await sql.query<{ bytes: number; at: Date }>(
      'select storage_bytes as bytes, measured_at as at from operator_usage where operator_id = $1',
      [operatorId],
    );
    return rows[0] ?? { bytes: null, at: null };
  }
}
