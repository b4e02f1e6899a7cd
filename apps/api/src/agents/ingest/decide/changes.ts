import {
  fromCode,
  type LineDeviceClass,
  PORT_STATE_FIELDS,
  type PortHealth,
  portHealth,
  type PortState,
  type Severity,
  worse,
} from '@loopstart/domain';
import { type Cells, STATE_FIELDS } from './columns.ts';

/** A state field of a port changed its value. */
export interface CellChange {
  /** 0-based place of the port in the arrays. */
  ordinal: number;
  /** Index into PORT_STATE_FIELD_NAMES. */
  field: number;
  from: number | null;
  to: number | null;
}

/** The state columns of a gateway by field name; null: never reported. */
export type StateCells = Readonly<Partial<Record<string, Cells | null>>>;

/**
 * Differences between the known and the reported state; a column that is not reported has not changed. Ports beyond the
 * end of a reported column were not read: their state is unknown now. Pure.
 */
export function detectChanges(previous: StateCells, reported: StateCells): CellChange[] {
  const changes: CellChange[] = [];
  STATE_FIELDS.forEach((name, field) => {
    const now = reported[name];
    if (now === undefined || now === null) return;
    const before = previous[name];
    const count = Math.max(now.length, before?.length ?? 0);
    for (let ordinal = 0; ordinal < count; ordinal += 1) {
      const from = before?.[ordinal] ?? null;
      const to = now[ordinal] ?? null;
      if (from !== to) changes.push({ ordinal, field, from, to });
    }
  });
  return changes;
}

/** Whether `detectChanges` would find any. Pure. */
export function statesDiffer(previous: StateCells, reported: StateCells): boolean {
  return STATE_FIELDS.some((name) => {
    const now = reported[name];
    if (now === undefined || now === null) return false;
    const before = previous[name];
    if (now.some((cell, ordinal) => cell !== (before?.[ordinal] ?? null))) return true;
    return before?.some((cell, ordinal) => ordinal >= now.length && cell !== null) ?? false;
  });
}

/** The state of the port at `ordinal`. */
export function portStateOf(state: StateCells, ordinal: number): PortState {
  return {
    admin: fromCode(PORT_STATE_FIELDS.admin, state['admin']?.[ordinal]),
    oper: fromCode(PORT_STATE_FIELDS.oper, state['oper']?.[ordinal]),
    hook: fromCode(PORT_STATE_FIELDS.hook, state['hook']?.[ordinal]),
    call: fromCode(PORT_STATE_FIELDS.call, state['call']?.[ordinal]),
    registration: fromCode(PORT_STATE_FIELDS.registration, state['registration']?.[ordinal]),
    fault: fromCode(PORT_STATE_FIELDS.fault, state['fault']?.[ordinal]),
  };
}

/** Ports by severity, and the worst of them. */
export interface HealthCounts {
  total: number;
  counts: Record<Severity, number>;
  worst: Severity;
  ports: PortHealth[];
}

/** Evaluates every port of a gateway, given the device on each. Pure. */
export function countHealth(state: StateCells, devices: readonly LineDeviceClass[]): HealthCounts {
  const counts: Record<Severity, number> = { ok: 0, info: 0, minor: 0, major: 0, critical: 0, unknown: 0 };
  const ports = devices.map((device, ordinal) => portHealth(portStateOf(state, ordinal), device));
  for (const { severity } of ports) counts[severity] += 1;
  const worst = ports.reduce<Severity>((so, { severity }) => worse(severity, so), 'ok');
  return { total: devices.length, counts, worst: devices.length === 0 ? 'unknown' : worst, ports };
}

/** Puts an array over the ports in another order of ports; a new port gets null. Pure. */
export function reorder<T>(
  cells: readonly (T | null)[] | null,
  before: readonly number[],
  after: readonly number[],
): (T | null)[] | null {
  if (cells === null) return null;
  const places = new Map(before.map((position, ordinal) => [position, ordinal]));
  return after.map((position) => {
    const place = places.get(position);
    return place === undefined ? null : (cells[place] ?? null);
  });
}
