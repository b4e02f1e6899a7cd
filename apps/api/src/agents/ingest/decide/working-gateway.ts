import type { LiveEvent, NullReasons, Report } from '@loopstart/contracts';
import {
  type AlarmEvent,
  type AlarmMemory,
  effectiveRegistration,
  fromCode,
  hearAlarm,
  type LineDeviceClass,
  NO_ALARMS,
  PORT_STATE_FIELDS,
  REGISTRATION_STATES,
  toCode,
  type UnreadableCode,
  unreadableCode,
} from '@loopstart/domain';
import { readCells } from '../rows/binary-values.ts';
import { type CellChange, countHealth, detectChanges, type HealthCounts, reorder, type StateCells } from './changes.ts';
import { type Cells, COUNTER_COLUMNS, MEASURE_COLUMNS, MEASURED_COLUMNS, measuredOf, STATE_FIELDS } from './columns.ts';

/**
 * A row of gateway_current, by column. Values that are only copied (arrays of measurements, times of changes) may be
 * the bytes they were read as. Times are milliseconds since the epoch.
 */
export interface CurrentRow {
  [column: string]: unknown;
  gateway_id: string;
  operator_id: string;
  revision: number;
  reachability: string;
  unreachable_reason: string | null;
  reachability_at: number | null;
  observed_at: number | null;
  received_at: number | null;
  state_since: Cells | Uint8Array | null;
  nulls: NullReasons | null;
  unreachable_code: UnreadableCode | null;
  alarms: StoredAlarms | null;
}

/** Alarms that a gateway raised, and whether its lines are without registration because of one. */
export interface StoredAlarms extends AlarmMemory {
  registrarAlarm?: boolean;
}

/** The properties of a port that the present needs. */
export interface LaidPort {
  position: number;
  device: LineDeviceClass;
  /** It was seen registered before. */
  registered: boolean;
}

/** A row of port_state_change. */
export interface StateChangeRow {
  operator_id: string;
  gateway_id: string;
  position: number;
  at: number;
  received_at: number;
  field: number;
  from_code: number | null;
  to_code: number | null;
}

type LiveGateway = Extract<LiveEvent, { type: 'gateway' }>;
const PORT_ARRAYS = [
  ...STATE_FIELDS,
  ...MEASURE_COLUMNS.map(({ column }) => column),
  ...COUNTER_COLUMNS.map(({ column }) => column),
];

const REGISTERED = toCode(REGISTRATION_STATES, 'registered');

/** The present of one gateway while a batch changes it. No IO; the result is written afterwards. */
export class WorkingGateway {
  readonly row: CurrentRow;
  readonly siteId: string;
  readonly stateChanges: StateChangeRow[] = [];
  /** Positions that were seen registered for the first time, and when (ms). */
  readonly firstRegistered = new Map<number, number>();
  #ports: readonly LaidPort[];
  #changedPorts = new Set<number>();
  #health: HealthCounts | null = null;
  #mustCount = false;
  #touched = false;
  #alarmsTouched = false;

  /** `ports` may be left out where no state and no port can change. */
  constructor(row: CurrentRow, siteId: string, ports: readonly LaidPort[]) {
    this.row = row;
    this.siteId = siteId;
    this.#ports = ports;
  }

  /** Whether there is anything to write. */
  get touched(): boolean {
    return this.#touched || this.#alarmsTouched;
  }

  /** Whether `live` has anything to publish. An alarm is published by its event. */
  get isNews(): boolean {
    return this.#touched || this.#changedPorts.size > 0;
  }

  /** The standing alarms. */
  get alarms(): AlarmMemory {
    return this.row.alarms ?? NO_ALARMS;
  }

  get positions(): number[] {
    return this.#ports.map((port) => port.position);
  }

