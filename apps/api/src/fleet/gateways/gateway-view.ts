import type { Gateway, GatewaySummary, Port } from '@loopstart/contracts';
import {
  ACTION_TYPES,
  type ActionType,
  GATEWAY_MEASURE_NAMES,
  type GatewayMeasure,
  type NullReason,
} from '@loopstart/domain';
import { cannotTell } from '@loopstart/drivers/catalogue';
import { nullReason } from '../../core/fleet/port-view.ts';
import type { GatewayDetail } from './gateway.repository.ts';

/** What is said of a driver that is in the database but not in this build. */
const UNKNOWN_DRIVER = 'The agent uses a driver that this version of Loopstart does not know.';

/** A gateway as its page shows it. Its own measurements follow the same rule as its ports: null with a reason. */
export function gatewayView(
  summary: GatewaySummary,
  detail: GatewayDetail,
  ports: Port[],
  driverNote: string | undefined,
): Gateway {
  const known = detail.distrust === null;
  const measures = Object.fromEntries(
    GATEWAY_MEASURE_NAMES.map((field) => [field, known ? detail[field] : null]),
  ) as Record<GatewayMeasure, number | null>;
  const nulls: Record<string, NullReason> = {};
  for (const field of GATEWAY_MEASURE_NAMES) {
    if (measures[field] === null) nulls[field] = nullReason(field, null, detail);
  }
  return {
    ...summary,
    serial: detail.serial,
    macAddress: detail.macAddress,
    hardwareRevision: detail.hardwareRevision,
    sysName: detail.sysName,
    sysDescr: detail.sysDescr,
    sysObjectId: detail.sysObjectId,
    powerSource: detail.powerSource,
    sipServer: detail.sipServer,
    pollIntervalMs: detail.pollIntervalMs,
    firstSeenAt: detail.firstSeenAt.toISOString(),
    ...measures,
    nulls,
    capabilities: detail.capabilities,
    actions: detail.actions.filter(isAction),
    driverNote: driverNote ?? UNKNOWN_DRIVER,
    cannotTell: cannotTell(summary.driverId, detail.capabilities),
    portList: ports,
  };
}

function isAction(name: string): name is ActionType {
  return (ACTION_TYPES as readonly string[]).includes(name);
}
