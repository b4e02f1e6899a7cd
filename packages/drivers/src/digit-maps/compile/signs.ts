import { DIGITS, keysOf, type KeySet } from '@loopstart/domain';
import type { Item } from './expand.ts';

/** How a language writes sets of keys and repetition. */
export interface Signs {
  /** Any digit: `x`, or `[0-9]` where `.` also stands for `*`. */
  readonly digit: string;
  /** Whether digits without a gap alone may stand in brackets (`[2-7]`), or lists such as `[147]` too. */
  readonly lists: boolean;
  /** Any number of what `sign` stands for, none included; null where the language cannot. */
  many(sign: string, keys: KeySet): string | null;
}

/** Texts that together stand for one rule; more become unreadable and fit nowhere. */
const TEXTS_MAX = 60;

function rangesOf(digits: string): string[] {
  const ranges: string[] = [];
  for (const digit of digits) {
    const last = ranges.at(-1);
    if (last !== undefined && Number(last.at(-1)) + 1 === Number(digit)) ranges[ranges.length - 1] = last + digit;
    else ranges.push(digit);
  }
  return ranges.map((range) => (range.length === 1 ? range : `[${range[0]}-${range.at(-1)}]`));
}

/** The signs that together stand for a set. `*` and `#` always stand alone: not every language has them in brackets. */
export function signsOf(keys: KeySet, { digit, lists }: Signs): string[] {
  const digits = keysOf(keys & DIGITS);
  const others = [...keysOf(keys & ~DIGITS)];
  if (digits === '') return others;
  if ((keys & DIGITS) === DIGITS) return [digit, ...others];
  const ranges = rangesOf(digits);
  return [...(ranges.length > 1 && lists ? [`[${digits}]`] : ranges), ...others];
}

/** The texts that together stand for these items; null where the language has none or there are too many. */
export function textsOf(items: readonly Item[], signs: Signs): string[] | null {
  let texts = [''];
  for (const { keys, repeated } of items) {
    let forms = signsOf(keys, signs);
    if (repeated) {
      const many = forms.length === 1 ? signs.many(forms[0]!, keys) : null;
      if (many === null) return null;
      forms = [many];
    }
    if (texts.length * forms.length > TEXTS_MAX) return null;
    texts = texts.flatMap((text) => forms.map((form) => text + form));
  }
  return texts;
}

/** Items whose first `count` are single keys, as texts with the rest; null where there are too many of them. */
export function withLiteralStart(
  items: readonly Item[],
  count: number,
): { readonly start: string; readonly rest: readonly Item[] }[] | null {
  let starts = [''];
  for (const { keys, repeated } of items.slice(0, count)) {
    const all = keysOf(keys);
    if (repeated || starts.length * all.length > TEXTS_MAX) return null;
    starts = starts.flatMap((start) => [...all].map((key) => start + key));
  }
  return items.length < count ? null : starts.map((start) => ({ start, rest: items.slice(count) }));
}
