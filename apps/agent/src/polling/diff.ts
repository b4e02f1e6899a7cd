import type {
  CounterColumns,
  GatewayMeasures,
  MeasureColumns,
  NullReasons,
  Report,
  StateColumns,
} from '@loopstart/contracts';
import {
  GATEWAY_MEASURE_NAMES,
  PORT_COUNTER_NAMES,
  PORT_MEASURE_NAMES,
  PORT_STATE_FIELD_NAMES,
  type PortMeasure,
} from '@loopstart/domain';
import { GATEWAY_DEADBAND, MEASURES_AGAIN_MS, moved, PORT_DEADBAND } from './deadband.ts';

type Column = readonly (number | null)[];

/** One poll in canonical form, as a driver's `interpretPoll` gives it. */
export interface Reading {
  state: Required<StateColumns>;
  measures: Required<MeasureColumns>;
  counters: Required<CounterColumns>;
  gatewayMeasures: Required<GatewayMeasures>;
  nulls: NullReasons;
}

/** The last reported values of one gateway, field by field: the baseline of the next delta. */
export interface LastReported {
  revision: number;
  fullAtMs: number;
  state: Required<StateColumns>;
  counters: Required<CounterColumns>;
  measures: Required<MeasureColumns>;
  measuresAtMs: Readonly<Record<PortMeasure, number>>;
  gateway: Required<GatewayMeasures>;
  gatewayAtMs: number;
  nulls: string;
}

export interface DiffContext {
  gatewayId: string;
  revision: number;
  /** When the reading was taken, ms since the epoch. */
  at: number;
  pollMs: number;
  /** Monotonic ms. */
  nowMs: number;
  fullIntervalMs: number;
  /** The cloud needs everything after this. */
  forceFull: boolean;
}

export interface Difference {
  /** null: nothing has changed that the cloud needs. */
  report: Report | null;
  /** Whether a state changed: then it is sent at once. */
  urgent: boolean;
  last: LastReported;
}

/**
 * The report of a reading, given the last reported values. A full report has every column of state and counters; a
 * delta has only columns in which a cell changed (measurements: by more than their deadband, or after five minutes).
 */
export function diffReading(last: LastReported | null, reading: Reading, context: DiffContext): Difference {
  const due = last !== null && context.nowMs - last.fullAtMs >= context.fullIntervalMs;
  if (last === null || due || context.forceFull || last.revision !== context.revision) {
    return fullReport(last, reading, context);
  }
  const state = pick(PORT_STATE_FIELD_NAMES, reading.state, (field, now) => !same(last.state[field], now));
  const counters = pick(PORT_COUNTER_NAMES, reading.counters, (field, now) => !same(last.counters[field], now));
  const again = (atMs: number) => context.nowMs - atMs >= MEASURES_AGAIN_MS;
  const measures = pick(PORT_MEASURE_NAMES, reading.measures, (field, now) => {
    if (again(last.measuresAtMs[field]) && hasValue(now)) return true;
    return now.some((cell, at) => moved(last.measures[field][at], cell, PORT_DEADBAND[field]));
  });
  const gatewayAgain = again(last.gatewayAtMs);
  const gateway = pick(GATEWAY_MEASURE_NAMES, reading.gatewayMeasures, (field, now) =>
    gatewayAgain ? now !== null : moved(last.gateway[field], now, GATEWAY_DEADBAND[field]),
  );
  const nulls = JSON.stringify(reading.nulls);
  const parts = {
    ...(state === null ? {} : { state }),
    ...(measures === null ? {} : { measures }),
    ...(counters === null ? {} : { counters }),
    ...(gateway === null ? {} : { gateway }),
    ...(nulls === last.nulls ? {} : { nulls: reading.nulls }),
  };
  if (Object.keys(parts).length === 0) return { report: null, urgent: false, last };
  const { gatewayId, at, revision, pollMs } = context;
  return {
    report: { gatewayId, at, revision, full: false, pollMs, ...parts },
    urgent: state !== null,
    last: {
      ...last,
      state: { ...last.state, ...state },
      counters: { ...last.counters, ...counters },
      measures: { ...last.measures, ...measures },
      measuresAtMs: stamp(last.measuresAtMs, measures, context.nowMs),
      gateway: { ...last.gateway, ...gateway },
      gatewayAtMs: gatewayAgain && gateway !== null ? context.nowMs : last.gatewayAtMs,
      nulls,
    },
  };
}

/** A report of single cells that a notification implied, before the poll that confirms them; null: nothing new. */
export function diffImplied(
  last: LastReported,
  implied: readonly { at: number; field: keyof StateColumns; code: number | null }[],
  context: DiffContext,
): Difference {
  const state: { [F in keyof StateColumns]?: (number | null)[] } = {};
  for (const { at, field, code } of implied) {
    const column = state[field] ?? [...last.state[field]];
    if (at < 0 || at >= column.length || column[at] === code) continue;
    column[at] = code;
    state[field] = column;
  }
  if (Object.keys(state).length === 0) return { report: null, urgent: false, last };
  const { gatewayId, at, revision, pollMs } = context;
  return {
    report: { gatewayId, at, revision, full: false, pollMs, state },
    urgent: true,
    last: { ...last, state: { ...last.state, ...state } },
  };
}

function fullReport(last: LastReported | null, reading: Reading, context: DiffContext): Difference {
  const { gatewayId, at, revision, pollMs, nowMs } = context;
  const measures = pick(PORT_MEASURE_NAMES, reading.measures, (_field, now) => hasValue(now));
  const { state, counters, gatewayMeasures: gateway, nulls } = reading;
  const changed = last === null || PORT_STATE_FIELD_NAMES.some((field) => !same(last.state[field], state[field]));
  return {
    report: {
      gatewayId,
      at,
      revision,
      full: true,
      pollMs,
      state,
      ...(measures === null ? {} : { measures }),
      counters,
      gateway,
      nulls,
    },
    urgent: changed,
    last: {
      revision,
      fullAtMs: nowMs,
      state,
      counters,
      measures: reading.measures,
      measuresAtMs: Object.fromEntries(PORT_MEASURE_NAMES.map((field) => [field, nowMs])) as Record<
        PortMeasure,
        number
      >,
      gateway,
      gatewayAtMs: nowMs,
      nulls: JSON.stringify(nulls),
    },
  };
}

/** The fields that are wanted, or null when there is none. */
function pick<K extends string, V>(
  fields: readonly K[],
  from: Readonly<Record<K, V>>,
  wanted: (field: K, value: V) => boolean,
): Partial<Record<K, V>> | null {
  const picked: Partial<Record<K, V>> = {};
  let any = false;
  for (const field of fields) {
    if (!wanted(field, from[field])) continue;
    picked[field] = from[field];
    any = true;
  }
  return any ? picked : null;
}

function stamp(
  before: Readonly<Record<PortMeasure, number>>,
  sent: Partial<Record<PortMeasure, unknown>> | null,
  nowMs: number,
): Readonly<Record<PortMeasure, number>> {
  if (sent === null) return before;
  return Object.fromEntries(
    PORT_MEASURE_NAMES.map((field) => [field, sent[field] === undefined ? before[field] : nowMs]),
  ) as Record<PortMeasure, number>;
}

function same(a: Column, b: Column): boolean {
  return a.length === b.length && a.every((cell, at) => cell === b[at]);
}

function hasValue(column: Column): boolean {
  return column.some((cell) => cell !== null);
}
