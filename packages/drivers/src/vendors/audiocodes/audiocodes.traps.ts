import type { EventKind } from '@loopstart/contracts';
import type { PortWords } from '../../engine/words.ts';
import {
  carriedNumber,
  carriedText,
  keyed,
  type EventSeverity,
  type NotificationInput,
  type NotificationMeaning,
  type NotificationRule,
} from '../../engine/slices/notifications.ts';
import { integerValue, textValue } from '../../engine/values.ts';
import type { ActiveAlarmsSlice } from '../../engine/slices/active-alarms.ts';
import {
  alarmColumnsOf,
  BOARD_TRAPS,
  gravestAlarm,
  LEFT_OFF_HOOK,
  PORT_FAULTS,
  portInSource,
  sourceOf,
} from './audiocodes.alarms.ts';

/** acBoardTrapGlobals of AcBoard: the varbinds of every notification of the board. */
const GLOBALS = '1.3.6.1.4.1.5003.9.10.1.21.1';
const NAME = `${GLOBALS}.1`;
const TEXT = `${GLOBALS}.2`;
const SOURCE = `${GLOBALS}.3`;
const SEVERITY = `${GLOBALS}.4`;
const CARRIES = {
  [NAME]: 'acBoardTrapGlobalsName',
  [TEXT]: 'acBoardTrapGlobalsTextualDescription',
  [SOURCE]: 'acBoardTrapGlobalsSource',
  [SEVERITY]: 'acBoardTrapGlobalsSeverity',
  [`${GLOBALS}.5`]: 'acBoardTrapGlobalsUniqID',
  [`${GLOBALS}.6`]: 'acBoardTrapGlobalsType',
  [`${GLOBALS}.7`]: 'acBoardTrapGlobalsProbableCause',
  [`${GLOBALS}.8`]: 'acBoardTrapGlobalsAdditionalInfo1',
  [`${GLOBALS}.9`]: 'acBoardTrapGlobalsAdditionalInfo2',
  [`${GLOBALS}.10`]: 'acBoardTrapGlobalsAdditionalInfo3',
};

/** acBoardTrapGlobalsSeverity: cleared 0, indeterminate 1, warning 2, minor 3, major 4, critical 5. */
const SEVERITIES: readonly EventSeverity[] = ['cleared', 'warning', 'warning', 'minor', 'major', 'critical'];

