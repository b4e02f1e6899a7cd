import type { WrongThing } from '@loopstart/contracts';
import { type LineDeviceClass, portHealth, severityRank } from '@loopstart/domain';
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

const LIFE_SAFETY: ReadonlySet<LineDeviceClass | null> = new Set(['alarm-panel', 'lift-phone']);

/** What is wrong, worst first; of equal severity life-safety lines first, then what began last. */
export function wrongThings(
  troubled: readonly TroubledGateway[],
  distrusted: readonly DistrustedGateway[],
  most: number,
): WrongThing[] {
  const things: WrongThing[] = [];
  for (const gateway of distrusted) {
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
  return things.sort(byUrgency).slice(0, most);
}

function byUrgency(a: WrongThing, b: WrongThing): number {
  return (
    severityRank(b.severity) - severityRank(a.severity) ||
    Number(LIFE_SAFETY.has(b.lineDeviceClass)) - Number(LIFE_SAFETY.has(a.lineDeviceClass)) ||
    (b.since ?? '').localeCompare(a.since ?? '') ||
    a.gatewayName.localeCompare(b.gatewayName) ||
    (a.position ?? 0) - (b.position ?? 0)
  );
}
