import {
  type GatewayFacts,
  unreadableCode,
  judgeRecordedTest,
  type LineDeviceClass,
  type PortLineTest,
} from '@loopstart/domain';
import type { CurrentRow, GatewayRow, LineTestRow } from './facts.repository.ts';

/** Facts of a gateway besides its reading. */
export interface Beside {
  failedActions: GatewayFacts['failedActions'];
  configuration: GatewayFacts['configuration'];
  restartedAt: number | null;
  recentCalls: GatewayFacts['recentCalls'];
  baselines: GatewayFacts['baselines'];
  lineTests: GatewayFacts['lineTests'];
}

const ms = (at: Date | null): number | null => at?.getTime() ?? null;

/** Builds the facts of a gateway from its rows. Pure. */
export function gatewayFacts(place: GatewayRow, row: CurrentRow, beside: Beside): GatewayFacts {
  const ports = row.ports ?? [];
  return {
    gatewayId: place.id,
    siteId: place.site_id,
    agentId: place.agent_id,
    customerId: place.customer_id,
    pollIntervalMs: row.poll_interval_ms,
    observedAt: ms(row.observed_at),
    reachability: row.reachability ?? 'unknown',
    reachabilityAt: ms(row.reachability_at),
    unreadable:
      row.reachability === 'unreachable'
        ? { code: unreadableCode(row.unreachable_code, row.unreachable_reason), text: row.unreachable_reason }
        : null,
    uptimeS: row.uptime_s,
    temperatureC: row.temperature_c,
    alarms: row.alarms?.standing ?? [],
    happened: row.alarms?.happened ?? [],
    registrarAlarm: row.alarms?.registrarAlarm ?? false,
    positions: ports.map(([position]) => position),
    devices: ports.map(([, device]) => device),
    admin: row.admin,
    oper: row.oper,
    hook: row.hook,
    call: row.call,
    registration: row.registration,
    fault: row.fault,
    stateSince: row.state_since?.map((at) => (at === null ? null : Date.parse(at))) ?? null,
    lineVoltageV: row.line_voltage_v,
    loopCurrentMa: row.loop_current_ma,
    jitterMs: row.jitter_ms,
    packetLossPercent: row.packet_loss_percent,
    ...beside,
  };
}

/** The verdict of a port's last completed line test; null: none. */
export function lineTestFacts(
  tests: ReadonlyMap<number, LineTestRow>,
  [position, device]: [position: number, device: LineDeviceClass],
  model: string | null,
): PortLineTest | null {
  const row = tests.get(position);
  const judged = row === undefined ? null : judgeRecordedTest(row, { model, device });
  if (row === undefined || judged === null) return null;
  const { verdict, reason, text } = judged;
  return { at: row.updated_at.getTime(), verdict, reason, text };
}

/**
 * Time of an unrequested start of a gateway; null where there was none. `reboots` are the time spans of requested
 * restarts.
 */
export function unaskedStart(
  startedAt: number | null,
  reboots: readonly { from: number; to: number }[],
): number | null {
  if (startedAt === null) return null;
  return reboots.some(({ from, to }) => startedAt >= from && startedAt <= to) ? null : startedAt;
}
