import type { NullReasons } from '@loopstart/contracts';
import {
  EMERGENCY_HOLD_MS,
  isHeld,
  type EmergencyCall,
  type IdleEvidence,
  type LineDeviceClass,
  type PermissionSubject,
  type PowerSource,
} from '@loopstart/domain';
import { driverMetadata } from '@loopstart/drivers/catalogue';
import type { Sql } from '../../core/db/database.ts';
import { effectiveGateways } from '../../core/fleet/effective-gateway.ts';
import { portStateAt, type StateArrays } from '../../core/fleet/port-state.ts';

/**
 * Drivers whose gateways have an identify action. Agents before 29 November 2026 reported it for every gateway, only
 * read the inventory again and reported success.
 */
const IDENTIFIES: ReadonlySet<string> = new Set(
  driverMetadata().flatMap(({ id, actions }) => (actions.includes('identify') ? [id] : [])),
);

interface SubjectRow extends StateArrays {
  agent_id: string;
  agent_alive: boolean;
  driver_id: string;
  actions: string[];
  idle_evidence: IdleEvidence | null;
  can_write: boolean | null;
  observed_at: Date | null;
  power_source: PowerSource | null;
  active_calls: number | null;
  state_since: (Date | null)[] | null;
  nulls: NullReasons | null;
  ports: { position: number; ordinal: number; device: LineDeviceClass }[] | null;
}

/** The facts of a gateway and its agent that the permission function needs; null where there is no such gateway. */
export async function actionSubject(
  sql: Sql,
  gatewayId: string,
  now: Date,
): Promise<{ agentId: string; subject: PermissionSubject } | null> {
  const { rows } = await sql.query<SubjectRow>(
    `select e.agent_id, e.agent_alive, e.driver_id, g.actions, g.idle_evidence, g.can_write, e.observed_at, g.power_source, c.active_calls, c.state_since,
       c.nulls, c.admin, c.oper, c.hook, c.call, c.registration, c.fault,
       (select json_agg(json_build_object('position', p."position", 'ordinal', p.ordinal, 'device', p.line_device_class) order by p."position") from port p where p.gateway_id = g.id and p.removed_at is null) as ports
     from ${effectiveGateways('$1')} e join gateway g on g.id = e.id left join gateway_current c on c.gateway_id = e.id where e.id = $2`,
    [now, gatewayId],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const calls = (await emergencyCalls(sql, [gatewayId], now)).get(gatewayId) ?? [];
  return {
    agentId: row.agent_id,
    subject: {
      supported: row.actions.filter((action) => action !== 'identify' || IDENTIFIES.has(row.driver_id)),
      agentAlive: row.agent_alive,
      canWrite: row.can_write,
      ageMs: row.observed_at === null ? null : now.getTime() - row.observed_at.getTime(),
      idleEvidence: row.idle_evidence,
      onBattery: row.power_source === null ? null : row.power_source === 'battery',
      activeCalls: row.active_calls,
      ports: (row.ports ?? []).map(({ position, ordinal, device }) => ({
        position,
        device,
        state: portStateAt(row, ordinal),
        callNull: callNullAt(row.nulls, ordinal),
        onHookForMs: unchangedForMs(row, ordinal),
        emergencyHold: isHeld(calls, position, now.getTime()),
      })),
    },
  };
}

/** Emergency calls of these gateways that still hold their lines at `now`, by gateway. */
export async function emergencyCalls(
  sql: Sql,
  gatewayIds: readonly string[],
  now: Date,
): Promise<Map<string, EmergencyCall[]>> {
  const { rows } = await sql.query<{ gateway_id: string; position: number | null; at: Date }>(
    `select gateway_id, "position", at from gateway_event where gateway_id = any ($1::uuid[]) and kind = 'emergency-call' and at > $2`,
    [gatewayIds, new Date(now.getTime() - EMERGENCY_HOLD_MS)],
  );
  const calls = new Map<string, EmergencyCall[]>();
  for (const { gateway_id, position, at } of rows) {
    calls.set(gateway_id, [...(calls.get(gateway_id) ?? []), { position, atMs: at.getTime() }]);
  }
  return calls;
}

function callNullAt(nulls: NullReasons | null, ordinal: number) {
  const found = nulls?.find(
    ({ field, ports }) => field === 'call' && (ports === '*' || (ports as readonly number[]).includes(ordinal)),
  );
  return found?.reason ?? null;
}

/** How long a port's state had not changed at the last reading; an unchanged hook is at least as old. */
function unchangedForMs({ observed_at, state_since }: SubjectRow, ordinal: number): number | null {
  const since = state_since?.[ordinal] ?? null;
  return observed_at === null || since === null ? null : observed_at.getTime() - since.getTime();
}
