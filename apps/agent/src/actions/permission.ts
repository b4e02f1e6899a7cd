import {
  DISTURBING_ACTIONS,
  fromCode,
  isPortDisturbable,
  LINE_DEVICE_CLASSES,
  PORT_ACTIONS,
  PORT_STATE_FIELDS,
  type ActionType,
  type DisturbRefusal,
  type LineDeviceClass,
  type PortState,
} from '@loopstart/domain';
import type { Inventory } from '@loopstart/contracts';
import type { Reading } from '../polling/diff.ts';

export interface PermissionRequest {
  type: ActionType;
  /** 1-based port number, null for the whole gateway. */
  position: number | null;
  lineDeviceClass: string;
  lifeSafetyConfirmed: boolean;
}

const SENTENCES: Readonly<Record<DisturbRefusal, string>> = {
  'emergency-hold': 'An emergency call is on the line or may be returned.',
  'off-hook': 'The receiver is off the hook.',
  'call-in-progress': 'A call is in progress.',
  'state-unknown': 'The gateway does not tell whether somebody is talking.',
  'state-stale': 'The last reading is too old to tell whether somebody is talking.',
  'life-safety-line': 'It is a life-safety line, and nobody has confirmed that it may be interrupted.',
  'on-battery': 'The gateway runs on battery.',
};

/**
 * Whether an action may be carried out given a reading `ageMs` old; if not, why, in plain words. What takes the
 * whole gateway away needs every port to be free.
 */
export function permission(
  request: PermissionRequest,
  inventory: Inventory,
  reading: Pick<Reading, 'state'> | null,
  ageMs: number | null,
): { ok: true } | { ok: false; reason: string } {
  const isPortAction = PORT_ACTIONS.has(request.type);
  const places = inventory.ports.flatMap((port, at) =>
    !isPortAction || port.position === request.position ? [{ position: port.position, at }] : [],
  );
  if (isPortAction && places.length === 0) {
    return { ok: false, reason: `The gateway has no port ${request.position ?? '(none was named)'}.` };
  }
  if (!DISTURBING_ACTIONS.has(request.type)) return { ok: true };
  for (const { position, at } of places) {
    const verdict = isPortDisturbable({
      state: stateAt(reading, at),
      device: deviceClass(request.lineDeviceClass),
      ageMs,
      // The cloud, which sees calls, decides about emergency holds before it asks.
      emergencyHold: false,
      onBattery: inventory.gateway.powerSource === null ? null : inventory.gateway.powerSource === 'battery',
      lifeSafetyConfirmed: request.lifeSafetyConfirmed,
    });
    if (!verdict.ok) {
      const where = isPortAction ? '' : `Port ${position}: `;
      return { ok: false, reason: `${where}${SENTENCES[verdict.reason]}` };
    }
  }
  return { ok: true };
}

function stateAt(reading: Pick<Reading, 'state'> | null, at: number): PortState {
  const word = <F extends keyof PortState>(field: F) =>
    fromCode<string>(PORT_STATE_FIELDS[field], reading?.state[field][at]) as PortState[F];
  return {
    admin: word('admin'),
    oper: word('oper'),
    hook: word('hook'),
    call: word('call'),
    registration: word('registration'),
    fault: word('fault'),
  };
}

/** A class of a newer cloud counts as unknown, which is treated with the care of a line in use. */
function deviceClass(text: string): LineDeviceClass {
  return (LINE_DEVICE_CLASSES as readonly string[]).includes(text) ? (text as LineDeviceClass) : 'unknown';
}
