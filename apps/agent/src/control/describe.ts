import {
  fromCode,
  type ModelReason,
  PORT_MEASURE_NAMES,
  PORT_STATE_FIELD_NAMES,
  PORT_STATE_FIELDS,
} from '@loopstart/domain';
import type { PortInfo } from '@loopstart/contracts';
import type { Reading } from '../polling/diff.ts';
import type { GatewaySession } from '../session/gateway-session.ts';

/** A gateway as the command line shows it. */
export interface GatewayDescription {
  address: string;
  gatewayId: string | null;
  vendor: string | null;
  model: string | null;
  modelReason: ModelReason | null;
  serial: string | null;
  firmware: string | null;
  sysName: string | null;
  driver: string | null;
  portCount: number | null;
  reachable: boolean | null;
  reason: string | null;
  lastAnswerAt: number | null;
  readAt: number | null;
}

/** A port with its state in words; null is unknown. */
export interface PortDescription {
  position: number;
  kind: string;
  name: string | null;
  number: string | null;
  state: Record<string, string | null>;
  measures: Record<string, number | null>;
}

/** Without secrets: this may be shown on a screen. */
export function describeGateway(session: GatewaySession): GatewayDescription {
  const { status, known } = session;
  const gateway = known?.inventory.gateway;
  return {
    address: session.key,
    gatewayId: status.gatewayId,
    vendor: gateway?.vendor ?? null,
    model: gateway?.model ?? null,
    modelReason: gateway?.modelReason ?? null,
    serial: gateway?.serial ?? null,
    firmware: gateway?.firmware ?? null,
    sysName: gateway?.sysName ?? null,
    driver: known?.driver.id ?? null,
    portCount: known?.inventory.ports.length ?? null,
    reachable: status.reachable,
    reason: status.reason,
    lastAnswerAt: status.lastAnswerAt,
    readAt: known?.readAt ?? null,
  };
}

export function describePorts(session: GatewaySession): PortDescription[] {
  const { known } = session;
  return known === null ? [] : portsInWords(known.inventory.ports, known.reading);
}

/** The ports of an inventory with their values in a reading. */
export function portsInWords(
  ports: readonly PortInfo[],
  reading: Pick<Reading, 'state' | 'measures'> | null,
): PortDescription[] {
  return ports.map((port, at) => ({
    position: port.position,
    kind: port.kind,
    name: port.name,
    number: port.number,
    state: Object.fromEntries(
      PORT_STATE_FIELD_NAMES.map((field) => [
        field,
        fromCode<string>(PORT_STATE_FIELDS[field], reading?.state[field][at]),
      ]),
    ),
    measures: Object.fromEntries(
      PORT_MEASURE_NAMES.flatMap((field) => {
        const value = reading?.measures[field][at] ?? null;
        return value === null ? [] : [[field, value]];
      }),
    ),
  }));
}

/** Sessions for an address, an id (or its beginning), a serial number or a name. */
export function findSession(sessions: readonly GatewaySession[], text: string): GatewaySession[] {
  const wanted = text.toLowerCase();
  return sessions.filter((session) => {
    const { serial, sysName, gatewayId } = describeGateway(session);
    return (
      [session.key, session.address, serial, sysName].some((name) => name?.toLowerCase() === wanted) ||
      (wanted.length >= 4 && gatewayId?.startsWith(wanted) === true)
    );
  });
}
