/** One element of a pattern: a set of digits, once, or again and again. */
export interface PatternElement {
  readonly digits: ReadonlySet<string>;
  readonly repeat: 'once' | 'any' | 'some';
}

/** How a pattern stands to the digits so far: matched as they are, and whether more digits could still match. */
export interface Standing {
  readonly complete: boolean;
  readonly longer: boolean;
}

/** Feeds digits to a sequence of elements, by the set of positions that are possible. */
export function standingOf(elements: readonly PatternElement[], digits: string): Standing {
  let positions = reach(elements, [0]);
  for (const digit of digits) {
    const next: number[] = [];
    for (const position of positions) {
      const element = elements[position];
      if (element === undefined || !element.digits.has(digit)) continue;
      next.push(position + 1);
      if (element.repeat !== 'once') next.push(position);
    }
    // After "some" the element behind it may begin, too: position + 1 is among the next ones already.
    positions = reach(elements, next);
  }
  return {
    complete: positions.has(elements.length),
    longer: [...positions].some((position) => position < elements.length),
  };
}

/** The positions, and those behind elements that may be left out. */
function reach(elements: readonly PatternElement[], from: readonly number[]): Set<number> {
  const positions = new Set<number>();
  for (const start of from) {
    for (let at = start; ; at += 1) {
      positions.add(at);
      if (elements[at]?.repeat !== 'any') break;
    }
  }
  return positions;
}

export const DIGITS: ReadonlySet<string> = new Set('0123456789');

/** The digits of `[1-39]`: single ones and ranges; null for an empty or impossible set. */
export function digitSet(inside: string, allowed: string): ReadonlySet<string> | null {
  const digits = new Set<string>();
  for (const [whole, from, to] of inside.matchAll(/(.)-(.)|./g)) {
    if (from === undefined || to === undefined) digits.add(whole);
    else {
      const [low, high] = [allowed.indexOf(from), allowed.indexOf(to)];
      if (low < 0 || high < low) return null;
      for (const digit of allowed.slice(low, high + 1)) digits.add(digit);
    }
  }
  return digits.size > 0 && [...digits].every((digit) => allowed.includes(digit)) ? digits : null;
}