/** By last number: MIB name, kind when raised, kind when cleared, and the sentence. */
const ALARMS: readonly (readonly [number, string, EventKind, EventKind, string])[] = [
  [1, 'acBoardFatalError', 'alarm-raised', 'alarm-cleared', 'Fatal error of the board'],
  [2, 'acBoardConfigurationError', 'alarm-raised', 'alarm-cleared', 'Configuration error'],
  [3, 'acBoardTemperatureAlarm', 'temperature-high', 'temperature-normal', 'Board temperature'],
  [4, 'acBoardEvBoardStarted', 'warm-start', 'warm-start', 'The board has started'],
  [5, 'acBoardEvResettingBoard', 'other', 'other', 'The board is resetting'],
  [6, 'acFeatureKeyError', 'alarm-raised', 'alarm-cleared', 'Feature key error'],
  [7, 'acgwAdminStateChange', 'alarm-raised', 'alarm-cleared', 'Administrative state of the gateway changed'],
  [8, 'acBoardCallResourcesAlarm', 'alarm-raised', 'alarm-cleared', 'Call resources'],
  [9, 'acBoardControllerFailureAlarm', 'registration-lost', 'registration-restored', 'SIP proxy'],
  [10, 'acBoardEthernetLinkAlarm', 'link-down', 'link-up', 'Ethernet link'],
  [11, 'acBoardOverloadAlarm', 'alarm-raised', 'alarm-cleared', 'Overload'],
  [12, 'acActiveAlarmTableOverflow', 'alarm-raised', 'alarm-cleared', 'Too many alarms at once'],
  [15, 'acOperationalStateChange', 'alarm-raised', 'alarm-cleared', 'Operational state of the gateway changed'],
  [16, 'acKeepAlive', 'keep-alive', 'keep-alive', 'Keep-alive'],
  [17, 'acNATTraversalAlarm', 'alarm-raised', 'alarm-cleared', 'NAT traversal'],
  [27, 'acPerformanceMonitoringThresholdCrossing', 'quality-poor', 'alarm-cleared', 'Performance threshold crossed'],
  [28, 'acHTTPDownloadResult', 'other', 'other', 'Result of a download'],
  [29, 'acFanTrayAlarm', 'fan-failed', 'fan-restored', 'Fan tray'],
  [30, 'acPowerSupplyAlarm', 'power-lost', 'power-restored', 'Power supply'],
  [36, 'acUserInputAlarm', 'alarm-raised', 'alarm-cleared', 'Dry-contact input'],
  [43, 'acHwFailureAlarm', 'alarm-raised', 'alarm-cleared', 'Hardware failure'],
  [46, 'acAnalogPortSPIOutOfService', 'port-fault', 'port-fault-cleared', 'Line circuit out of service'],
  [47, 'acAnalogPortHighTemperature', 'port-fault', 'port-fault-cleared', 'Line circuit too hot'],
  [59, 'acGWSASEmergencyModeAlarm', 'alarm-raised', 'alarm-cleared', 'Stand-alone survivability mode'],
  [70, 'acSWUpgradeAlarm', 'alarm-raised', 'alarm-cleared', 'Software upgrade'],
  [71, 'acNTPServerStatusAlarm', 'alarm-raised', 'alarm-cleared', 'Time server'],
  [72, 'acThreeWayConferenceOutOfResources', 'alarm-raised', 'alarm-cleared', 'Conference resources'],
  [76, 'acAnalogPortGroundFaultOutOfService', 'port-fault', 'port-fault-cleared', 'Ground fault on the line'],
  [80, 'acPowerOverEthernetStatus', 'alarm-raised', 'alarm-cleared', 'Power over Ethernet'],
  [92, 'acCertificateExpiryNotifiaction', 'alarm-raised', 'alarm-cleared', 'Certificate expiry'],
  [94, 'acProxyConnectionLost', 'registration-lost', 'registration-restored', 'Connection to the SIP proxy'],
  [LEFT_OFF_HOOK, 'acAnalogLineLeftOffhookAlarm', 'receiver-off-hook', 'alarm-cleared', 'Receiver left off hook'],
];

/** Events that need no poll: they change nothing that a poll reads. */
const QUIET: ReadonlySet<number> = new Set([16, 28, 71, 92]);

/** Kinds that are about the gateway, whatever source they name. */
const OF_GATEWAY: ReadonlySet<EventKind> = new Set([
  'temperature-high',
  'fan-failed',
  'power-lost',
  'link-down',
  'quality-poor',
  'warm-start',
  'keep-alive',
  'other',
]);
const ALARM_PAIR: readonly [EventKind, EventKind] = ['alarm-raised', 'alarm-cleared'];

function meanings(raised: EventKind, cleared: EventKind): NotificationMeaning[] {
  if (OF_GATEWAY.has(raised)) return keyed([raised, cleared], 'gateway');
  if (raised === 'registration-lost') return [...keyed([raised, cleared], 'gateway'), ...keyed(ALARM_PAIR, 'port')];
  return keyed([raised, cleared], 'gateway', 'port');
}

