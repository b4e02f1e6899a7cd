import { DIGITS, keyIndex, type KeySet } from '@loopstart/domain';
import type { Reader } from './reader.ts';

const KEY_NAMES = 'a digit, * or #';

/** True where the next character is a key; letters A to D count where the language has them. */
export const atKey = (reader: Reader, letters = false): boolean => {
  const index = keyIndex(reader.peek);
  return index >= 0 && (letters || index < 12);
};

export const readKey = (reader: Reader): KeySet => 1 << keyIndex(reader.take());

export interface SetOptions {
  /** What `[^…]` chooses from; 0 where the language has no such sets. */
  readonly others?: KeySet;
  /** Whether `x` may stand in a set. */
  readonly any?: boolean;
}

/**
 * What stands between brackets: keys and ranges of digits, as in `[2-57*]`; `x` is any digit, and a leading `^` (where
 * the language has it) all other digits. The reader stands after the opening bracket.
 */
export function readSet(reader: Reader, { others = 0, any = false }: SetOptions = {}): KeySet {
  const negated = others !== 0 && reader.takeIf('^');
  let keys = 0;
  while (!reader.done && reader.peek !== ']') {
    if (any && reader.takeIf('xX')) {
      keys |= DIGITS;
      continue;
    }
    if (reader.peek === ',' && keys !== 0) {
      reader.take();
      continue;
    }
    if (!atKey(reader)) reader.fail(`${KEY_NAMES} or ]`);
    const from = keyIndex(reader.take());
    let to = from;
    if (reader.takeIf('-')) {
      to = keyIndex(reader.peek);
      if (from > 9 || to < from || to > 9) reader.fail('the end of a range of digits');
      reader.take();
    }
    for (let key = from; key <= to; key += 1) keys |= 1 << key;
  }
  if (keys === 0) reader.fail('at least one key');
  reader.expect(']');
  return negated ? others & ~keys : keys;
}
