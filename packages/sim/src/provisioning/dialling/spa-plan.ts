import type { DialResult } from './dial-result.ts';
import { DIGITS, digitSet, standingOf, type PatternElement } from './pattern.ts';

interface Sequence {
  readonly elements: readonly PatternElement[];
  /** What each element becomes in the number; null = the digits as dialled. One element takes the whole text. */
  readonly becomes: readonly (string | null)[];
  readonly bars: boolean;
  /** `S0`: a complete match goes at once, whatever may follow. */
  readonly atOnce: boolean;
}

const ALLOWED = '0123456789*#';

/** Reads `( a | b )`, with `L:8,S:4,` before it; null for a plan that the unit does not understand. */
function parsePlan(plan: string): readonly Sequence[] | null {
  const inside = /^\s*(?:[LS]:\s*\d+\s*,\s*)*\((.*)\)\s*$/is.exec(plan)?.[1];
  if (inside === undefined) return null;
  const sequences = inside.split('|').map(parseSequence);
  return sequences.every((sequence) => sequence !== null) ? sequences : null;
}

function parseSequence(text: string): Sequence | null {
  const elements: PatternElement[] = [];
  const becomes: (string | null)[] = [];
  let [bars, atOnce] = [false, false];
  let rest = text.trim();
  const add = (digits: ReadonlySet<string> | null, into: string | null) => {
    if (digits === null) return false;
    elements.push({ digits, repeat: 'once' });
    becomes.push(into);
    return true;
  };
  while (rest !== '') {
    const token = /^(?:(\s+|,)|<([\d*#]*):([\d*#+]*)>|\[([^\]]*)\]|([xX])|([\d*#])|(\.)|(!)|[LS](\d+)|P\d+)/.exec(rest);
    if (token === null) return null;
    const [whole, , from, to, set, any, literal, repeated, barred, timer] = token;
    let understood = true;
    if (from !== undefined) {
      // The substitute stands where the replaced digits end; one without digits stands before the next element.
      [...from].forEach((digit, at) => add(new Set(digit), at === from.length - 1 ? (to ?? '') : ''));
      if (from === '') {
        elements.push({ digits: new Set(), repeat: 'any' });
        becomes.push(to ?? '');
      }
    } else if (set !== undefined) understood = add(digitSet(set, ALLOWED), null);
    else if (any !== undefined) add(DIGITS, null);
    else if (literal !== undefined) add(new Set(literal), null);
    else if (repeated !== undefined) {
      const last = elements.pop();
      if (last === undefined) return null;
      elements.push({ ...last, repeat: 'any' });
    } else if (barred !== undefined) bars = true;
    else if (timer === '0' && whole.startsWith('S')) atOnce = true;
    if (!understood) return null;
    rest = rest.slice(whole.length);
  }
  return { elements, becomes, bars, atOnce };
}

/** Puts the substitutes in: they replace single digits, which stand before what repeats. */
function numberOf({ elements, becomes }: Sequence, digits: string): string {
  let [number, at] = ['', 0];
  for (const [index, { repeat, digits: set }] of elements.entries()) {
    const into = becomes[index] ?? null;
    if (set.size === 0) number += into ?? '';
    else if (repeat === 'any') return number + digits.slice(at);
    else {
      number += into ?? digits[at] ?? '';
      at += 1;
    }
  }
  return number;
}

/**
 * What a SPA sends, digit by digit (`.` is zero or more): a complete match that nothing longer can follow, or one with
 * `S0`, goes at once; otherwise the short timer sends it; a digit that no sequence takes is answered by reorder tone.
 * Of several complete matches the first one holds. A plan that it does not understand lets nothing out.
 */
export function dialSpa(plan: string, dialled: string): DialResult {
  const sequences = parsePlan(plan);
  if (sequences === null) return { outcome: 'rejects' };
  const sending = (sequence: Sequence, digits: string, when: 'at-once' | 'after-silence'): DialResult =>
    sequence.bars ? { outcome: 'barred' } : { outcome: 'sends', number: numberOf(sequence, digits), when };
  for (let length = 0; length <= dialled.length; length += 1) {
    const digits = dialled.slice(0, length);
    const standings = sequences.map((sequence) => ({ sequence, ...standingOf(sequence.elements, digits) }));
    const complete = standings.find((one) => one.complete)?.sequence;
    const hurried = standings.find((one) => one.complete && one.sequence.atOnce)?.sequence;
    // Nothing dialled and nothing to dial is a hot line only with S0; otherwise the line waits with its dial tone.
    if (hurried !== undefined) return sending(hurried, digits, 'at-once');
    if (standings.every((one) => !one.complete && !one.longer)) return { outcome: 'rejects' };
    if (length > 0 && complete !== undefined && standings.every(({ longer }) => !longer)) {
      return sending(complete, digits, 'at-once');
    }
    if (length === dialled.length) {
      return complete === undefined ? { outcome: 'rejects' } : sending(complete, digits, 'after-silence');
    }
  }
  return { outcome: 'rejects' };
}
