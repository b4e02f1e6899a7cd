import type { SnmpValue } from '@loopstart/snmp';
import type { PortStateField } from '@loopstart/domain';
import { enumOf, type Codec } from './codecs.ts';
import type { PortWords, StateWord } from './words.ts';
import { integerValue } from './values.ts';

/** What the codecs of one joint column share. */
export interface Joint {
  readonly fields: readonly PortStateField[];
  /** The number that agrees best with a port's state; undefined where the table is empty. */
  encode(state: Partial<PortWords>): SnmpValue | undefined;
  /** All that the column can say, one entry a number. */
  readonly rows: readonly Partial<PortWords>[];
}

export interface JointCodec<W> extends Codec<W> {
  readonly joint: Joint;
}

/**
 * One INTEGER that tells several state fields at once, such as a line state that implies hook, call and admin state.
 * Returns a codec for each field in `order`; writing back picks the number that agrees best, where fields named first
 * weigh most. Numbers outside the table are not understood.
 */
export function jointEnum<F extends PortStateField>(
  order: readonly F[],
  table: Readonly<Record<number, Partial<Pick<PortWords, F>>>>,
): { [K in F]: JointCodec<StateWord<K>> } {
  const rows = Object.entries(table).map(([number, said]) => ({
    number: Number(number),
    said: said as Partial<PortWords>,
  }));
  const joint: Joint = {
    fields: order,
    encode(state) {
      let best: { number: number; score: number } | undefined;
      for (const { number, said } of rows) {
        let score = 0;
        order.forEach((field, place) => {
          const weight = 4 ** (order.length - place);
          if ((said[field] ?? null) === (state[field] ?? null)) score += weight * 2;
          // Saying nothing is better than saying something wrong.
          else if (said[field] === undefined) score += weight;
        });
        if (best === undefined || score > best.score) best = { number, score };
      }
      return best === undefined ? undefined : integerValue(best.number);
    },
    rows: rows.map(({ said }) => said),
  };
  const codecs: Partial<Record<PortStateField, JointCodec<string>>> = {};
  for (const field of order) {
    codecs[field] = {
      ...enumOf(Object.fromEntries(rows.map(({ number, said }) => [number, said[field] ?? null]))),
      joint,
    };
  }
  return codecs as { [K in F]: JointCodec<StateWord<K>> };
}
