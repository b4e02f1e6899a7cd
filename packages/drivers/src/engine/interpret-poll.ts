import type {
  CounterColumns,
  GatewayMeasures,
  MeasureColumns,
  NullReasons,
  PortInfo,
  StateColumns,
} from '@loopstart/contracts';
import {
  GATEWAY_MEASURES,
  GATEWAY_MEASURE_NAMES,
  PORT_COUNTER_NAMES,
  PORT_MEASURES,
  PORT_MEASURE_NAMES,
  PORT_STATE_FIELDS,
  PORT_STATE_FIELD_NAMES,
  type GatewayMeasure,
  type NullReason,
} from '@loopstart/domain';
import { misunderstood, valuesOf } from './answers.ts';
import { seconds } from './codecs.ts';
import type { Answers, AnyPortResolver, Driver, MeasureSource, PortField, Problem, Source } from './driver.ts';
import { NullLedger } from './nulls.ts';
import { SYS_UP_TIME } from './standard.ts';
import { isAnswer } from './values.ts';

/** One poll in canonical form: every field has a column in the order of the ports, every null a reason. */
export interface PollReading {
  state: Required<StateColumns>;
  measures: Required<MeasureColumns>;
  counters: Required<CounterColumns>;
  gatewayMeasures: Required<GatewayMeasures>;
  nulls: NullReasons;
  problems: Problem[];
}

type Cell = number | null;
/** From a decoded word or number to what is kept; undefined: outside what the field may hold. */
type Keep = (value: unknown) => number | undefined;

/** How each port field turns what was decoded into a cell. */
const KEEP = new Map<PortField, Keep>();
for (const field of PORT_STATE_FIELD_NAMES) {
  const codes = new Map<unknown, number>(PORT_STATE_FIELDS[field].map((word, code) => [word, code]));
  KEEP.set(field, (value) => codes.get(value));
}
const numberWithin =
  ({ min, max }: { min: number; max: number }): Keep =>
  (value) =>
    typeof value === 'number' && value >= min && value <= max ? value : undefined;
for (const field of PORT_MEASURE_NAMES) KEEP.set(field, numberWithin(PORT_MEASURES[field]));
for (const field of PORT_COUNTER_NAMES) {
  KEEP.set(field, (value) => (Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined));
}

/**
 * Turns what a poll read into columns aligned with `ports`; rows are found by `PortInfo.key`. Never throws and never
 * invents: what was not answered, not understood or out of bounds is null with its reason.
 */
export function interpretPoll(driver: Driver, ports: readonly PortInfo[], answers: Answers): PollReading {
  const ledger = new NullLedger();
  const { state, measures = {}, counters = {}, resolvers = [] } = driver.ports;
  const columnOf = (field: PortField, sources: readonly Source<unknown>[] | undefined): Cell[] => {
    const resolver = resolvers.find((candidate) => candidate.field === field);
    if (resolver !== undefined) return resolve(resolver, ports, answers, ledger);
    if (sources === undefined) {
      const onDemand = (driver.ports.onDemand as readonly PortField[] | undefined)?.includes(field) ?? false;
      if (ports.length > 0) ledger.all(field, onDemand ? 'never-read' : 'not-supported');
      return Array.from(ports, () => null);
    }
    return readColumn(field, sources, ports, answers, ledger);
  };
  return {
    state: {
      admin: columnOf('admin', state.admin),
      oper: columnOf('oper', state.oper),
      hook: columnOf('hook', state.hook),
      call: columnOf('call', state.call),
      registration: columnOf('registration', state.registration),
      fault: columnOf('fault', state.fault),
    },
    measures: {
      lineVoltageV: columnOf('lineVoltageV', measures.lineVoltageV),
      loopCurrentMa: columnOf('loopCurrentMa', measures.loopCurrentMa),
      ringVoltageV: columnOf('ringVoltageV', measures.ringVoltageV),
      jitterMs: columnOf('jitterMs', measures.jitterMs),
      packetLossPercent: columnOf('packetLossPercent', measures.packetLossPercent),
    },
    counters: {
      callsIn: columnOf('callsIn', counters.callsIn),
      callsOut: columnOf('callsOut', counters.callsOut),
      callsFailed: columnOf('callsFailed', counters.callsFailed),
    },
    gatewayMeasures: readGateway(driver, answers, ledger),
    nulls: ledger.reasons,
    problems: ledger.problems,
  };
}

