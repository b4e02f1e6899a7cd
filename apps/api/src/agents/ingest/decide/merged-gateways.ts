import type { CallStep, GatewayEvent, NullReasons, Report, UpMessage } from '@loopstart/contracts';
import { ourPosition, wirePosition, type WirePositions } from './port-numbers.ts';

/** The facts of a merged gateway that are needed to accept reports under its former id. */
export interface MergedGateway {
  /** The remaining record. */
  into: string;
  /** Our numbers of its ports to those of the remaining record. */
  positions: ReadonlyMap<number, number>;
  /** The agent's numbers of ports to ours, of the merged and of the remaining record. */
  wire: { from: WirePositions | null; into: WirePositions | null };
  /** Our numbers of its ports in the order of its columns, by revision of its inventory. */
  layouts: ReadonlyMap<number, readonly number[]>;
  /** The same of the remaining record, as it is now. */
  present: { revision: number; positions: readonly number[] };
}

/** The gateways in a message, by their stored ids. Pure. */
export function gatewaysOf(message: UpMessage | null): string[] {
  return named(message).map((id) => id.toLowerCase());
}

function named(message: UpMessage | null): string[] {
  switch (message?.kind) {
    case 'reports':
      return message.body.reports.map(({ gatewayId }) => gatewayId);
    case 'events':
      return message.body.events.map(({ gatewayId }) => gatewayId);
    case 'calls':
      return message.body.calls.map(({ gatewayId }) => gatewayId);
    case 'unchanged':
      return message.body.gatewayIds;
    case 'inventory':
    case 'reachability':
    case 'alarms':
      return [message.body.gatewayId];
    default:
      return [];
  }
}

/**
 * Converts a message of an agent that does not use the merged id yet: readings and events count for the remaining
 * record, in the order and numbers of its ports. Null: no part of it counts. Pure.
 *
 * An inventory stays with the merged record: it defines the agent's port numbers there, which are needed to read its
 * reports.
 */
export function underPresentIds(message: UpMessage, merged: ReadonlyMap<string, MergedGateway>): UpMessage | null {
  const of = (gatewayId: string) => merged.get(gatewayId.toLowerCase());
  switch (message.kind) {
    case 'reports':
      return { ...message, body: { reports: message.body.reports.map((one) => ofPresent(one, of(one.gatewayId))) } };
    case 'events':
      return { ...message, body: { events: message.body.events.map((one) => eventOf(one, of(one.gatewayId))) } };
    case 'calls':
      return { ...message, body: { calls: message.body.calls.map((one) => callOf(one, of(one.gatewayId))) } };
    case 'unchanged': {
      const ids = message.body.gatewayIds.map((id) => of(id)?.into ?? id);
      return { ...message, body: { ...message.body, gatewayIds: [...new Set(ids)] } };
    }
    case 'reachability': {
      const { gatewayId, reachable } = message.body;
      const gateway = of(gatewayId);
      if (gateway === undefined) return message;
      // Silence at the one record's address does not count: the remaining record may have the device elsewhere.
      return reachable ? { ...message, body: { ...message.body, gatewayId: gateway.into } } : null;
    }
    case 'alarms': {
      const gateway = of(message.body.gatewayId);
      if (gateway === undefined) return message;
      const alarms = message.body.alarms.flatMap((alarm) => {
        const position = positionOn(gateway, alarm.position);
        return position === undefined ? [] : [{ ...alarm, position }];
      });
      return { ...message, body: { ...message.body, gatewayId: gateway.into, alarms } };
    }
    default:
      return message;
  }
}

/** A report of an unknown revision stays with the merged record, and the agent's inventory is requested. */
function ofPresent(report: Report, gateway: MergedGateway | undefined): Report {
  const order = gateway?.layouts.get(report.revision);
  if (gateway === undefined || order === undefined) return report;
  const { positions, present, into } = gateway;
  const ordinalOf = new Map(order.map((position, ordinal) => [positions.get(position), ordinal]));
  /** The place of each port of the remaining record in the report's columns; null: none. */
  const sources = present.positions.map((position) => ordinalOf.get(position) ?? null);
  const columns = <C extends object>(part: C | undefined): C | undefined =>
    part &&
    (Object.fromEntries(
      Object.entries(part as Record<string, (number | null)[] | undefined>).map(([field, cells]) => [
        field,
        // A column of another length is refused unchanged.
        cells?.length === order.length ? sources.map((from) => (from === null ? null : cells[from]!)) : cells,
      ]),
    ) as C);
  const state = columns(report.state);
  const measures = columns(report.measures);
  const counters = columns(report.counters);
  return {
    ...report,
    gatewayId: into,
    revision: present.revision,
    ...(state && { state }),
    ...(measures && { measures }),
    ...(counters && { counters }),
    ...(report.nulls && { nulls: nullsOf(report.nulls, sources) }),
  };
}

function nullsOf(nulls: NullReasons, sources: readonly (number | null)[]): NullReasons {
  return nulls.map((one) => {
    if (one.ports === '*') return one;
    const before = new Set(one.ports);
    const ports = sources.flatMap((from, ordinal) => (from !== null && before.has(from) ? [ordinal] : []));
    return { ...one, ports };
  });
}

/** An event of a port that the remaining record lacks stays with the merged record. */
function eventOf(event: GatewayEvent, gateway: MergedGateway | undefined): GatewayEvent {
  if (gateway === undefined) return event;
  const position = positionOn(gateway, event.position);
  return position === undefined ? event : { ...event, gatewayId: gateway.into, position };
}

/** The same of a step of a call. */
function callOf(step: CallStep, gateway: MergedGateway | undefined): CallStep {
  if (gateway === undefined) return step;
  const position = positionOn(gateway, step.position);
  return position === undefined ? step : { ...step, gatewayId: gateway.into, position };
}

/** The agent's number of a port on the remaining record; undefined: it lacks the port. */
function positionOn({ wire, positions }: MergedGateway, position: number | null): number | null | undefined {
  const ours = ourPosition(wire.from, position);
  if (ours === null) return null;
  const present = positions.get(ours);
  return present === undefined ? undefined : wirePosition(wire.into, present);
}
