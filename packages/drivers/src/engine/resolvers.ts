import type { PortInfo } from '@loopstart/contracts';
import type { GatewayMeasure, PortStateField } from '@loopstart/domain';
import type { VarBind } from '@loopstart/snmp';
import type { Answers, MeasureSource, Source } from './source.ts';
import type { GatewayResolver } from './slices/gateway.ts';
import type { PortResolver } from './slices/ports.ts';
import type { StateWord } from './words.ts';
import { misunderstood } from './answers.ts';
import { isAnswer, textIn, textValue } from './values.ts';

export interface TextJoin<F extends PortStateField> {
  field: F;
  /** Column of the other table that names a port. */
  by: Source<string>;
  value: Source<StateWord<F>>;
  /** The name of a port in the other table; null where the port has none. */
  nameOf: (port: PortInfo) => string | null;
  /** Best word first: of several rows for one port, the last in this order counts. */
  order: readonly StateWord<F>[];
}

/** A state in a table of its own, whose rows name their port in a text. Of several rows the worst counts. */
export function joinByText<F extends PortStateField>(join: TextJoin<F>): PortResolver<F> {
  const { field, by, value: state, nameOf, order } = join;
  return {
    field,
    scalars: [],
    columns: [by, state],
    decode(answers, ports, sink) {
      const names = answers.columns.get(by.oid);
      const states = answers.columns.get(state.oid);
      if (names === undefined || states === undefined) return;
      const indexes = new Map<string, number>();
      ports.forEach((port, at) => {
        const name = nameOf(port);
        if (name !== null) indexes.set(name, at);
      });
      const worst = new Map<number, StateWord<F>>();
      for (const [key, named] of names) {
        const at = isAnswer(named) ? indexes.get(textIn(named) ?? '') : undefined;
        const cell = states.get(key);
        if (at === undefined || !isAnswer(cell)) continue;
        const word = state.codec.decode(cell);
        if (word === undefined || word === null) {
          if (!worst.has(at)) sink.miss(at, word === null ? 'not-applicable' : 'invalid-value');
          if (word === undefined) sink.problem(`${state.oid}.${key}`, misunderstood(state, cell));
          continue;
        }
        const before = worst.get(at);
        if (before === undefined || order.indexOf(word) > order.indexOf(before)) {
          worst.set(at, word);
          sink.set(at, word as Parameters<typeof sink.set>[1]);
        }
      }
    },
    encode: ({ ports, states }) =>
      ports.flatMap((port, at): VarBind[] => {
        const name = nameOf(port);
        const word = states[at]?.[field] as StateWord<F> | null | undefined;
        const encoded = word ? state.codec.encode(word) : undefined;
        return name === null || encoded === undefined
          ? []
          : [
              { oid: `${by.oid}.${at + 1}`, value: textValue(name) },
              { oid: `${state.oid}.${at + 1}`, value: encoded },
            ];
      }),
    ...(state.codec.words && { words: state.codec.words as PortResolver<F>['words'] & readonly StateWord<F>[] }),
  };
}

/** A gateway measure folded from several scalars: the hottest of four sensors, calls in plus calls out. */
export function foldScalars(
  measure: GatewayMeasure,
  scalars: readonly MeasureSource[],
  fold: 'max' | 'sum',
): GatewayResolver {
  return {
    measure,
    scalars,
    columns: [],
    decode(answers: Answers) {
      const found: number[] = [];
      let broken = false;
      for (const source of scalars) {
        const value = answers.scalars.get(source.oid);
        if (!isAnswer(value)) continue;
        const decoded = source.codec.decode(value);
        if (decoded === undefined) broken = true;
        else if (decoded !== null) found.push(decoded);
      }
      // A partial sum is a wrong number; the maximum of the known values is still a known maximum.
      if (fold === 'sum' && found.length < scalars.length) return broken ? null : undefined;
      if (found.length === 0) return broken ? null : undefined;
      return fold === 'max' ? Math.max(...found) : found.reduce((sum, value) => sum + value, 0);
    },
    encode: (value) =>
      scalars.flatMap((source, at): VarBind[] => {
        const encoded = source.codec.encode(fold === 'max' || at === 0 ? value : 0);
        return encoded === undefined ? [] : [{ oid: source.oid, value: encoded }];
      }),
  };
}
