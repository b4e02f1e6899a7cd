import type { Notification, Oid } from '@loopstart/snmp';
import { plainAddress } from '../discovery/address-range.ts';
import type { GatewaySession } from '../session/gateway-session.ts';

/** snmpTrapAddress.0 (SNMP-COMMUNITY-MIB, RFC 3584 section 4.1): the original sender in a proxy's notification. */
const SNMP_TRAP_ADDRESS: Oid = '1.3.6.1.6.3.18.1.3.0';

/** Where sessions are looked up. */
export interface SenderDirectory {
  at(ip: string): GatewaySession[];
}

/**
 * The session whose gateway sent a notification, or why it is unknown. The source address decides; where it is one of
 * the `relays` in the machine's settings, the address in the notification decides: any host on the network could name a
 * gateway, and a community is readable there. Several gateways behind one address are distinguished by engine, then by
 * access, then by whether their driver knows the notification.
 */
export function chooseSender(
  notification: Notification,
  directory: SenderDirectory,
  engines: ReadonlyMap<string, GatewaySession>,
  relays: readonly string[],
): GatewaySession | 'unknown-sender' | 'ambiguous-sender' {
  const from = plainAddress(notification.from.address);
  const direct = directory.at(from);
  const byRelay = direct.length === 0 && relays.some((relay) => plainAddress(relay) === from);
  const found = byRelay ? relayed(notification, directory) : direct;
  const allowed = found.filter((session) => mayHaveSent(session, notification));
  if (allowed.length <= 1) return allowed[0] ?? 'unknown-sender';
  const byEngine = notification.engineId === undefined ? undefined : engines.get(notification.engineId);
  if (byEngine !== undefined && allowed.includes(byEngine)) return byEngine;
  const speaking = allowed.filter((session) =>
    session.known?.driver.notifications.rules.some((rule) => rule.trapOid === notification.trapOid),
  );
  return speaking.length === 1 ? (speaking[0] as GatewaySession) : 'ambiguous-sender';
}

function relayed(notification: Notification, directory: SenderDirectory): GatewaySession[] {
  const named = notification.varbinds.find(({ oid }) => oid === SNMP_TRAP_ADDRESS)?.value;
  return named?.type === 'ip' ? directory.at(named.value) : [];
}

/** A gateway must use the access by which it is read; a community of another gateway is not enough. */
function mayHaveSent(session: GatewaySession, { version, community, user }: Notification): boolean {
  const { access } = session.target;
  if (access.version === 'v3') return version === 'v3' && access.user === user;
  return version !== 'v3' && access.community === community;
}
