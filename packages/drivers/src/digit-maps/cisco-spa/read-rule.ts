import { DIGITS, oneOf, type Regular, repeatOf, sequenceOf } from '@loopstart/domain';
import { atKey, readKey, readSet } from '../shared/elements.ts';
import type { Reader } from '../shared/reader.ts';

/** One sequence of the dial plan. */
export interface SpaRule {
  readonly text: string;
  readonly barred: boolean;
  /** `Sn`, `Ln`, `Pn` of the sequence in seconds; null where the plan's own timers hold. */
  readonly shortS: number | null;
  readonly longS: number | null;
  readonly pauseS: number | null;
  readonly regular: Regular;
  readonly changes: readonly SpaChange[];
}

/** `<dialled:substituted>`: which keys, counted from the left, become what. Null: the place depends on what is dialled. */
export interface SpaChange {
  readonly from: number;
  readonly count: number;
  readonly text: string;
}

/** Keys are matched, `<a:b>` replaces, `,` only plays a tone. */
export function readSpaRule(reader: Reader): SpaRule {
  const start = reader.at;
  const parts: Regular[] = [];
  const changes: SpaChange[] = [];
  const timers: { S: number | null; L: number | null; P: number | null } = { S: null, L: null, P: null };
  let barred = false;
  let fixedKeys: number | null = 0;
  for (reader.skipBlanks(); !reader.done && !'|)'.includes(reader.peek); reader.skipBlanks()) {
    if (barred) reader.fail('| or ): ! is the last sign of a sequence');
    const sign = reader.peek;
    if (sign === 'S' || sign === 'L' || sign === 'P') {
      reader.take();
      timers[sign] = reader.number() ?? reader.fail('seconds');
    } else if (reader.takeIf('!')) barred = true;
    else if (reader.takeIf(',')) continue;
    else if (reader.takeIf('<')) {
      if (fixedKeys === null) reader.fail('a substitution before any repetition', reader.at - 1);
      const keys = readKeys(reader, ':', false);
      changes.push({ from: fixedKeys, count: keys.length, text: readKeys(reader, '>', true) });
      parts.push(...keys.map(oneOf));
      fixedKeys += keys.length;
    } else {
      const element = oneOf(readElement(reader));
      const repeated: boolean = reader.takeIf('.');
      parts.push(repeated ? repeatOf(element, 0, null) : element);
      fixedKeys = repeated || fixedKeys === null ? null : fixedKeys + 1;
    }
  }
  const text = reader.text.slice(start, reader.at).trim();
  if (text === '') reader.fail('a digit, *, #, x, [, < or a timer');
  return {
    text,
    barred,
    shortS: timers.S,
    longS: timers.L,
    pauseS: timers.P,
    regular: sequenceOf(parts),
    changes,
  };
}

function readElement(reader: Reader): number {
  if (reader.takeIf('xX')) return DIGITS;
  if (reader.takeIf('[')) return readSet(reader, { any: true });
  if (atKey(reader)) return readKey(reader);
  return reader.fail('a digit, *, #, x, [, <, !, a timer, | or )');
}

function readKeys(reader: Reader, until: string, plus: false): number[];
function readKeys(reader: Reader, until: string, plus: true): string;
function readKeys(reader: Reader, until: string, plus: boolean): number[] | string {
  const keys: number[] = [];
  let text = '';
  for (; !reader.done && reader.peek !== until; text += reader.text[reader.at - 1]) {
    if (plus && reader.takeIf('+')) continue;
    if (!plus && reader.takeIf('xX')) keys.push(DIGITS);
    else if (!atKey(reader)) reader.fail(`a digit, *, # or ${until}`);
    else keys.push(readKey(reader));
  }
  reader.expect(until);
  return plus ? text : keys;
}