export const boardNotifications: readonly NotificationRule[] = ALARMS.map(
  ([number, object, raised, cleared, what]) => ({
    trapOid: `${BOARD_TRAPS}.${number}`,
    object,
    pollNow: !QUIET.has(number),
    means: meanings(raised, cleared),
    carries: CARRIES,
    interpret(input) {
      const severity = severityOf(input);
      const isClear = severity === 'cleared';
      const source = carriedText(input, SOURCE);
      const position = OF_GATEWAY.has(raised) ? null : portInSource(source);
      // The lost proxy of one endpoint is not the lost proxy of the gateway.
      const [up, down] = raised === 'registration-lost' && position !== null ? ALARM_PAIR : [raised, cleared];
      const ownText = carriedText(input, TEXT);
      const where = position === null ? '' : ` on port ${position}`;
      const state = stateOf(number, isClear);
      return {
        kind: isClear ? down : up,
        severity,
        position,
        text: `${what}${where}${isClear ? ': cleared' : ''}${ownText && !isSame(ownText, what) ? ` (${ownText})` : ''}.`,
        // Raise and clear share the notification, and are paired by name and source.
        alarmKey: `${number}/${source ?? ''}`,
        ...(state && { state }),
      };
    },
    encode(wish, ports) {
      const isClear = wish.kind !== raised;
      if (isClear && wish.kind !== cleared) return null;
      const fault = PORT_FAULTS[number];
      if (fault !== undefined) {
        if (wish.position === null || (wish.fault ?? fault) !== fault) return null;
      } else if ((number === LEFT_OFF_HOOK) !== (wish.position !== null)) return null;
      if (
        wish.kind === 'other' ||
        (wish.position !== null && !ports.some(({ position }) => position === wish.position))
      ) {
        return null;
      }
      return [
        // acBoardTrapGlobalsName is the notification's number less one.
        { oid: `${NAME}.0`, value: integerValue(number - 1) },
        { oid: `${TEXT}.0`, value: textValue(what) },
        { oid: `${SOURCE}.0`, value: textValue(wish.position === null ? 'Board#1' : sourceOf(wish.position, number)) },
        { oid: `${SEVERITY}.0`, value: integerValue(isClear ? 0 : 4) },
      ];
    },
  }),
);

/** acBoardEvBoardStarted, …ResettingBoard, acKeepAlive, acPerformanceMonitoring…, acHTTPDownloadResult: not alarms, never listed. */
const NOT_LISTED: ReadonlySet<number> = new Set([4, 5, 16, 27, 28]);
/** acActiveAlarmTableOverflow. */
const OVERFLOW = 12;

/** acActiveAlarmTable (AC-ALARM-MIB): a row for each alarm that was raised and is not cleared. */
export const activeAlarms: ActiveAlarmsSlice = {
  trapOid: alarmColumnsOf.trapOid,
  carried: [
    { column: alarmColumnsOf.text, as: TEXT },
    { column: alarmColumnsOf.source, as: SOURCE },
    { column: alarmColumnsOf.severity, as: SEVERITY },
  ],
  gravest: gravestAlarm,
  lists: ALARMS.filter(([number]) => !NOT_LISTED.has(number)).map(([number]) => ({
    trapOid: `${BOARD_TRAPS}.${number}`,
    keys: `${number}/`,
  })),
  overflow: `${BOARD_TRAPS}.${OVERFLOW}`,
};

/** A severity outside the scale is a warning: the alarm exists, its severity is unknown. */
function severityOf(input: NotificationInput): EventSeverity {
  return SEVERITIES[carriedNumber(input, SEVERITY) ?? 1] ?? 'warning';
}

/** The state of the port by a raised alarm. A clear proves nothing: another alarm may still stand. */
function stateOf(notification: number, isClear: boolean): Partial<PortWords> | undefined {
  if (isClear) return undefined;
  const fault = PORT_FAULTS[notification];
  if (fault !== undefined) return { fault };
  return notification === LEFT_OFF_HOOK ? { hook: 'off-hook', call: 'receiver-off-hook' } : undefined;
}

/** Whether the gateway's own text adds nothing to ours. */
function isSame(ownText: string, what: string): boolean {
  return ownText.trim().replace(/\.$/, '').toLowerCase() === what.toLowerCase();
}
