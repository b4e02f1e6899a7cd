import { fromCode, PORT_STATE_FIELDS, type OtherGateways } from '@loopstart/domain';
import type { Fleet } from '../fleet/fleet.ts';
import type { GatewaySession } from '../session/gateway-session.ts';

export type FleetView = Pick<Fleet, 'find' | 'sessions'>;

/** A reading older than this does not show whether a gateway is registered now. */
const FRESH_MS = 90_000;

/** Whether a gateway has a registered line; null where that is not known. */
function isRegistered(session: GatewaySession, nowMs: number): boolean | null {
  const { known } = session;
  const reading = known?.reading ?? null;
  if (reading === null || known?.readAt === undefined || known.readAt === null) return null;
  if (session.reachable !== true || nowMs - known.readAt > FRESH_MS) return null;
  const words = reading.state.registration.map((code) => fromCode<string>(PORT_STATE_FIELDS.registration, code));
  if (words.every((word) => word === null)) return null;
  return words.includes('registered');
}

/** Ids of the other gateways of the site with a registered line. */
export function registeredOthers(fleet: FleetView, gatewayId: string, nowMs: number): string[] {
  return fleet.sessions
    .filter((session) => !session.parked && session.gatewayId !== gatewayId && isRegistered(session, nowMs) === true)
    .flatMap((session) => session.gatewayId ?? []);
}

/** What became of those gateways. */
export function countOthers(fleet: FleetView, others: readonly string[], nowMs: number): OtherGateways {
  const counts = { registered: 0, lost: 0, unknown: 0 };
  for (const id of others) {
    const session = fleet.find(id);
    const registered = session === null ? null : isRegistered(session, nowMs);
    counts[registered === null ? 'unknown' : registered ? 'registered' : 'lost'] += 1;
  }
  return counts;
}

/** Whether every gateway of these that this agent reads is known to be in service; those of others are not its matter. */
export function peersInService(fleet: FleetView, peers: readonly string[], nowMs: number): boolean {
  return peers.every((id) => {
    const session = fleet.find(id);
    if (session === null) return true;
    if (session.reachable !== true) return false;
    const registered = isRegistered(session, nowMs);
    // A model that reports no registration shows by its answers alone that it works.
    return registered !== false;
  });
}
