import type { Role } from '@loopstart/contracts';
import { ROLES } from '@loopstart/contracts';
import {
  type ActionType,
  DISTURBING_ACTIONS,
  type DisturbRefusal,
  isPortDisturbable,
  type LineDeviceClass,
  PORT_ACTIONS,
  type PortState,
} from '@loopstart/domain';

/** What is known of a gateway when somebody asks something of it. */
export interface ActionSubject {
  agentAlive: boolean;
  /** What the driver can do on this model. */
  supported: readonly string[];
  /** Milliseconds since the newest reading; null before the first. */
  ageMs: number | null;
  onBattery: boolean | null;
  ports: { position: number; device: LineDeviceClass; state: PortState }[];
}

export type Refusal = DisturbRefusal | 'unsupported' | 'agent-silent' | 'role';

export interface Verdict {
  allowed: boolean;
  refusal: Refusal | null;
  /** True where a person's word would make it allowed. */
  needsLifeSafetyConfirmation: boolean;
  /** The port that stands in the way of a whole-gateway action. */
  position: number | null;
}

/** The role that may ask for anything at all. */
const ROLE_NEEDED: Role = 'technician';

/**
 * May this be done now? A port action looks at its port; one that takes the whole gateway away looks at every port.
 * The same verdict explains in the console, refuses in the API, and is made again by the agent on a fresh poll.
 */
export function judge(
  type: ActionType,
  position: number | null,
  subject: ActionSubject,
  asked: { role: Role; lifeSafetyConfirmed: boolean },
): Verdict {
  const refused = (refusal: Refusal, at: number | null = position): Verdict => ({
    allowed: false,
    refusal,
    needsLifeSafetyConfirmation: refusal === 'life-safety-line',
    position: at,
  });
  if (ROLES.indexOf(asked.role) < ROLES.indexOf(ROLE_NEEDED)) return refused('role');
  if (!subject.supported.includes(type)) return refused('unsupported');
  if (!subject.agentAlive) return refused('agent-silent');
  if (!DISTURBING_ACTIONS.has(type))
    return { allowed: true, refusal: null, needsLifeSafetyConfirmation: false, position };
  const concerned = PORT_ACTIONS.has(type) ? subject.ports.filter((port) => port.position === position) : subject.ports;
  let unconfirmed: number | null = null;
  for (const port of concerned) {
    const verdict = isPortDisturbable({
      state: port.state,
      device: port.device,
      ageMs: subject.ageMs,
      emergencyHold: false,
      onBattery: subject.onBattery,
      lifeSafetyConfirmed: asked.lifeSafetyConfirmed,
    });
    if (verdict.ok) continue;
    // A confirmation cannot end a call: what it cannot lift is told first.
    if (verdict.reason !== 'life-safety-line') return refused(verdict.reason, port.position);
    unconfirmed ??= port.position;
  }
  return unconfirmed === null
    ? { allowed: true, refusal: null, needsLifeSafetyConfirmation: false, position }
    : refused('life-safety-line', unconfirmed);
}

/** Why not, as a sentence. */
export function refusalSentence(refusal: Refusal, position: number | null): string {
  const line = position === null ? 'The line' : `Port ${position}`;
  switch (refusal) {
    case 'emergency-hold':
      return `${line} is held for an emergency call.`;
    case 'off-hook':
      return `${line} is off hook.`;
    case 'call-in-progress':
      return `${line} has a call in progress.`;
    case 'state-unknown':
      return `${line} does not tell whether it is in use, so it is left alone.`;
    case 'state-stale':
      return `${line} was last read too long ago to know whether it is in use.`;
    case 'life-safety-line':
      return `${line} serves an alarm panel or a lift phone; say that it may be interrupted.`;
    case 'on-battery':
      return 'The gateway runs on battery.';
    case 'unsupported':
      return 'The driver has no way to do that on this model.';
    case 'agent-silent':
      return 'The agent of this site is not connected.';
    case 'role':
      return `This needs the role ${ROLE_NEEDED}.`;
  }
}
