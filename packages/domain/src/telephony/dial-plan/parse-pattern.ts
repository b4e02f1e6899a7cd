import { DIGITS, keyIndex, type KeySet, NO_KEYS } from './keys.ts';
import { maxKeys, minKeys, type Pattern, PATTERN_KEYS_MAX, type PatternElement } from './pattern.ts';

/** Where the text of a pattern is wrong: 1-based position, what is allowed there and what is there. */
export interface PatternError {
  readonly position: number;
  readonly expected: string;
  /** The character at the position; null at the end of the text. */
  readonly found: string | null;
}

export type ParsedPattern =
  | { readonly ok: true; readonly pattern: Pattern; readonly strip: number }
  | { readonly ok: false; readonly error: PatternError };

/** Longest text that is read, in characters. */
export const PATTERN_TEXT_MAX = 200;

class Failure extends Error {
  readonly position: number;
  readonly expected: string;
  constructor(position: number, expected: string) {
    super(expected);
    this.position = position;
    this.expected = expected;
  }
}

/** The keys of `[…]` that begins at `start`, and the index after it. */
function readSet(text: string, start: number): [KeySet, number] {
  let at = start + 1;
  let keys = NO_KEYS;
  while (at < text.length && text[at] !== ']') {
    const from = keyIndex(text[at] ?? '');
    if (from < 0 || from > 11) throw new Failure(at, 'a key (0 to 9, * or #) or ]');
    if (text[at + 1] === '-') {
      const to = keyIndex(text[at + 2] ?? '');
      if (from > 9 || to < from || to > 9) throw new Failure(at + 2, `a digit from ${text[at]} to 9`);
      for (let key = from; key <= to; key += 1) keys |= 1 << key;
      at += 3;
    } else {
      keys |= 1 << from;
      at += 1;
    }
  }
  if (at >= text.length) throw new Failure(at, ']');
  if (keys === NO_KEYS) throw new Failure(at, 'at least one key');
  return [keys, at + 1];
}

/** The repetition at `start`, if there is one: `{n}`, `{n,m}`, `{n,}` or `+`. */
function readRepeat(text: string, start: number): [number, number | null, number] {
  if (text[start] === '+') return [1, null, start + 1];
  if (text[start] !== '{') return [1, 1, start];
  const match = /^\{(\d{1,2})(?:(,)(\d{0,2}))?\}/.exec(text.slice(start, start + 8));
  if (match === null) throw new Failure(start + 1, 'a count such as {3}, {2,5} or {2,}');
  const min = Number(match[1]);
  const max = match[2] === undefined ? min : match[3] === '' ? null : Number(match[3]);
  if (max !== null && (max < min || max === 0))
    throw new Failure(start + 1, 'a count of at least 1, the smaller one first');
  if (min > PATTERN_KEYS_MAX || (max ?? 0) > PATTERN_KEYS_MAX)
    throw new Failure(start + 1, `a count of at most ${PATTERN_KEYS_MAX}`);
  return [min, max, start + match[0].length];
}

/** Joins neighbours such as `xxx` into one place of three keys, so that equal patterns are equal data. */
function joined(elements: readonly PatternElement[]): PatternElement[] {
  const result: PatternElement[] = [];
  for (const element of elements) {
    const last = result.at(-1);
    if (last !== undefined && last.keys === element.keys) {
      const max = last.max === null || element.max === null ? null : last.max + element.max;
      result[result.length - 1] = { keys: last.keys, min: last.min + element.min, max };
    } else result.push(element);
  }
  return result;
}

function read(text: string): { pattern: Pattern; strip: number } {
  if (text.length > PATTERN_TEXT_MAX) throw new Failure(PATTERN_TEXT_MAX, `at most ${PATTERN_TEXT_MAX} characters`);
  const elements: PatternElement[] = [];
  let strip: number | null = null;
  for (let at = 0; at < text.length;) {
    const character = text[at] ?? '';
    if (character === ' ') {
      at += 1;
      continue;
    }
    if (character === '|') {
      const least = minKeys(elements);
      if (strip !== null) throw new Failure(at, 'only one strip mark |');
      if (least === 0 || least !== maxKeys(elements)) throw new Failure(at, 'a fixed number of keys before |');
      strip = least;
      at += 1;
      continue;
    }
    let keys: KeySet;
    let next = at + 1;
    const index = keyIndex(character);
    if (character === 'x' || character === 'X') keys = DIGITS;
    else if (character === '[') [keys, next] = readSet(text, at);
    else if (index >= 0 && index <= 11) keys = 1 << index;
    else throw new Failure(at, 'a key (0 to 9, * or #), x, [ or |');
    const [min, max, end] = readRepeat(text, next);
    elements.push({ keys, min, max });
    at = end;
  }
  const pattern = joined(elements);
  if (minKeys(pattern) === 0) throw new Failure(text.length, 'a pattern of at least one key');
  if (minKeys(pattern) > PATTERN_KEYS_MAX || (maxKeys(pattern) ?? 0) > PATTERN_KEYS_MAX)
    throw new Failure(text.length, `a pattern of at most ${PATTERN_KEYS_MAX} keys`);
  return { pattern, strip: strip ?? 0 };
}

/**
 * Reads a pattern as an operator types it:
 *
 * - `0` to `9`, `*`, `#`: that key. `x`: any digit. `[2-79*]`: one of these keys.
 * - `{3}`: three times what stands before it, `{2,5}` two to five times, `{2,}` at least twice, `+` at least once.
 * - `|`: keys to the left of it are dialled and not sent (`9|0[2-7]xxxxxxxx` sends what follows the 9).
 * - Blanks are for the reader.
 */
export function parsePattern(text: string): ParsedPattern {
  try {
    return { ok: true, ...read(text) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { position, expected } = error;
    return { ok: false, error: { position: position + 1, expected, found: text[position] ?? null } };
  }
}
