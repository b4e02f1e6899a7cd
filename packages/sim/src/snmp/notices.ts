import type { PortInfo } from '@loopstart/contracts';
import { encodeNotification, type Driver, type NotificationWish } from '@loopstart/drivers';
import type { Oid, VarBind } from '@loopstart/snmp';
import type { Change } from '../line/changes.ts';

export interface Notice {
  readonly trapOid: Oid;
  readonly varbinds: VarBind[];
  /** Whether it tells which port it is about, where it is about one. */
  readonly namesPort: boolean;
}

/**
 * What a gateway of this driver sends when something changes, or null where its maker has no notification for it.
 * A port that goes out of service is told as a link that went down where there is nothing better. A registration is told
 * without its port only by a notification that means some line, never by one that means all of them.
 */
export function noticeOf(driver: Driver, ports: readonly PortInfo[], change: Change): Notice | null {
  const { kind, position, fault } = change;
  const say = (wish: NotificationWish, namesPort: boolean): Notice | null => {
    const said = encodeNotification(driver.notifications, wish, ports);
    return said === null ? null : { ...said, namesPort };
  };
  const isRegistration = kind === 'registration-lost' || kind === 'registration-restored';
  const namesNoLine = isRegistration && meansSomeLine(driver, kind);
  if (namesNoLine) return position === null ? null : say({ kind, position: null }, false);
  const own = say({ kind, position, ...(fault !== null && { fault }) }, position !== null);
  if (own !== null) return own;
  switch (kind) {
    case 'port-fault':
      return say({ kind: 'link-down', position }, true);
    case 'port-fault-cleared':
      return say({ kind: 'link-up', position }, true);
    default:
      return null;
  }
}

/** Whether a notification of the driver says that some line lost or has its registration, without saying which. */
function meansSomeLine(driver: Driver, kind: Change['kind']): boolean {
  return driver.notifications.rules.some(({ means }) =>
    means.some((meaning) => meaning.kind === kind && meaning.about === 'gateway' && !meaning.keyed),
  );
}
