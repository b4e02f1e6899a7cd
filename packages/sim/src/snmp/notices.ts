import type { PortInfo } from '@loopstart/contracts';
import { encodeNotification, type Driver } from '@loopstart/drivers';
import type { Oid, VarBind } from '@loopstart/snmp';
import type { Change } from '../line/changes.ts';

/**
 * What a gateway of this driver sends when something changes, or null where its maker has no notification for it.
 * A port that goes out of service is told as a link that went down where there is nothing better.
 */
export function noticeOf(
  driver: Driver,
  ports: readonly PortInfo[],
  change: Change,
): { trapOid: Oid; varbinds: VarBind[] } | null {
  const { kind, position, fault } = change;
  const own = encodeNotification(driver, { kind, position, ...(fault !== null && { fault }) }, ports);
  if (own !== null || fault === null) return own;
  return encodeNotification(driver, { kind: kind === 'port-fault' ? 'link-down' : 'link-up', position }, ports);
}
