import { isIP } from 'node:net';
import { plainAddress } from '../discovery/address-range.ts';
import type { GatewaySession } from '../session/gateway-session.ts';

/** Where sessions are looked up. */
export interface LineSenders {
  at(ip: string): GatewaySession[];
}

/**
 * The session whose gateway sent a syslog message, or why it is unknown. The source address decides. Where it is one of
 * the `relays` in the machine's settings, the host in the message decides if it is an address: any machine could name
 * one. Several gateways behind one address are distinguished by the name in the message, where exactly one has it.
 */
export function chooseLineSender(
  address: string,
  /** The name in the message; read only where it is needed. */
  hostOf: () => string | null,
  senders: LineSenders,
  relays: readonly string[],
): GatewaySession | 'unknown-sender' | 'ambiguous-sender' {
  const from = plainAddress(address);
  const direct = senders.at(from);
  const byRelay = direct.length === 0 && relays.some((relay) => plainAddress(relay) === from);
  if (direct.length === 1) return direct[0] as GatewaySession;
  if (direct.length === 0 && !byRelay) return 'unknown-sender';
  const host = hostOf();
  const found = byRelay && host !== null && isIP(host) !== 0 ? senders.at(plainAddress(host)) : direct;
  if (found.length <= 1) return found[0] ?? 'unknown-sender';
  const named = found.filter((session) => isNamed(session, host));
  return named.length === 1 ? (named[0] as GatewaySession) : 'ambiguous-sender';
}

function isNamed({ known }: GatewaySession, host: string | null): boolean {
  if (known === null || host === null) return false;
  const { sysName, serial, macAddress } = known.inventory.gateway;
  const plain = (name: string) => name.toLowerCase().replaceAll(/[:.-]/g, '');
  return [sysName, serial, macAddress].some((name) => name !== null && plain(name) === plain(host));
}
