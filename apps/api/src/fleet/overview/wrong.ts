import type { WrongThing } from '@loopstart/contracts';
import { isLifeSafety, type LineDeviceClass, portHealth, severityRank } from '@loopstart/domain';
import type { Explained } from '../../alerting/incidents/index.ts';
import { portStateAt, type StateArrays } from '../../core/fleet/port-state.ts';

/** A gateway some of whose ports are not well, with its arrays over ports. */
export interface TroubledGateway extends StateArrays {
  gatewayId: string;
  gatewayName: string;
  siteId: string;
  siteName: string;
  customerName: string;
  timeZone: string;
  stateSince: (Date | null)[] | null;
  ports: { ordinal: number; position: number; label: string | null; device: LineDeviceClass }[];
}

/** A gateway of which nothing is known now. */
export interface DistrustedGateway {
  gatewayId: string;
  gatewayName: string;
  siteId: string;
  siteName: string;
  customerName: string;
  timeZone: string;
  distrust: 'agent-silent' | 'gateway-unreachable' | 'gateway-stale';
  since: Date | null;
}

/**
 * What is wrong and not explained by an incident, worst first; of equal severity life-safety lines first, then what
 * began last.
 */
export function unexplainedThings(
  troubled: readonly TroubledGateway[],
  distrusted: readonly DistrustedGateway[],
  explained: Explained,
): WrongThing[] {
  const things: WrongThing[] = [];
  for (const gateway of distrusted) {
    if (explained.gateways.has(gateway.gatewayId)) continue;
    const { distrust, since, ...where } = gateway;
    things.push({
      ...where,
      position: null,
      label: null,
      lineDeviceClass: null,
      severity: distrust === 'gateway-stale' ? 'unknown' : 'major',
      reason: distrust,
      fault: null,
      since: since?.toISOString() ?? null,
    });
  }
  for (const gateway of troubled) {
    const { gatewayId, gatewayName, siteId, siteName, customerName, timeZone } = gateway;
    for (const port of gateway.ports) {
      if (explained.lines.has(`${gatewayId}/${port.position}`)) continue;
      const state = portStateAt(gateway, port.ordinal);
      const { severity, reason } = portHealth(state, port.device);
      if (severityRank(severity) < severityRank('minor')) continue;
      things.push({
        gatewayId,
        gatewayName,
        siteId,
        siteName,
        customerName,
        timeZone,
        position: port.position,
        label: port.label,
        lineDeviceClass: port.device,
        severity,
        reason,
        fault: state.fault === 'none' ? null : state.fault,
        since: gateway.stateSince?.[port.ordinal]?.toISOString() ?? null,
      });
    }
  }
  return things.sort(byUrgency);
}

function byUrgency(a: WrongThing, b: WrongThing): number {
  return (
    severityRank(b.severity) - severityRank(a.severity) ||
    Number(isLifeSafety(b.lineDeviceClass)) - Number(isLifeSafety(a.lineDeviceClass)) ||
    (b.since ?? '').localeCompare(a.since ?? '') ||
    a.gatewayName.localeCompare(b.gatewayName) ||
    (a.position ?? 0) - (b.position ?? 0)
  );
}
