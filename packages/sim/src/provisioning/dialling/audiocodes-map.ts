import type { DialResult } from './dial-result.ts';
import { DIGITS, digitSet, standingOf, type PatternElement } from './pattern.ts';

interface Alternative {
  readonly elements: readonly PatternElement[];
  /** A complete match waits for the short timer, or for TimeBetweenDigits. */
  readonly waits: boolean;
}

const ALTERNATIVES_MAX = 52;

function parseAlternative(text: string): Alternative | null {
  const elements: PatternElement[] = [];
  let waits = false;
  let rest = text.trim();
  while (rest !== '') {
    const [whole = '', set, any, literal, repeated, timer] =
      /^(?:\[([^\]]*)\]|([xX])|([\d*#A-D])|(\.)|([TtSs]))/.exec(rest) ?? [];
    if (whole === '') return null;
    const add = (digits: ReadonlySet<string>) => elements.push({ digits, repeat: 'once' });
    if (set !== undefined) {
      const digits = digitSet(set, '0123456789');
      if (digits === null) return null;
      add(digits);
    } else if (any !== undefined) add(DIGITS);
    else if (literal !== undefined) add(new Set(literal));
    else if (repeated !== undefined) {
      const last = elements.pop();
      if (last === undefined) return null;
      elements.push({ ...last, repeat: 'some' });
      waits = true;
    } else if (timer !== undefined) waits = true;
    rest = rest.slice(whole.length);
  }
  return elements.length === 0 ? null : { elements, waits };
}

/**
 * What an AudioCodes unit dials by `DigitMapping`: the first alternative that is complete goes at once, even where a
 * longer one could follow, unless a `T`, an `S` or a repetition at its end makes it wait; `#` and MaxDigits end dialling
 * where no alternative takes them; digits that match nothing are rejected. An empty map collects any digits.
 */
export function dialAudioCodes(map: string, dialled: string, digitsMax: number): DialResult {
  const alternatives = map.trim() === '' ? [] : map.split('|').map(parseAlternative);
  if (alternatives.length > ALTERNATIVES_MAX || alternatives.includes(null)) return { outcome: 'rejects' };
  const known = alternatives.filter((one) => one !== null);
  const standings = (digits: string) => known.map((one) => ({ ...one, ...standingOf(one.elements, digits) }));
  const ended = (digits: string, when: 'at-once' | 'after-silence'): DialResult =>
    digits !== '' && (known.length === 0 || standings(digits).some(({ complete }) => complete))
      ? { outcome: 'sends', number: digits, when }
      : { outcome: 'rejects' };
  let digits = '';
  for (const digit of dialled) {
    const next = standings(digits + digit);
    const possible = known.length === 0 ? digit !== '#' : next.some(({ complete, longer }) => complete || longer);
    if (!possible) return digit === '#' ? ended(digits, 'at-once') : { outcome: 'rejects' };
    digits += digit;
    if (next.some(({ complete, waits }) => complete && !waits) || digits.length >= digitsMax) {
      return ended(digits, 'at-once');
    }
  }
  return ended(digits, 'after-silence');
}
