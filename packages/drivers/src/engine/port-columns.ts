import type { CounterColumns, MeasureColumns, PortInfo, StateColumns } from '@loopstart/contracts';
import {
  PORT_COUNTER_NAMES,
  PORT_MEASURES,
  PORT_MEASURE_NAMES,
  PORT_STATE_FIELDS,
  PORT_STATE_FIELD_NAMES,
  type NullReason,
} from '@loopstart/domain';
import { misunderstood } from './answers.ts';
import type { NullLedger } from './nulls.ts';
import type { AnyPortResolver, PortsSlice } from './slices/ports.ts';
import type { Answers, Source } from './source.ts';
import { isAnswer } from './values.ts';
import type { PortField } from './words.ts';

type Cell = number | null;
/** From a decoded word or number to the stored cell; undefined: outside the field's range. */
type Keep = (value: unknown) => number | undefined;

/** How the decoded value of each port field becomes a cell. */
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

/** States, measures and counters of all ports; `onDemand` are fields that no poll reads. */
export function portColumns(
  slice: PortsSlice,
  onDemand: readonly PortField[],
  ports: readonly PortInfo[],
  answers: Answers,
  ledger: NullLedger,
): { state: Required<StateColumns>; measures: Required<MeasureColumns>; counters: Required<CounterColumns> } {
  const { state, measures = {}, counters = {}, resolvers = [] } = slice;
  const columnOf = (field: PortField, sources: readonly Source<unknown>[] | undefined): Cell[] => {
    const resolver = resolvers.find((candidate) => candidate.field === field);
    if (resolver !== undefined) return resolve(resolver, ports, answers, ledger);
    if (sources !== undefined) return readColumn(field, sources, ports, answers, ledger);
    if (ports.length > 0) ledger.all(field, onDemand.includes(field) ? 'never-read' : 'not-supported');
    return Array.from(ports, () => null);
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
