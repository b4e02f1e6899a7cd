import {
  ADMIN_STATES,
  CALL_STATES,
  FAULT_REASONS,
  type FaultReason,
  OPER_STATES,
  REGISTRATION_STATES,
} from '../../line/vocabulary.ts';
import { conditionKey, portSubjectId } from '../keys.ts';
import type { ConditionKind } from '../kinds.ts';
import { valueOf } from '../thresholds.ts';
import type { AlertPlace, GatewayFacts } from '../types.ts';
import { type Add, bad, type ReadGateway } from './context.ts';
import { measuredRules } from './measured.rules.ts';

const UNLOCKED = ADMIN_STATES.indexOf('unlocked');
const OUT_OF_SERVICE = OPER_STATES.indexOf('out-of-service');
const OFF_HOOK_TONE = CALL_STATES.indexOf('receiver-off-hook');
const NO_FAULT = FAULT_REASONS.indexOf('none');
const REGISTERED = REGISTRATION_STATES.indexOf('registered');
const REGISTERING = REGISTRATION_STATES.indexOf('registering');
const NOT_USED = REGISTRATION_STATES.indexOf('not-used');

/** What each fault means in words, and which condition it is where it is not simply a dead line. */
const FAULT_WORDS: Readonly<Record<FaultReason, string>> = {
  none: 'no fault',
  'no-line-device': 'nothing is connected to the line, or the wire is open',
  'short-circuit': 'the two wires touch',
  'ground-fault': 'a wire touches earth',
  'foreign-voltage': 'there is a foreign voltage on the line',
  'over-temperature': 'the line circuit is too hot',
  'thermal-shutdown': 'the line circuit switched itself off because of heat',
  'over-current': 'too much current flows',
  'hardware-failure': 'the line circuit has failed',
  'ring-failure': 'the line cannot be rung',
  'no-exchange-line': 'there is no exchange line',
  'line-test-failed': 'the last line test failed',
  'link-down': 'the interface is down',
};
const FAULT_KIND: Readonly<Partial<Record<FaultReason, ConditionKind>>> = {
  'ring-failure': 'ring-failure',
  'no-exchange-line': 'no-dial-tone',
  'line-test-failed': 'line-test-failed',
};

type Codes = readonly (number | null)[] | null;
const nameOf = (names: readonly string[], index: number | null) => (index === null ? null : (names[index] ?? null));
const codeAt = (codes: Codes, index: number): number | null => (codes === null ? null : (codes[index] ?? null));

/** How many lines of a gateway failed, of those that were read, how many were not, and since when (epoch ms). */
interface Share {
  failed: number;
  of: number;
  unread: number;
  since: number;
}

/**
 * Judges every port. A healthy one costs six comparisons. When most ports in use fail together that is said once of the
 * gateway too, and explains them.
 */
