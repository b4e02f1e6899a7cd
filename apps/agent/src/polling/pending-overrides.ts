import type { ActionProgress, NullReasons, PortInfo } from '@loopstart/contracts';
import { PORT_MEASURES, PORT_STATE_FIELDS, toCode, type PortMeasure } from '@loopstart/domain';
import type { NotificationReading } from '@loopstart/drivers';
import { MEASURES_AGAIN_MS } from './deadband.ts';
import type { Reading } from './diff.ts';

/** An uncleared fault ends after this time: the notification that clears it may have been lost. */
const FAULT_MS = 86_400_000;
/** A measurement of a line test counts as current as long as an unchanged polled one. */
const MEASURED_MS = MEASURES_AGAIN_MS;
/** The results of a line test that are measurements of the line itself. */
const TESTED: readonly PortMeasure[] = ['lineVoltageV', 'loopCurrentMa'];

/** A cell whose value came from a notification or a line test, and that polls may not read. Monotonic ms. */
interface PendingOverride {
  field: 'fault' | PortMeasure;
  position: number;
  value: number;
  untilMs: number;
}

export type PendingOverrides = readonly PendingOverride[];

/** Adds the faults that a notification raises and removes those it clears. A start clears all. Pure, as all here. */
export function overridesOfNotification(
  overrides: PendingOverrides,
  { events, implies }: Pick<NotificationReading, 'events' | 'implies'>,
  nowMs: number,
): PendingOverrides {
  if (events.some(({ kind }) => kind === 'cold-start' || kind === 'warm-start')) return [];
  const cleared = new Set([
    ...events.filter(({ kind }) => kind === 'port-fault-cleared').map(({ position }) => position),
    ...implies.filter(({ fault }) => fault === 'none').map(({ position }) => position),
  ]);
  const kept = overrides.filter(({ field, position }) => field !== 'fault' || !cleared.has(position));
  return implies.reduce<PendingOverrides>((cells, { position, fault }) => {
    const value = fault === undefined || fault === 'none' ? null : toCode<string>(PORT_STATE_FIELDS.fault, fault);
    return value === null ? cells : replace(cells, { field: 'fault', position, value, untilMs: nowMs + FAULT_MS });
  }, kept);
}

/** Adds the measurements of a line test. */
export function overridesOfLineTest(
  overrides: PendingOverrides,
  position: number,
  result: ActionProgress['result'],
  nowMs: number,
): PendingOverrides {
  return TESTED.reduce<PendingOverrides>((cells, field) => {
    const value = result[field];
    const { min, max } = PORT_MEASURES[field];
    if (typeof value !== 'number' || value < min || value > max) return cells;
    return replace(cells, { field, position, value, untilMs: nowMs + MEASURED_MS });
  }, overrides);
}

/**
 * Applies overrides where the poll could not read the cell, and drops those that it could read. A fault stands only
 * where the gateway did not answer the request; a measurement, where there is none.
 */
export function applyOverrides<R extends Reading>(
  overrides: PendingOverrides,
  reading: R,
  ports: readonly PortInfo[],
  nowMs: number,
): { reading: R; overrides: PendingOverrides } {
  let filled = reading;
  const kept = overrides.filter((cell) => {
    const { field, position, value } = cell;
    const at = ports.findIndex((port) => port.position === position);
    const column = field === 'fault' ? filled.state.fault : filled.measures[field];
    if (at < 0 || cell.untilMs <= nowMs || column[at] !== null) return false;
    if (field === 'fault' && reasonOf(filled.nulls, field, at) !== 'not-answered') return false;
    const changed = { [field]: column.with(at, value) };
    filled = {
      ...filled,
      ...(field === 'fault'
        ? { state: { ...filled.state, ...changed } }
        : { measures: { ...filled.measures, ...changed } }),
      nulls: withoutReason(filled.nulls, field, at, ports.length),
    };
    return true;
  });
  return { reading: filled, overrides: kept };
}

function replace(cells: PendingOverrides, cell: PendingOverride): PendingOverrides {
  return [...cells.filter(({ field, position }) => field !== cell.field || position !== cell.position), cell];
}

function reasonOf(nulls: NullReasons, field: string, at: number): NullReasons[number]['reason'] | undefined {
  return nulls.find((one) => one.field === field && (one.ports === '*' || one.ports.includes(at)))?.reason;
}

/** The reasons without that of one cell, which has a value now. */
function withoutReason(nulls: NullReasons, field: string, at: number, portCount: number): NullReasons {
  return nulls.flatMap((one) => {
    if (one.field !== field) return [one];
    const all = one.ports === '*' ? Array.from({ length: portCount }, (_, index) => index) : one.ports;
    const ports = all.filter((index) => index !== at);
    return ports.length === 0 ? [] : [{ ...one, ports: ports.length === all.length ? one.ports : ports }];
  });
}
