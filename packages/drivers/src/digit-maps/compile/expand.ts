import type { KeySet, Pattern } from '@loopstart/domain';

/** One key, or (`repeated`) any number of keys of a set. */
export interface Item {
  readonly keys: KeySet;
  readonly repeated: boolean;
}

/** Alternatives that one pattern may become. */
export const ALTERNATIVES_MAX = 60;

/**
 * A pattern without counts: `x{2,4}` becomes three alternatives, `x+` one key and any number of keys. Null where there
 * would be more than `ALTERNATIVES_MAX`.
 */
export function expand(pattern: Pattern): readonly (readonly Item[])[] | null {
  let alternatives: (readonly Item[])[] = [[]];
  for (const { keys, min, max } of pattern) {
    const once = (count: number): Item[] => Array.from({ length: count }, () => ({ keys, repeated: false }));
    const forms =
      max === null
        ? [[...once(min), { keys, repeated: true }]]
        : Array.from({ length: max - min + 1 }, (_, more) => once(min + more));
    if (alternatives.length * forms.length > ALTERNATIVES_MAX) return null;
    alternatives = alternatives.flatMap((start) => forms.map((form) => [...start, ...form]));
  }
  return alternatives;
}