  /**
   * Sets the list of ports; the known state of a port that stays is kept, wherever it is in the list. Ports missing
   * from the list are removed where it is `confirmed`; else they stay after the others, where reports have no cells for
   * them: not read.
   */
  layOut(revision: number, listed: readonly LaidPort[], confirmed: boolean): void {
    const before = this.positions;
    const found = new Set(listed.map((port) => port.position));
    const missing = confirmed ? [] : this.#ports.filter((port) => !found.has(port.position));
    const ports = [...listed, ...missing];
    const after = ports.map((port) => port.position);
    const { row } = this;
    if (before.length !== after.length || before.some((position, ordinal) => position !== after[ordinal])) {
      for (const column of PORT_ARRAYS) row[column] = reorder(asCells(row[column]), before, after);
      row.state_since = reorder(asCells(row.state_since), before, after);
      row.nulls = null;
    }
    row.revision = revision;
    this.#ports = ports;
    this.#mustCount = true;
    this.#touched = true;
  }

  /** Takes a report of the current revision. False: it is older than the present, and only history takes it. */
  report(report: Report, atMs: number, receivedAtMs: number): boolean {
    const { row } = this;
    if (!this.#isNews(atMs)) return false;
    this.#observed(atMs, receivedAtMs);
    const reported: StateCells = this.#reported(report, atMs);
    for (const change of detectChanges(row as StateCells, reported)) this.#change(change, atMs, receivedAtMs);
    for (const field of STATE_FIELDS) row[field] = reported[field] ?? row[field] ?? null;
    const measured = measuredOf(report);
    for (const column of MEASURED_COLUMNS) {
      const value = measured[column];
      if (value !== null || report.full) row[column] = value;
    }
    if (report.nulls !== undefined) row.nulls = report.nulls;
    return true;
  }

  /** An unchanged poll. */
  unchanged(atMs: number, receivedAtMs: number): void {
    if (this.#isNews(atMs)) this.#observed(atMs, receivedAtMs);
  }

  /** The gateway does not answer, or answers again. */
  reach(
    reachable: boolean,
    { code, reason }: { code?: UnreadableCode | null | undefined; reason: string | null },
    atMs: number,
  ): void {
    const { row } = this;
    if (row.reachability_at !== null && atMs < row.reachability_at) return;
    const reachability = reachable ? 'reachable' : 'unreachable';
    if (row.reachability !== reachability) row.reachability_at = atMs;
    row.reachability = reachability;
    row.unreachable_reason = reachable ? null : reason;
    row.unreachable_code = reachable ? null : unreadableCode(code, reason);
    this.#touched = true;
  }

  /** Takes an alarm that the gateway raised or cleared, or that it started. */
  applyAlarm(event: AlarmEvent, receivedAtMs: number): void {
    const { row } = this;
    const before: StoredAlarms = row.alarms ?? NO_ALARMS;
    const after = hearAlarm(before, event);
    if (after === before) return;
    const read = before.registrarAlarm === true ? null : asCells(row['registration']);
    const { cells, byAlarm } = this.#registration(read, after);
    row.alarms = { ...after, registrarAlarm: byAlarm };
    this.#alarmsTouched = true;
    if (byAlarm === (before.registrarAlarm ?? false)) return;
    const reported = { registration: cells ?? this.#ports.map(() => null) };
    for (const change of detectChanges(row as StateCells, reported)) this.#change(change, event.at, receivedAtMs);
    row['registration'] = reported.registration;
  }

  /** Updates the counts of ports; called before the row is written. */
  finish(): void {
    if (!this.#mustCount) return;
    this.#health = countHealth(this.row as StateCells, this.#devices());
    const { total, counts, worst } = this.#health;
    Object.assign(this.row, { ports_total: total, worst });
    for (const [severity, count] of Object.entries(counts)) this.row[`ports_${severity}`] = count;
  }

  /** The live event for browsers that show the gateway. Called after `finish`. */
  live(): LiveGateway {
    const { row } = this;
    const measured = [...MEASURE_COLUMNS, ...COUNTER_COLUMNS].map(({ field, column }) => ({
      field,
      cells: this.#changedPorts.size === 0 ? null : asCells(row[column]),
    }));
    const ordinals = [...this.#changedPorts].sort((a, b) => a - b);
    const ports = ordinals.map((ordinal) => this.#livePort(ordinal, measured));
    return {
      type: 'gateway',
      gatewayId: row.gateway_id,
      siteId: this.siteId,
      observedAt: new Date(row.observed_at ?? row.reachability_at ?? 0).toISOString(),
      ports,
      gateway: {
        reachability: row.reachability as 'reachable',
        temperatureC: (row['temperature_c'] as number | null | undefined) ?? null,
        activeCalls: (row['active_calls'] as number | null | undefined) ?? null,
      },
    };
  }

  /** The states of a report, with the other known facts of registrations. */
  #reported({ state = {} }: Report, atMs: number): StateCells {
    const { registration: read } = state;
    // Without its ports loaded the report repeats the known state.
    if (read === undefined || this.#ports.length === 0) return state;
    read.forEach((cell, ordinal) => {
      const port = this.#ports[ordinal];
      if (cell === REGISTERED && port?.registered === false && !this.firstRegistered.has(port.position))
        this.firstRegistered.set(port.position, atMs);
    });
    const alarms: StoredAlarms = this.row.alarms ?? NO_ALARMS;
    const { cells, byAlarm } = this.#registration(read, alarms);
    if (byAlarm !== (alarms.registrarAlarm ?? false)) this.row.alarms = { ...alarms, registrarAlarm: byAlarm };
    return { ...state, registration: cells };
  }

  #registration(read: Cells | null, { standing }: AlarmMemory) {
    const serverLost = standing.some(({ condition, position }) => condition === 'registrar-lost' && position === null);
    const ever = this.#ports.map(({ position, registered }) => registered || this.firstRegistered.has(position));
    return effectiveRegistration(read, ever, serverLost);
  }

  #isNews(atMs: number): boolean {
    return this.row.observed_at === null || atMs >= this.row.observed_at;
  }

  #observed(atMs: number, receivedAtMs: number): void {
    const { row } = this;
    row.observed_at = atMs;
    row.received_at = receivedAtMs;
    this.#touched = true;
    if (row.reachability !== 'reachable') this.reach(true, { reason: null }, atMs);
  }

  #change({ ordinal, field, from, to }: CellChange, atMs: number, receivedAtMs: number): void {
    const { row } = this;
    const position = this.#ports[ordinal]!.position;
    this.stateChanges.push({
      operator_id: row.operator_id,
      gateway_id: row.gateway_id,
      position,
      at: atMs,
      received_at: receivedAtMs,
      field,
      from_code: from,
      to_code: to,
    });
    const since = [...(asCells(row.state_since) ?? this.#ports.map(() => null))];
    since[ordinal] = atMs;
    row.state_since = since;
    this.#changedPorts.add(ordinal);
    this.#mustCount = true;
  }

  #devices(): LineDeviceClass[] {
    return this.#ports.map((port) => port.device);
  }

  #livePort(
    ordinal: number,
    measured: readonly { field: string; cells: Cells | null }[],
  ): LiveGateway['ports'][number] {
    const { row } = this;
    const health = this.#health?.ports[ordinal];
    const since = asCells(row.state_since)?.[ordinal] ?? null;
    return {
      position: this.#ports[ordinal]!.position,
      ...Object.fromEntries(
        STATE_FIELDS.map((field) => [
          field,
          fromCode<string>(PORT_STATE_FIELDS[field], asCells(row[field])?.[ordinal]),
        ]),
      ),
      ...Object.fromEntries(measured.map(({ field, cells }) => [field, cells?.[ordinal] ?? null])),
      severity: health?.severity ?? 'unknown',
      healthReason: health?.reason ?? 'nothing-known',
      stateSince: since === null ? null : new Date(since).toISOString(),
    };
  }
}

function asCells(value: unknown): Cells | null {
  if (value instanceof Uint8Array) return readCells(value);
  return (value as Cells | null | undefined) ?? null;
}

/** The present of a gateway without any reading. */
export function blankCurrent(gatewayId: string, operatorId: string): CurrentRow {
  return {
    gateway_id: gatewayId,
    operator_id: operatorId,
    revision: 0,
    reachability: 'unknown',
    unreachable_reason: null,
    reachability_at: null,
    observed_at: null,
    received_at: null,
    state_since: null,
    nulls: null,
    unreachable_code: null,
    alarms: null,
  };
}
