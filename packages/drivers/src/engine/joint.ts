import type { SnmpValue } from '@loopstart/snmp';
import type { PortStateField } from '@loopstart/domain';
import { enumOf, type Codec } from './codecs.ts';
import type { PortWords, StateWord } from './words.ts';
import { integerValue } from './values.ts';

/** The part that all codecs of one joint column share. */
export interface Joint {
  readonly fields: readonly PortStateField[];
  /** The number that agrees best with a port's state; undefined where the table is empty. */
  encode(state: Partial<PortWords>): SnmpValue | undefined;
  /** Every state that the column can express, one entry a number. */
  readonly rows: readonly Partial<PortWords>[];
}

export interface JointCodec<W> extends Codec<W> {
  readonly joint: Joint;
}

/**
 * One INTEGER that reports several state fields at once, such as a line state that implies hook, call and admin state.
 * Returns a codec for each field in `order`; encoding picks the number that agrees best, where fields named first weigh
 * most. Numbers outside the table are not understood.
 */
export function jointEnum<F extends PortStateField>(
  order: readonly F[],
  table: Readonly<Record<number, Partial<Pick<PortWords, F>>>>,
): { [K in F]: JointCodec<StateWord<K>> } {
  const rows = Object.entries(table).map(([number, words]) => ({
    number: Number(number),
    words: words as Partial<PortWords>,
  }));
  const joint: Joint = {
    fields: order,
    encode(state) {
      let best: { number: number; score: number } | undefined;
      for (const { number, words } of rows) {
        let score = 0;
        order.forEach((field, place) => {
          const weight = 4 ** (order.length - place);
          if ((words[field] ?? null) === (state[field] ?? null)) score += weight * 2;
          // No statement about a field is better than a wrong one.
          else if (words[field] === undefined) score += weight;
        });
        if (best === undefined || score > best.score) best = { number, score };
      }
      return best === undefined ? undefined : integerValue(best.number);
    },
    rows: rows.map(({ words }) => words),
  };
  const codecs: Partial<Record<PortStateField, JointCodec<string>>> = {};
  for (const field of order) {
    codecs[field] = {
      ...enumOf(Object.fromEntries(rows.map(({ number, words }) => [number, words[field] ?? null]))),
      joint,
    };
  }
  return codecs as { [K in F]: JointCodec<StateWord<K>> };
}
