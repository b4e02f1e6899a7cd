import type { AdminState, OperState, PortKind } from '@loopstart/domain';
import type { Oid } from '@loopstart/snmp';
import { enumOf, text } from './codecs.ts';
import { column, type Source } from './source.ts';
import type { PortRows } from './slices/ports.ts';
import { carriedNumber, keyed, plain, type NotificationRule } from './slices/notifications.ts';
import { integerValue, numberIn } from './values.ts';

/** SNMPv2-MIB system group (RFC 3418). */
export const SYSTEM = {
  sysDescr: '1.3.6.1.2.1.1.1.0',
  sysObjectId: '1.3.6.1.2.1.1.2.0',
  sysUpTime: '1.3.6.1.2.1.1.3.0',
  sysName: '1.3.6.1.2.1.1.5.0',
} as const satisfies Record<string, Oid>;
export const SYS_UP_TIME = SYSTEM.sysUpTime;

/** sysObjectID subtrees that do not identify a vendor: net-snmp's own (NET-SNMP-TC), zeroDotZero. */
export const NOBODYS_OBJECT_IDS: readonly Oid[] = ['1.3.6.1.4.1.8072.3.2', '0.0'];

/** entPhysicalClass (ENTITY-MIB): chassis 3; the other classes are parts, or wholes of several chassis. */
export const entPhysicalClass: Source<'chassis'> = column('1.3.6.1.2.1.47.1.1.1.1.5', 'entPhysicalClass', {
  ...enumOf({ 3: 'chassis' }),
  decode: (value) => (numberIn(value) === undefined ? undefined : numberIn(value) === 3 ? 'chassis' : null),
});

const IF_INDEX = '1.3.6.1.2.1.2.2.1.1';

/** ifType (IANAifType-MIB): voiceEM 100 is neither FXS nor FXO and is not shown as a port. */
export const ifTypeKind: Source<PortKind> = column('1.3.6.1.2.1.2.2.1.3', 'ifType', {
  ...enumOf<PortKind>({ 101: 'fxo', 102: 'fxs' }),
  decode(value) {
    if (value.type !== 'integer' && value.type !== 'gauge32' && value.type !== 'counter32') return undefined;
    return value.value === 102 ? 'fxs' : value.value === 101 ? 'fxo' : null;
  },
});

export const ifName = column('1.3.6.1.2.1.31.1.1.1.1', 'ifName', text(128));
export const ifDescr = column('1.3.6.1.2.1.2.2.1.2', 'ifDescr', text(128));

/**
 * Ports by IF-MIB, numbered in the order of their ifIndex when they are first read. RFC 2863 section 3.1.5 allows a
 * restart to renumber ifIndex; ifName (or ifDescr, where that distinguishes interfaces) identifies the port of a row.
 */
export const ifRows: PortRows = {
  kinds: [ifTypeKind],
  stableNames: [
    { scheme: 'name', source: ifName },
    { scheme: 'descr', source: ifDescr },
  ],
  keyOf: (position) => String(position),
};

export const ifAlias = column('1.3.6.1.2.1.31.1.1.1.18', 'ifAlias', text(128));

/** ifAdminStatus: testing is reported by the operational state. */
export const ifAdminStatus = column(
  '1.3.6.1.2.1.2.2.1.7',
  'ifAdminStatus',
  enumOf<AdminState>({ 1: 'unlocked', 2: 'locked', 3: null }),
);

/** ifOperStatus: dormant waits for a call and is in service; unknown stays unknown. */
export const ifOperStatus = column(
  '1.3.6.1.2.1.2.2.1.8',
  'ifOperStatus',
  enumOf<OperState>({
    1: 'in-service',
    2: 'out-of-service',
    3: 'testing',
    4: null,
    5: 'in-service',
    6: 'out-of-service',
    7: 'out-of-service',
  }),
);

/** linkDown or linkUp: names the port where the driver's rows are those of ifTable. */
function link(trapOid: Oid, object: 'linkDown' | 'linkUp', rowsAreInterfaces: boolean): NotificationRule {
  const down = object === 'linkDown';
  return {
    trapOid,
    object,
    pollNow: true,
    means: keyed([down ? 'link-down' : 'link-up'], 'gateway', ...(rowsAreInterfaces ? ['port' as const] : [])),
    carries: { [IF_INDEX]: 'ifIndex', '1.3.6.1.2.1.2.2.1.7': 'ifAdminStatus', '1.3.6.1.2.1.2.2.1.8': 'ifOperStatus' },
    interpret(input, ports) {
      const index = carriedNumber(input, IF_INDEX);
      const port = rowsAreInterfaces ? ports.find(({ key }) => key === String(index)) : undefined;
      const where = port ? `Port ${port.position}` : index === undefined ? 'An interface' : `Interface ${index}`;
      return {
        kind: down ? 'link-down' : 'link-up',
        severity: down ? (port ? 'major' : 'warning') : 'cleared',
        position: port?.position ?? null,
        text: `${where} went ${down ? 'down' : 'up'}.`,
        alarmKey: `link/${index ?? 'unknown'}`,
        ...(port && { state: { oper: down ? ('out-of-service' as const) : ('in-service' as const) } }),
      };
    },
    encode(wish, ports) {
      if (wish.kind !== (down ? 'link-down' : 'link-up')) return null;
      const port = ports.find(({ position }) => position === wish.position);
      if (!rowsAreInterfaces || port === undefined) return null;
      const index = Number(port.key);
      return [{ oid: `${IF_INDEX}.${port.key}`, value: integerValue(index) }];
    },
  };
}

/** Notifications of SNMPv2-MIB and IF-MIB (RFC 3418, RFC 2863) that any gateway may send. */
export function standardNotifications(options: { rowsAreInterfaces: boolean }): NotificationRule[] {
  return [
    plain('1.3.6.1.6.3.1.1.5.1', 'coldStart', {
      kind: 'cold-start',
      severity: 'warning',
      text: 'The gateway started after a loss of power or a reset; its configuration may have changed.',
      pollNow: true,
    }),
    plain('1.3.6.1.6.3.1.1.5.2', 'warmStart', {
      kind: 'warm-start',
      severity: 'warning',
      text: 'The gateway restarted with its configuration unchanged.',
      pollNow: true,
    }),
    link('1.3.6.1.6.3.1.1.5.3', 'linkDown', options.rowsAreInterfaces),
    link('1.3.6.1.6.3.1.1.5.4', 'linkUp', options.rowsAreInterfaces),
    plain('1.3.6.1.6.3.1.1.5.5', 'authenticationFailure', {
      kind: 'authentication-failure',
      severity: 'warning',
      text: 'Somebody asked the gateway by SNMP with a wrong community or password.',
    }),
  ];
}