export function portRules(gateway: ReadGateway, addToGateway: Add): void {
  const { facts, at, place, context } = gateway;
  const { admin, oper, call, fault, positions, devices } = facts;
  // The alarm is about the gateway: it adds nothing about a single line.
  const registration = facts.registrarAlarm ? null : facts.registration;
  const measured = hasMeasured(facts);
  let inUse = 0;
  let dead = 0;
  let registering = 0;
  let unregistered = 0;
  // Lines that the reading left out may be well: they count against "most of them".
  let stateUnread = 0;
  let registrationUnread = 0;
  let deadSince = Number.POSITIVE_INFINITY;
  let lostSince = Number.POSITIVE_INFINITY;
  for (let index = 0; index < positions.length; index += 1) {
    const device = devices[index] ?? 'unknown';
    if (device === 'unused') continue;
    const adminCode = codeAt(admin, index);
    const locked = adminCode !== null && adminCode !== UNLOCKED;
    const faultCode = codeAt(fault, index);
    const operCode = codeAt(oper, index);
    const isDead = !locked && (operCode === OUT_OF_SERVICE || (faultCode !== null && faultCode > NO_FAULT));
    const registered = codeAt(registration, index);
    const isLost = !locked && registered !== null && registered > REGISTERING && registered !== NOT_USED;
    if (!locked && (operCode !== null || faultCode !== null)) inUse += 1;
    else if (!locked) stateUnread += 1;
    if (isDead) {
      dead += 1;
      deadSince = Math.min(deadSince, facts.stateSince?.[index] ?? at);
    }
    if (!locked && registered !== null && registered !== NOT_USED) registering += 1;
    else if (!locked && registered === null) registrationUnread += 1;
    if (isLost) {
      unregistered += 1;
      lostSince = Math.min(lostSince, facts.stateSince?.[index] ?? at);
    }
    const offHook = codeAt(call, index) === OFF_HOOK_TONE;
    if (!locked && !isDead && !isLost && !offHook && !measured && registered !== REGISTERING) continue;
    onePort(gateway, index, { locked, isDead, isLost, offHook });
  }
  together('lines-failed-together', 'are out of service', {
    failed: dead,
    of: inUse,
    unread: stateUnread,
    since: deadSince,
  });
  together('registrar-lost', 'have no SIP registration', {
    failed: unregistered,
    of: registering,
    unread: registrationUnread,
    since: lostSince,
  });

  function together(kind: ConditionKind, words: string, { failed, of, unread, since }: Share): void {
    if (failed < 2) return;
    const setting = context.thresholds.at(kind, place);
    const isMost = failed * 100 >= (of + unread) * valueOf(setting, 'sharePercent');
    if (failed < valueOf(setting, 'portsMin') || !isMost) return;
    const rest = unread === 0 ? '' : ` ${unread} more could not be read.`;
    const text = `${failed} of ${of} lines of the gateway ${words}.${rest}`;
    addToGateway(kind, { at, since, text, seen: { failed, of, unread } });
  }
}

function hasMeasured(facts: GatewayFacts): boolean {
  const { lineVoltageV, loopCurrentMa, jitterMs, packetLossPercent, recentCalls, lineTests } = facts;
  return [lineVoltageV, loopCurrentMa, jitterMs, packetLossPercent, recentCalls, lineTests].some((one) => one !== null);
}

function onePort(
  gateway: ReadGateway,
  index: number,
  is: { locked: boolean; isDead: boolean; isLost: boolean; offHook: boolean },
): void {
  const { facts, at, context, found } = gateway;
  const position = facts.positions[index] ?? index + 1;
  const place: AlertPlace = { ...gateway.place, position, lineDeviceClass: facts.devices[index] ?? 'unknown' };
  const subject = { type: 'port', id: portSubjectId(facts.gatewayId, position) } as const;
  const since = facts.stateSince?.[index] ?? at;
  const add: Add = (kind, finding) => {
    const setting = context.thresholds.at(kind, place);
    if (!setting.off) found.push(bad({ kind, subject, place, setting, ...finding }));
  };
  if (is.locked) {
    add('port-locked', {
      at,
      since,
      text: 'The line is locked.',
      seen: { admin: ADMIN_STATES[codeAt(facts.admin, index) ?? 0] ?? null },
    });
    return;
  }
  const reason = FAULT_REASONS[codeAt(facts.fault, index) ?? NO_FAULT] ?? 'none';
  if (is.isDead) {
    const kind = FAULT_KIND[reason] ?? 'port-out-of-service';
    const text =
      reason === 'none'
        ? 'The gateway says that the line is out of service.'
        : `The gateway says: ${FAULT_WORDS[reason]}.`;
    add(kind, { at, since, text, seen: { fault: reason, oper: nameOf(OPER_STATES, codeAt(facts.oper, index)) } });
  }
  const registration = facts.registrarAlarm ? null : codeAt(facts.registration, index);
  if (is.isLost || registration === REGISTERING) {
    const state = REGISTRATION_STATES[registration ?? REGISTERED] ?? null;
    add('port-unregistered', {
      at,
      since,
      text: `The SIP registration of the line is ${state ?? 'unknown'}.`,
      seen: { registration: state },
    });
  }
  if (is.offHook)
    add('receiver-off-hook', {
      at,
      since,
      text: 'The receiver is off the hook and no call is up.',
      seen: { call: 'receiver-off-hook' },
    });
  measuredRules({ ...gateway, place }, index, (kind) => context.isBad(conditionKey(kind, subject)), add);
}
