import { DIGITS, keysOf, type KeySet, setText } from './keys.ts';

/** One place of a pattern: a set of keys, pressed at least `min` and at most `max` times; null is without a limit. */
export interface PatternElement {
  readonly keys: KeySet;
  readonly min: number;
  readonly max: number | null;
}

/** What is dialled, place by place. */
export type Pattern = readonly PatternElement[];

/** No telephone number with its prefixes is longer (ITU-T E.164 has 15 digits). */
export const PATTERN_KEYS_MAX = 32;

export const minKeys = (pattern: Pattern): number => pattern.reduce((sum, { min }) => sum + min, 0);
/** Null where the length has no limit. */
export const maxKeys = (pattern: Pattern): number | null =>
  pattern.reduce<number | null>((sum, { max }) => (sum === null || max === null ? null : sum + max), 0);

/** The keys where the pattern is one number and nothing else; null otherwise. */
export function literalOf(pattern: Pattern): string | null {
  let text = '';
  for (const { keys, min, max } of pattern) {
    const key = keysOf(keys);
    if (key.length !== 1 || min !== max) return null;
    text += key.repeat(min);
  }
  return text;
}

function repeatText({ min, max }: PatternElement): string {
  if (min === 1 && max === 1) return '';
  if (min === 1 && max === null) return '+';
  return max === null ? `{${min},}` : min === max ? `{${min}}` : `{${min},${max}}`;
}

function elementText(element: PatternElement): string {
  const { keys, min, max } = element;
  const one = keys === DIGITS ? 'x' : keysOf(keys).length === 1 ? keysOf(keys) : `[${setText(keys)}]`;
  return min === max && min > 1 && min <= 8 && one.length === 1 ? one.repeat(min) : one + repeatText(element);
}

/** The text that `parsePattern` reads, with the strip mark after `strip` keys. */
export function patternText(pattern: Pattern, strip = 0): string {
  let left = strip;
  let text = '';
  for (const element of pattern) {
    if (left > 0 && element.min === element.max && left < element.min) {
      text += `${elementText({ ...element, min: left, max: left })}|`;
      text += elementText({ ...element, min: element.min - left, max: element.min - left });
      left = 0;
      continue;
    }
    text += elementText(element);
    if (left > 0) {
      left -= element.min;
      if (left === 0) text += '|';
    }
  }
  return text;
}
