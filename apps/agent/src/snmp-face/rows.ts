import { freshness, fromCode, PORT_MEASURE_NAMES, PORT_STATE_FIELD_NAMES, PORT_STATE_FIELDS } from '@loopstart/domain';
import type { NullReason, PortMeasure } from '@loopstart/domain';
import type { GatewayFacts, GatewayRow, Measured, PortFacts } from '@loopstart/mib';
import type { KnownGateway, SessionStatus } from '../session/session-context.ts';

/** The part of a session that the MIB shows. */
export interface ReadSession {
  address: string;
  status: SessionStatus;
  known: KnownGateway | null;
  /** Whether another session is responsible for the same gateway. */
  parked: boolean;
}

/** The rows of one gateway; null where nothing was recognised, or another session reads it. */
export function rowOf({ address, status, known, parked }: ReadSession, nowMs: number): GatewayRow | null {
  if (known === null || parked) return null;
  const { inventory, readAt, driver } = known;
  const info = inventory.gateway;
  const current =
    status.reachable === true &&
    freshness(readAt, inventory.pollIntervalMs, nowMs) === 'live' &&
    known.reading !== null;
  const gateway: GatewayFacts = {
    gatewayId: inventory.gatewayId,
    name: info.sysName ?? [info.vendor, info.model].filter((part) => part !== null).join(' '),
    vendor: info.vendor,
    model: info.model,
    firmware: info.firmware,
    serial: info.serial,
    macAddress: info.macAddress,
    address,
    driver: driver.id,
    reachability: status.reachable === null ? 'unknown' : status.reachable ? 'reachable' : 'unreachable',
    reason: status.reachable === true ? null : status.reason,
    lastAnswerAt: status.lastAnswerAt,
    readAt,
    current,
    ports: inventory.ports.length,
  };
  return { gateway, ports: inventory.ports.map((_, at) => portOf(known, gateway, at)) };
}

function portOf({ inventory, reading }: KnownGateway, gateway: GatewayFacts, at: number): PortFacts {
  const { position, kind, name, number } = inventory.ports[at]!;
  const shown = gateway.current ? reading : null;
  return {
    gatewayName: gateway.name,
    position,
    kind,
    name,
    number,
    states: Object.fromEntries(
      PORT_STATE_FIELD_NAMES.map((field) => [
        field,
        fromCode<string>(PORT_STATE_FIELDS[field], shown?.state[field][at] ?? null),
      ]),
    ) as PortFacts['states'],
    measures: Object.fromEntries(
      PORT_MEASURE_NAMES.map((measure): [PortMeasure, Measured] => {
        const value = shown?.measures[measure][at] ?? null;
        if (value !== null) return [measure, { value }];
        return [measure, { absent: shown === null ? whyNone(gateway) : reasonOf(shown.nulls, measure, at) }];
      }),
    ) as PortFacts['measures'],
  };
}

function whyNone({ reachability, readAt }: GatewayFacts): NullReason {
  if (readAt === null) return 'never-read';
  return reachability === 'unreachable' ? 'gateway-unreachable' : 'not-answered';
}

/** The reason of the reading for a cell without a value. */
function reasonOf(nulls: NonNullable<KnownGateway['reading']>['nulls'], field: PortMeasure, at: number): NullReason {
  const found = nulls.find((one) => one.field === field && (one.ports === '*' || one.ports.includes(at)));
  return found?.reason ?? 'not-answered';
}
