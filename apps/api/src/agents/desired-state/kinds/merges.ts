import { MERGES_PER_MESSAGE_MAX, type DownOf } from '@loopstart/contracts';
import type { DesiredStateOf } from './desired-state-kind.ts';

/** Merged gateways of the site of agent `a` that it has not acknowledged. */
const UNACKNOWLEDGED = `gateway m where m.operator_id = a.operator_id and m.site_id = a.site_id and m.retired_because = 'merged'
  and not exists (select from merge_acknowledgement k where k.agent_id = a.id and k.gateway_id = m.id)`;

/**
 * Which gateways were merged into which. Every agent of the site learns it, also one that is installed later: it would
 * find the same device by the same marks, and use the former id.
 */
export const merges: DesiredStateOf<'merges'> = {
  kind: 'merges',
  lagging: `exists (select from ${UNACKNOWLEDGED})`,

  async pending(sql, agentId) {
    const { rows } = await sql.query<DownOf<'merges'>['merges'][number]>(
      `select m.id as "gatewayId", m.successor_id as "intoGatewayId", coalesce(c.revision, 0) as revision
       from agent a, lateral (select m.id, m.successor_id, m.retired_at from ${UNACKNOWLEDGED}) m
       left join gateway_current c on c.gateway_id = m.successor_id
       where a.id = $1 and a.revoked_at is null order by m.retired_at, m.id limit ${MERGES_PER_MESSAGE_MAX}`,
      [agentId],
    );
    return { messages: rows.length === 0 ? [] : [{ v: 1, kind: 'merges', merges: rows }], published: [] };
  },
};
