import type { FaultReason } from '@loopstart/domain';
import type { VarBind } from '@loopstart/snmp';
import { enumOf, objectId, text } from '../../engine/codecs.ts';
import { column, scalar, type Answers } from '../../engine/source.ts';
import type { PortResolver } from '../../engine/slices/ports.ts';
import { integerValue, isAnswer, numberIn, textIn } from '../../engine/values.ts';

const AC = '1.3.6.1.4.1.5003';
/** AcBoard notifications, identified by the last number. */
export const BOARD_TRAPS = `${AC}.9.10.1.21.2.0`;

/** Notifications of AcBoard about one analogue port, and the fault of each. */
export const PORT_FAULTS: Readonly<Record<number, FaultReason>> = {
  46: 'hardware-failure',
  47: 'over-temperature',
  76: 'ground-fault',
};
/** acAnalogLineLeftOffhookAlarm (SNMP alarms guide of the MSBR series). */
export const LEFT_OFF_HOOK = 141;

/**
 * Port number in an alarm's source, such as `System#0/analogports#3` or `Board#1/SipAnalogEp#3`; null where the source
 * names none. Taken as the printed number: whether a firmware counts from 0 here is not proven, and a 0 matches no
 * port.
 */
export function portInSource(source: string | undefined): number | null {
  const number = Number(/(?:analogports?|SipAnalogEp|AnalogPort)#(\d{1,4})/i.exec(source ?? '')?.[1] ?? 0);
  return number > 0 ? number : null;
}

export const sourceOf = (position: number, notification: number) =>
  notification === LEFT_OFF_HOOK ? `Board#1/SipAnalogEp#${position}` : `System#0/analogports#${position}`;

/** acSysStateGWSeverity: the gravest standing alarm. */
const severity = scalar(
  `${AC}.9.10.10.2.5.4`,
  'acSysStateGWSeverity',
  enumOf<string>({ 0: 'none', 1: 'indeterminate', 2: 'warning', 3: 'minor', 4: 'major', 5: 'critical' }),
);
const alarmTrap = column(`${AC}.11.1.1.1.1.3`, 'acActiveAlarmTrapOID', objectId);
const alarmSource = column(`${AC}.11.1.1.1.1.7`, 'acActiveAlarmSource', text(200));
const alarmSeverity = column(
  `${AC}.11.1.1.1.1.8`,
  'acActiveAlarmSeverity',
  enumOf({ 0: 'cleared', 1: 'raised', 2: 'raised', 3: 'raised', 4: 'raised', 5: 'raised' }),
);
const alarmText = column(`${AC}.11.1.1.1.1.6`, 'acActiveAlarmTextualDescription', text(200));
const alarmColumns = [alarmTrap, alarmSource, alarmSeverity];

/** The list of active alarms, without the meaning of its notifications. */
export const alarmColumnsOf = { trapOid: alarmTrap, text: alarmText, source: alarmSource, severity: alarmSeverity };
export const gravestAlarm = { source: severity, none: 'none', usual: 'major' };

/** Standing alarms, as notification number by port; null where the table may be incomplete. */
function standingAlarms(answers: Answers): Map<number, Set<number>> | null {
  const overall = answers.scalars.get(severity.oid);
  const rows = answers.columns.get(alarmTrap.oid) ?? new Map();
  const level = isAnswer(overall) ? severity.codec.decode(overall) : undefined;
  // An empty table and an absent one look alike; the overall severity distinguishes them.
  if (rows.size === 0 && level !== 'none') return null;
  const byPort = new Map<number, Set<number>>();
  for (const [key, value] of rows) {
    const state = answers.columns.get(alarmSeverity.oid)?.get(key);
    if (isAnswer(state) && numberIn(state) === 0) continue;
    const source = answers.columns.get(alarmSource.oid)?.get(key);
    const position = portInSource(isAnswer(source) ? textIn(source) : undefined);
    const notification = Number(/\.0\.(\d+)$/.exec(value.type === 'oid' ? value.value : '')?.[1] ?? 0);
    if (position === null || notification === 0) continue;
    byPort.set(position, (byPort.get(position) ?? new Set()).add(notification));
  }
  return byPort;
}

/** Fault of a port by the active alarm table (AcAlarm). */
export const alarmedFault: PortResolver<'fault'> = {
  field: 'fault',
  scalars: [severity],
  columns: alarmColumns,
  decode(answers, ports, sink) {
    const alarms = standingAlarms(answers);
    if (alarms === null) return;
    ports.forEach(({ position }, at) => {
      const standing = [...(alarms.get(position) ?? [])].find((notification) => notification in PORT_FAULTS);
      sink.set(at, (standing === undefined ? undefined : PORT_FAULTS[standing]) ?? 'none');
    });
  },
  // The list of active alarms, which says it, is encoded as a whole.
  encode: () => [],
  words: ['none', ...Object.values(PORT_FAULTS)],
};

const rtpActive = column(`${AC}.9.10.1.4.1.1.1`, 'rTPActive', enumOf({ 0: null, 1: 'in-use' }, { otherwise: 0 }));

/**
 * The call state of a line, as far as this vendor reports it: a receiver left off hook by the alarm table, a call by
 * its media. Absent media do not prove an idle line (it may ring), so that stays unknown.
 */
export const alarmedCall: PortResolver<'call'> = {
  field: 'call',
  scalars: [severity],
  columns: [rtpActive, ...alarmColumns],
  decode(answers, ports, sink) {
    const alarms = standingAlarms(answers);
    const media = answers.columns.get(rtpActive.oid);
    ports.forEach(({ position, key }, at) => {
      if (alarms?.get(position)?.has(LEFT_OFF_HOOK)) return sink.set(at, 'receiver-off-hook');
      const value = media?.get(key);
      if (!isAnswer(value)) return;
      const call = rtpActive.codec.decode(value);
      if (call) sink.set(at, call as 'in-use');
      else sink.miss(at, call === null ? 'not-applicable' : 'invalid-value');
      if (call === undefined) sink.problem(`${rtpActive.oid}.${key}`, 'rTPActive: neither 0 nor 1');
    });
  },
  encode: (state) =>
    state.ports.flatMap(({ key }, at): VarBind[] => {
      const call = state.states[at]?.call ?? null;
      // Media flow while people talk; tones and ringing are made by the gateway itself.
      const talking = call !== null && ['in-use', 'talking', 'conference', 'hold'].includes(call);
      return call === null ? [] : [{ oid: `${rtpActive.oid}.${key}`, value: integerValue(talking ? 1 : 0) }];
    }),
  words: ['in-use', 'receiver-off-hook'],
};
