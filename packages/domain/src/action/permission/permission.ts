import { isLifeSafety } from '../../line/life-safety.ts';
import { DISTURBING_ACTIONS, PORT_ACTIONS, READING_ACTIONS, type ActionType } from '../actions.ts';
import { occupation, STATE_AGE_MAX_MS, type IdleEvidence, type PermissionPort } from './idleness.ts';
import { REFUSALS, type Refusal, type RefusalCode } from './refusals.ts';

/** The state of a gateway when an action is requested: the same for console, API and agent. */
export interface PermissionSubject {
  /** What the driver can do on this model. */
  supported: readonly string[];
  agentAlive: boolean;
  /**
   * Whether Loopstart may write to the gateway; null where only an attempt shows it (an SNMPv3 user, an older agent).
   */
  canWrite: boolean | null;
  /** Age of the newest reading in milliseconds; null before the first. */
  ageMs: number | null;
  idleEvidence: IdleEvidence | null;
  /** Whether the gateway runs on battery; null where it does not report that. */
  onBattery: boolean | null;
  /** Current number of calls on the gateway; null where it does not report it. */
  activeCalls: number | null;
  /** Every port of the gateway. */
  ports: readonly PermissionPort[];
}

export interface PermissionRequest {
  type: ActionType;
  /** 1-based port number, null for the whole gateway. */
  position: number | null;
  /** Whether the person's role permits actions at all. */
  mayAct: boolean;
  /** The person has confirmed that a life-safety line may be interrupted. */
  lifeSafetyConfirmed: boolean;
  /** The person gave a written reason to act although it is unknown whether the line is idle. */
  overridden: boolean;
}

export interface Permission {
  /** Why the action is refused, the reason that cannot be lifted first; null where it is permitted. */
  refusal: Refusal | null;
  /** The refusal that the override lifted; null where none was needed. */
  overrode: RefusalCode | null;
  /**
   * The action needs a confirmation for a life-safety line, and is permitted with it (and with the override, where one
   * is needed).
   */
  needsLifeSafetyConfirmation: boolean;
  /** The action needs a written reason, and is permitted with it (and with the confirmation, where one is needed). */
  needsOverride: boolean;
}

const refusedFor = (code: RefusalCode, position: number | null = null): Permission => ({
  refusal: { code, position },
  overrode: null,
  needsLifeSafetyConfirmation: false,
  needsOverride: false,
});

const ALLOWED: Permission = {
  refusal: null,
  overrode: null,
  needsLifeSafetyConfirmation: false,
  needsOverride: false,
};

/**
 * Whether this action is permitted now. The only place that decides it: the console shows the result, the API refuses
 * by it, and the agent checks it again on a fresh reading. A port action checks its port; an action on the whole
 * gateway checks every port. Fails closed: a line that is not known to be idle is not disturbed unless a person
 * overrides that with a reason. No override permits disturbing a line that is known to be in use.
 */
export function permission(request: PermissionRequest, subject: PermissionSubject): Permission {
  const { type, position } = request;
  if (!request.mayAct) return refusedFor('role');
  if (!subject.supported.includes(type)) return refusedFor('unsupported');
  const onPort = PORT_ACTIONS.has(type);
  const concerned = onPort ? subject.ports.filter((port) => port.position === position) : subject.ports;
  if (onPort && concerned.length === 0) return refusedFor('no-such-port', position);
  if (!READING_ACTIONS.has(type) && subject.canWrite === false) return refusedFor('no-write-access');
  if (!subject.agentAlive) return refusedFor('agent-silent');
  const pointless = onPort ? nothingToDo(type, concerned[0], subject.ageMs) : null;
  if (pointless !== null) return refusedFor(pointless, position);
  return DISTURBING_ACTIONS.has(type) ? mayDisturb(request, subject, concerned) : ALLOWED;
}

/**
 * Whether anyone, on site or remote, may interrupt a line now: null where its use is unknown or the port does not
 * exist.
 */
export function mayInterrupt(position: number, subject: PermissionSubject): boolean | null {
  const port = subject.ports.find((candidate) => candidate.position === position);
  if (port === undefined) return null;
  const code = occupation(port, subject.idleEvidence, subject.ageMs);
  if (code !== null) return REFUSALS[code].kind === 'cannot-tell' ? null : false;
  return subject.onBattery !== true;
}

/** Whether the port is already in the target state; needs a fresh reading. */
function nothingToDo(type: ActionType, port: PermissionPort | undefined, ageMs: number | null): RefusalCode | null {
  if (ageMs === null || ageMs > STATE_AGE_MAX_MS) return null;
  if (type === 'lock-port' && port?.state.admin === 'locked') return 'already-locked';
  if (type === 'unlock-port' && port?.state.admin === 'unlocked') return 'not-locked';
  return null;
}

function mayDisturb(
  request: PermissionRequest,
  subject: PermissionSubject,
  concerned: readonly PermissionPort[],
): Permission {
  let untold: Refusal | null = concerned.length === 0 ? { code: 'no-lines-known', position: null } : null;
  let lifeSafety: Refusal | null = null;
  for (const port of concerned) {
    const { position } = port;
    const code = occupation(port, subject.idleEvidence, subject.ageMs);
    if (code !== null && REFUSALS[code].kind !== 'cannot-tell') return refusedFor(code, position);
    if (code !== null) untold ??= { code, position };
    if (isLifeSafety(port.device)) lifeSafety ??= { code: 'life-safety-line', position };
  }
  // A reboot also ends calls that no port shows, such as those of an ISDN interface.
  if (!PORT_ACTIONS.has(request.type) && subject.activeCalls !== null && subject.activeCalls > 0) {
    return refusedFor('call-in-progress');
  }
  if (subject.onBattery === true) return refusedFor('on-battery');
  const unlifted = request.overridden ? null : untold;
  const unconfirmed = request.lifeSafetyConfirmed ? null : lifeSafety;
  return {
    refusal: unlifted ?? unconfirmed,
    overrode: request.overridden ? (untold?.code ?? null) : null,
    needsLifeSafetyConfirmation: lifeSafety !== null,
    needsOverride: untold !== null,
  };
}