function readColumn(
  field: PortField,
  sources: readonly Source<unknown>[],
  ports: readonly PortInfo[],
  answers: Answers,
  ledger: NullLedger,
): Cell[] {
  const keep = KEEP.get(field) as Keep;
  const cells: Cell[] = Array.from(ports, () => null);
  let reasons: (NullReason | undefined)[] | undefined;
  const columns = sources.map((source) => answers.columns.get(source.oid));
  for (let at = 0; at < ports.length; at++) {
    const key = (ports[at] as PortInfo).key;
    let reason: NullReason | undefined = 'not-answered';
    for (let nth = 0; nth < sources.length; nth++) {
      const value = columns[nth]?.get(key);
      if (!isAnswer(value)) continue;
      const source = sources[nth] as Source<unknown>;
      const decoded = source.codec.decode(value);
      const kept = decoded === undefined || decoded === null ? decoded : keep(decoded);
      if (kept === undefined) {
        reason = 'invalid-value';
        ledger.problem(`${source.oid}.${key}`, misunderstood(source, value));
      } else if (kept === null) {
        if (reason === 'not-answered') reason = 'not-applicable';
      } else {
        cells[at] = kept;
        reason = undefined;
        break;
      }
    }
    if (reason !== undefined) (reasons ??= Array.from(ports, () => undefined))[at] = reason;
  }
  if (reasons !== undefined) ledger.column(field, reasons);
  return cells;
}

function resolve(resolver: AnyPortResolver, ports: readonly PortInfo[], answers: Answers, ledger: NullLedger): Cell[] {
  const keep = KEEP.get(resolver.field) as Keep;
  const cells: Cell[] = Array.from(ports, () => null);
  const reasons: (NullReason | undefined)[] = Array.from(ports, () => 'not-answered' as const);
  resolver.decode(answers, ports, {
    set(at, value) {
      const kept = keep(value);
      if (kept === undefined) {
        reasons[at] = 'invalid-value';
        return;
      }
      cells[at] = kept;
      reasons[at] = undefined;
    },
    miss(at, reason) {
      cells[at] = null;
      reasons[at] = reason;
    },
    problem: (oid, why) => ledger.problem(oid, why),
  });
  if (reasons.some((reason) => reason !== undefined)) ledger.column(resolver.field, reasons);
  return cells;
}

const UPTIME: MeasureSource = { oid: SYS_UP_TIME, object: 'sysUpTime', codec: seconds };

/** The sources of a gateway measure; every gateway has sysUpTime. */
export function gatewaySources(driver: Driver, measure: GatewayMeasure): readonly MeasureSource[] | undefined {
  return driver.gateway.measures?.[measure] ?? (measure === 'uptimeS' ? [UPTIME] : undefined);
}

function readGateway(driver: Driver, answers: Answers, ledger: NullLedger): Required<GatewayMeasures> {
  const cells = {} as Record<GatewayMeasure, Cell>;
  for (const measure of GATEWAY_MEASURE_NAMES) {
    const bounds = GATEWAY_MEASURES[measure];
    const resolver = driver.gateway.resolvers?.find((candidate) => candidate.measure === measure);
    const sources = gatewaySources(driver, measure);
    let found: number | NullReason;
    if (resolver !== undefined) {
      const value = resolver.decode(answers);
      found = value === undefined ? 'not-answered' : value === null ? 'invalid-value' : value;
    } else {
      found = sources === undefined ? 'not-supported' : readMeasure(sources, answers, ledger);
    }
    if (typeof found === 'number' && !(found >= bounds.min && found <= bounds.max)) found = 'invalid-value';
    cells[measure] = typeof found === 'number' ? found : null;
    if (typeof found === 'string') ledger.all(measure, found);
  }
  return cells;
}

function readMeasure(sources: readonly MeasureSource[], answers: Answers, ledger: NullLedger): number | NullReason {
  let reason: NullReason = 'not-answered';
  for (const source of sources) {
    let folded: number | undefined;
    for (const [oid, value] of valuesOf(source, answers)) {
      const decoded = source.codec.decode(value);
      if (decoded === undefined) {
        reason = 'invalid-value';
        ledger.problem(oid, misunderstood(source, value));
      } else if (decoded === null) {
        if (reason === 'not-answered') reason = 'not-applicable';
      } else if (folded === undefined) folded = decoded;
      else if (source.fold === 'max') folded = Math.max(folded, decoded);
      else if (source.fold === 'sum') folded += decoded;
    }
    if (folded !== undefined) return folded;
  }
  return reason;
}
