import type { PortInfo } from '@loopstart/contracts';
import { encodeNotification, type Driver, type NotificationWish } from '@loopstart/drivers';
import type { Oid, VarBind } from '@loopstart/snmp';
import type { Change } from '../line/changes.ts';

export interface Notice {
  readonly trapOid: Oid;
  readonly varbinds: VarBind[];
  /** Whether it names the port it is about, where it is about one. */
  readonly namesPort: boolean;
}

/**
 * The notification of a gateway of this driver for a change, or null where its vendor has none. A port that goes out of
 * service is reported as a link that went down where there is nothing better. A registration is reported without its
 * port only by a notification that means some line, never by one that means all of them.
 */
export function noticeOf(driver: Driver, ports: readonly PortInfo[], change: Change): Notice | null {
  const { kind, position, fault } = change;
  const noticeFor = (wish: NotificationWish, namesPort: boolean): Notice | null => {
    const encoded = encodeNotification(driver.notifications, wish, ports);
    return encoded === null ? null : { ...encoded, namesPort };
  };
  const isRegistration = kind === 'registration-lost' || kind === 'registration-restored';
  const namesNoLine = isRegistration && meansSomeLine(driver, kind);
  if (namesNoLine) return position === null ? null : noticeFor({ kind, position: null }, false);
  const own = noticeFor({ kind, position, ...(fault !== null && { fault }) }, position !== null);
  if (own !== null) return own;
  switch (kind) {
    case 'port-fault':
      return noticeFor({ kind: 'link-down', position }, true);
    case 'port-fault-cleared':
      return noticeFor({ kind: 'link-up', position }, true);
    default:
      return null;
  }
}

/** Whether a notification of the driver reports that some line lost or has its registration, without naming it. */
function meansSomeLine(driver: Driver, kind: Change['kind']): boolean {
  return driver.notifications.rules.some(({ means }) =>
    means.some((meaning) => meaning.kind === kind && meaning.about === 'gateway' && !meaning.keyed),
  );
}
