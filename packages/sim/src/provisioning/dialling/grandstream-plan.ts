import type { DialResult } from './dial-result.ts';
import { DIGITS, digitSet, standingOf, type PatternElement } from './pattern.ts';

interface Rule {
  readonly bars: boolean;
  readonly elements: readonly PatternElement[];
  /** `<from=to>` at the start: so many dialled digits are replaced by this text. */
  readonly strip: number;
  readonly add: string;
}

const ALLOWED = '0123456789*#ABCD';
const DEFAULT_PLAN = '{ x+ | *x+ }';

/** Reads `{ rule | rule }`; null for a plan that the unit does not understand. */
function parsePlan(plan: string): readonly Rule[] | null {
  const inside = /^\{([^{}]*)\}$/.exec(plan.replaceAll(/\s/g, ''))?.[1];
  if (inside === undefined) return null;
  const rules = inside.split('|').map(parseRule);
  return rules.every((rule) => rule !== null) ? rules : null;
}

function parseRule(text: string): Rule | null {
  const bars = text.startsWith('^');
  let rest = bars ? text.slice(1) : text;
  const elements: PatternElement[] = [];
  let [strip, add] = [0, ''];
  const replaced = /^<([\dA-D*#]*)=([\d+A-D*#]*)>/i.exec(rest);
  if (replaced !== null) {
    const from = replaced[1] ?? '';
    for (const digit of from) elements.push({ digits: new Set(digit), repeat: 'once' });
    [strip, add] = [from.length, replaced[2] ?? ''];
    rest = rest.slice(replaced[0].length);
  }
  while (rest !== '') {
    const token = /^(?:\[([^\]]*)\]|(x)|(\\?[\d*#A-D+]))([+.]?)/i.exec(rest);
    if (token === null) return null;
    const [whole, set, any, literal, suffix] = token;
    const digits =
      any !== undefined
        ? DIGITS
        : set === undefined
          ? new Set((literal ?? '').replace('\\', '').toUpperCase())
          : digitSet(set.replace(/x/i, '0-9').toUpperCase(), ALLOWED);
    if (digits === null) return null;
    elements.push({ digits, repeat: suffix === '' ? 'once' : 'some' });
    rest = rest.slice(whole.length);
  }
  return elements.length === 0 ? null : { bars, elements, strip, add };
}

/**
 * What a Grandstream unit sends, digit by digit: a rule with `^` that matches is a veto; a match that no longer number
 * can follow goes at once, any other after the silence of P85; `#` sends where P72 says so. A plan that it does not
 * understand is its default plan.
 */
export function dialGrandstream(plan: string, dialled: string, { hashSends }: { hashSends: boolean }): DialResult {
  const rules = parsePlan(plan) ?? parsePlan(DEFAULT_PLAN) ?? [];
  const sending = (digits: string, when: 'at-once' | 'after-silence'): DialResult => {
    const standing = (rule: Rule) => standingOf(rule.elements, digits);
    if (rules.some((rule) => rule.bars && standing(rule).complete)) return { outcome: 'barred' };
    const rule = rules.find((rule) => !rule.bars && standing(rule).complete);
    if (rule === undefined) return { outcome: 'rejects' };
    return { outcome: 'sends', number: rule.add + digits.slice(rule.strip), when };
  };
  let digits = '';
  for (const digit of dialled) {
    if (digit === '#' && hashSends && digits !== '') return sending(digits, 'at-once');
    digits += digit;
    const standings = rules.filter(({ bars }) => !bars).map(({ elements }) => standingOf(elements, digits));
    if (standings.every(({ complete, longer }) => !complete && !longer)) return { outcome: 'rejects' };
    if (standings.some(({ complete }) => complete) && standings.every(({ longer }) => !longer)) {
      return sending(digits, 'at-once');
    }
  }
  return sending(digits, 'after-silence');
}
