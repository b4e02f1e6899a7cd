import type { Action, DownOf, LiveEvent } from '@loopstart/contracts';
import { isHeld } from '@loopstart/domain';
import type { Sql } from '../../../core/db/database.ts';
import { ACTION_COLUMNS, emergencyCalls, toAction } from '../../actions/index.ts';
import { wirePosition, type WirePositions } from '../../ingest/index.ts';
import type { DesiredStateOf } from './desired-state-kind.ts';

type ActionMessage = DownOf<'action'>;

/** An action as it is stored, with the classes of all ports of its gateway. */
interface StoredAction extends Omit<ActionMessage, 'v' | 'kind' | 'expiresAt' | 'ports'> {
  expiresAt: Date;
  classes: { position: number; lineDeviceClass: string }[] | null;
  wirePositions: WirePositions | null;
}

/** An action that the agent did not begin ends with its expiry; one that began has this long to report its end. */
const RUNNING_GRACE = '10 minutes';

/** Actions of operators. Sent until the agent reports progress, and marked as sent from the first time on. */
export const action: DesiredStateOf<'action'> = {
  kind: 'action',
  lagging: `exists (select from action x where x.agent_id = a.id and x.state in ('queued', 'sent') and x.expires_at > $2)`,

  async pending(sql, agentId, now) {
    const actions = await unreported(sql, agentId, now);
    if (actions.length === 0) return { messages: [], published: [] };
    const sent = await markSent(sql, actions, now);
    const gatewayIds = actions.map((one) => one.gatewayId);
    const calls = await emergencyCalls(sql, gatewayIds, now);
    const isOnHold = (gatewayId: string, position: number) =>
      isHeld(calls.get(gatewayId) ?? [], position, now.getTime());
    return {
      messages: actions.map((one) => toMessage(one, isOnHold)),
      published: sent.map((moved): LiveEvent => ({ type: 'action', action: moved })),
    };
  },

  async expire(sql, now) {
    const { rows } = await sql.query(
      `update action set state = 'expired', updated_at = $1,
         reason = case when state = 'running' then 'The agent began and never said how it ended.' else 'The agent did not begin in time.' end
       where state in ('queued', 'sent') and expires_at < $1 or state = 'running' and expires_at + interval '${RUNNING_GRACE}' < $1
       returning operator_id as "operatorId", ${ACTION_COLUMNS}`,
      [now],
    );
    return rows.map(({ operatorId, ...row }) => ({
      operatorId: operatorId as string,
      event: { type: 'action', action: toAction(row) },
    }));
  },
};

async function unreported(sql: Sql, agentId: string, now: Date): Promise<StoredAction[]> {
  const { rows } = await sql.query<StoredAction>(
    `select x.id as "actionId", x.type, x.gateway_id as "gatewayId", x."position", coalesce(p.line_device_class, 'unknown') as "lineDeviceClass",
       x.life_safety_confirmed as "lifeSafetyConfirmed", x.override_reason as "overrideReason", x.expires_at as "expiresAt", p.port_key as "portKey", g.wire_positions as "wirePositions",
       (select json_agg(json_build_object('position', o."position", 'lineDeviceClass', o.line_device_class) order by o."position") from port o where o.gateway_id = x.gateway_id and o.removed_at is null) as classes
     from action x join gateway g on g.id = x.gateway_id left join port p on p.gateway_id = x.gateway_id and p."position" = x."position"
     where x.agent_id = $1 and x.state in ('queued', 'sent') and x.expires_at > $2 order by x.requested_at for update of x`,
    [agentId, now],
  );
  return rows;
}

/** Marks those that were queued until now; returns them. */
async function markSent(sql: Sql, actions: readonly StoredAction[], now: Date): Promise<Action[]> {
  const { rows } = await sql.query(
    `update action set state = 'sent', updated_at = $2 where id = any ($1::uuid[]) and state = 'queued' returning ${ACTION_COLUMNS}`,
    [actions.map(({ actionId }) => actionId), now],
  );
  return rows.map(toAction);
}

function toMessage(
  { classes, wirePositions, expiresAt, ...stored }: StoredAction,
  isOnHold: (gatewayId: string, position: number) => boolean,
): ActionMessage {
  return {
    v: 1,
    kind: 'action',
    ...stored,
    position: wirePosition(wirePositions, stored.position),
    ports: (classes ?? []).map((port) => ({
      ...port,
      position: wirePosition(wirePositions, port.position) ?? port.position,
      emergencyHold: isOnHold(stored.gatewayId, port.position),
    })),
    expiresAt: expiresAt.getTime(),
  };
}
