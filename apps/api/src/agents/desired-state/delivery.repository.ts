import { Injectable } from '@nestjs/common';
import { type Action, AgentSettings, type DownMessage } from '@loopstart/contracts';
import { isHeld } from '@loopstart/domain';
import { Database, type Sql } from '../../core/db/database.ts';
import { wholeOperator, wholeOperators } from '../../core/db/scope.ts';
import { SecretBox } from '../../core/secret/secret-box.ts';
import { wirePosition, type WirePositions } from '../ingest/index.ts';
import { ACTION_COLUMNS, emergencyCalls, toAction } from '../actions/index.ts';
import { openTarget, type TargetRow } from '../registry/index.ts';

type ActionMessage = Extract<DownMessage, { kind: 'action' }>;

/** An action as it is stored, with the classes of all ports of its gateway. */
interface StoredAction extends Omit<ActionMessage, 'v' | 'kind' | 'expiresAt' | 'ports'> {
  expiresAt: Date;
  classes: { position: number; lineDeviceClass: string }[] | null;
  wirePositions: WirePositions | null;
}

/** What an agent has not reported yet. */
export interface Pending {
  config: AgentSettings | null;
  actions: ActionMessage[];
  /** Actions that were queued until now, as they are from now on. */
  sent: Action[];
}

/** An action nobody begins ends with its expiry; one that began is given some time to say how it went. */
const RUNNING_GRACE = '10 minutes';

/** What is desired of agents and not reported back yet. */
@Injectable()
export class DeliveryRepository {
  constructor(
    private readonly db: Database,
    private readonly box: SecretBox,
  ) {}

  /** What is to be sent to an agent; marks its queued actions as sent. */
  pending(operatorId: string, agentId: string, now: Date): Promise<Pending> {
    return this.db.tx(wholeOperator(operatorId), async (sql) => ({
      config: await this.#config(sql, agentId),
      ...(await this.#actions(sql, agentId, now)),
    }));
  }

  /** Of these agents those that lag behind what is desired, by id with their operator. */
  async lagging(operatorIds: readonly string[], agentIds: readonly string[] | null, now: Date) {
    if (operatorIds.length === 0) return [];
    return this.db.tx(wholeOperators(operatorIds), async (sql) => {
      const { rows } = await sql.query<{ agentId: string; operatorId: string }>(
        `select a.id as "agentId", a.operator_id as "operatorId" from agent a
         where a.revoked_at is null and ($1::uuid[] is null and a.online or a.id = any ($1))
           and (a.config_revision is distinct from a.config_revision_reported
             or exists (select from action x where x.agent_id = a.id and x.state in ('queued', 'sent') and x.expires_at > $2))`,
        [agentIds, now],
      );
      return rows;
    });
  }

  /** Every operator there is. */
  async operators(): Promise<string[]> {
    const { rows } = await this.db.query<{ id: string }>('select id from resolve_operators() as id');
    return rows.map((row) => row.id);
  }

  /** Ends actions whose time is over; returns them. */
  async expire(operatorIds: readonly string[], now: Date): Promise<{ operatorId: string; action: Action }[]> {
    if (operatorIds.length === 0) return [];
    return this.db.tx(wholeOperators(operatorIds), async (sql) => {
      const { rows } = await sql.query(
        `update action set state = 'expired', updated_at = $1,
           reason = case when state = 'running' then 'The agent began and never said how it ended.' else 'The agent did not begin in time.' end
         where state in ('queued', 'sent') and expires_at < $1 or state = 'running' and expires_at + interval '${RUNNING_GRACE}' < $1
         returning operator_id as "operatorId", ${ACTION_COLUMNS}`,
        [now],
      );
      return rows.map(({ operatorId, ...action }) => ({ operatorId: operatorId as string, action: toAction(action) }));
    });
  }

  async #config(sql: Sql, agentId: string): Promise<AgentSettings | null> {
    const { rows } = await sql.query<{ revision: number; trapPort: number }>(
      `select config_revision as revision, trap_port as "trapPort" from agent
       where id = $1 and revoked_at is null and config_revision is distinct from config_revision_reported`,
      [agentId],
    );
    const wanted = rows[0];
    if (wanted === undefined) return null;
    const targets = await sql.query<TargetRow>(
      `select id, address, port, version, username, level, can_write as "canWrite", access, poll_interval_ms as "pollIntervalMs", ordinal
       from agent_target where agent_id = $1 order by ordinal`,
      [agentId],
    );
    return AgentSettings.parse({ ...wanted, targets: targets.rows.map((row) => openTarget(this.box, agentId, row)) });
  }

  async #actions(sql: Sql, agentId: string, now: Date): Promise<Pick<Pending, 'actions' | 'sent'>> {
    const { rows } = await sql.query<StoredAction>(
      `select x.id as "actionId", x.type, x.gateway_id as "gatewayId", x."position", coalesce(p.line_device_class, 'unknown') as "lineDeviceClass",
         x.life_safety_confirmed as "lifeSafetyConfirmed", x.override_reason as "overrideReason", x.expires_at as "expiresAt", p.port_key as "portKey", g.wire_positions as "wirePositions",
         (select json_agg(json_build_object('position', o."position", 'lineDeviceClass', o.line_device_class)) from port o where o.gateway_id = x.gateway_id and o.removed_at is null) as classes
       from action x join gateway g on g.id = x.gateway_id left join port p on p.gateway_id = x.gateway_id and p."position" = x."position"
       where x.agent_id = $1 and x.state in ('queued', 'sent') and x.expires_at > $2 order by x.requested_at for update of x`,
      [agentId, now],
    );
    if (rows.length === 0) return { actions: [], sent: [] };
    const sent = await sql.query(
      `update action set state = 'sent', updated_at = $2 where id = any ($1::uuid[]) and state = 'queued' returning ${ACTION_COLUMNS}`,
      [rows.map((row) => row.actionId), now],
    );
    const gatewayIds = rows.map((row) => row.gatewayId);
    const calls = await emergencyCalls(sql, gatewayIds, now);
    return {
      actions: rows.map(({ classes, wirePositions, expiresAt, ...row }) => ({
        v: 1,
        kind: 'action',
        ...row,
        position: wirePosition(wirePositions, row.position),
        ports: (classes ?? []).map((port) => ({
          ...port,
          position: wirePosition(wirePositions, port.position) ?? port.position,
          emergencyHold: isHeld(calls.get(row.gatewayId) ?? [], port.position, now.getTime()),
        })),
        expiresAt: expiresAt.getTime(),
      })),
      sent: sent.rows.map(toAction),
    };
  }
}
