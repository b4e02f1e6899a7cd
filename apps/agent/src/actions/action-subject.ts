import type { DownMessage, Inventory } from '@loopstart/contracts';
import {
  fromCode,
  isHeld,
  LINE_DEVICE_CLASSES,
  PORT_STATE_FIELDS,
  type EmergencyCall,
  type LineDeviceClass,
  type NullReason,
  type PermissionPort,
  type PermissionSubject,
  type PortState,
} from '@loopstart/domain';
import type { PollReading } from '@loopstart/drivers';

export type ActionRequest = Extract<DownMessage, { kind: 'action' }>;

/** What the agent knows of a gateway when it decides on an action. */
export interface Known {
  inventory: Pick<Inventory, 'actions' | 'idleEvidence' | 'gateway' | 'ports'>;
  reading: Pick<PollReading, 'state' | 'nulls' | 'gatewayMeasures'> | null;
  /** When `reading` was taken, ms since the epoch. */
  readAt: number | null;
  canWrite: boolean | null;
  emergencyCalls: readonly EmergencyCall[];
  /** How long each port, in the order of the inventory, has been on hook without a change; null where not known. */
  onHookForMs: readonly (number | null)[];
}

/**
 * The gateway as the permission function needs it: the agent's own fresh reading, and the cloud's data in the request.
 */
export function actionSubject(
  request: Pick<ActionRequest, 'lineDeviceClass' | 'ports'>,
  known: Known,
  nowMs: number,
): PermissionSubject {
  const { inventory, reading, readAt } = known;
  const { powerSource } = inventory.gateway;
  return {
    supported: inventory.actions,
    // The cloud sends only what a role may request, and it sent this to this agent.
    agentAlive: true,
    canWrite: known.canWrite,
    ageMs: readAt === null ? null : Math.max(0, nowMs - readAt),
    idleEvidence: inventory.idleEvidence ?? null,
    onBattery: powerSource === null ? null : powerSource === 'battery',
    activeCalls: reading?.gatewayMeasures.activeCalls ?? null,
    ports: inventory.ports.map(({ position }, at): PermissionPort => {
      const sent = request.ports?.find((port) => port.position === position);
      return {
        position,
        device: deviceClass(sent?.lineDeviceClass ?? request.lineDeviceClass),
        state: stateAt(reading, at),
        callNull: nullReasonAt(reading, at),
        onHookForMs: known.onHookForMs[at] ?? null,
        emergencyHold: sent?.emergencyHold === true || isHeld(known.emergencyCalls, position, nowMs),
      };
    }),
  };
}

/** The state of the port at place `at` of a reading; unknown where there is none. */
export function stateAt(reading: Pick<PollReading, 'state'> | null, at: number): PortState {
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

function nullReasonAt(reading: Pick<PollReading, 'nulls'> | null, at: number): NullReason | null {
  const found = reading?.nulls.find(
    ({ field, ports }) => field === 'call' && (ports === '*' || (ports as readonly number[]).includes(at)),
  );
  return found?.reason ?? null;
}

/** A class of a newer cloud counts as unknown. */
function deviceClass(text: string): LineDeviceClass {
  return (LINE_DEVICE_CLASSES as readonly string[]).includes(text) ? (text as LineDeviceClass) : 'unknown';
}
