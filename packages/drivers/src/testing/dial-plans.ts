import { type DialPlan, type DialRule, keysOf, parsePattern, type Pattern, TELEPHONE_KEYS } from '@loopstart/domain';

/** Repeatable random numbers (mulberry32), so that a failing plan can be made again from its seed. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
type Random = () => number;
export const oneFrom = <T>(random: Random, values: readonly T[]): T => values[Math.floor(random() * values.length)]!;

export function ruleOf(text: string, part: Partial<DialRule> = {}): DialRule {
  const parsed = parsePattern(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.error.position}: ${parsed.error.expected}`);
  return {
    id: text,
    label: text,
    match: parsed.pattern,
    strip: parsed.strip,
    timer: 'short',
    prepend: '',
    class: 'other',
    action: 'send',
    ...part,
  };
}

export interface PlanWishes {
  /** Rules that strip or prepend. */
  readonly rewrites: boolean;
  readonly bars: boolean;
}

const OUTSIDE = ['0[1-3]x{4,7}', '07x{4}', '0[2-8]xxxxx', '00x+', '[2-9]xxx', '01x{3,}', '0800xxx', '1[13579]x'];
const INSIDE = ['[2-4]xxx', '[2-5]xx', '5x{2,3}', '*6x', '*21*x+', '8xxx', '60[1-4]', '7[0248]xx', '2x'];
const BARS = ['09xxx+', '0900x+', '118xxx'];

/** A plan as sites have them: emergency numbers in each form, extensions, outside numbers, perhaps bars. */
export function planOf(seed: number, { rewrites, bars }: PlanWishes): DialPlan {
  const random = randomOf(seed);
  const chance = (share: number) => random() < share;
  const outsideLineDigit = chance(0.7) ? oneFrom(random, ['9', '0', '8']) : null;
  const numbers = ['112', oneFrom(random, ['999', '911', '110', '000', '15'])].slice(0, chance(0.5) ? 1 : 2);
  const outside = (text: string): string =>
    outsideLineDigit === null
      ? text
      : rewrites && chance(0.8)
        ? `${outsideLineDigit}|${text}`
        : outsideLineDigit + text;
  const rules: DialRule[] = [];
  const add = (text: string, part: Partial<DialRule>) => {
    if (!rules.some(({ id }) => id === text)) rules.push(ruleOf(text, part));
  };
  for (const number of numbers) {
    add(number, { class: 'emergency', timer: 'none' });
    if (outsideLineDigit !== null)
      add(rewrites ? `${outsideLineDigit}|${number}` : outsideLineDigit + number, {
        class: 'emergency',
        timer: 'none',
      });
  }
  const timer = () => oneFrom(random, ['none', 'short', 'short', 'long', 'long'] as const);
  if (bars && chance(0.6))
    add(outside(oneFrom(random, BARS)).replace('|', ''), { class: 'premium', action: 'bar', timer: timer() });
  if (chance(0.5)) add(outside('0203123456'), { class: 'alarm-receiver', timer: 'none' });
  for (let count = Math.floor(random() * 3); count >= 0; count -= 1)
    add(oneFrom(random, INSIDE), { class: 'internal', timer: timer() });
  for (let count = Math.floor(random() * 4); count >= 0; count -= 1) {
    const prepend = rewrites && chance(0.3) ? oneFrom(random, ['0', '44', '49']) : '';
    add(outside(oneFrom(random, OUTSIDE)), { class: 'national', timer: timer(), prepend });
  }
  if (chance(0.15)) add(outside('x+'), { class: 'other', timer: 'long' });
  return {
    outsideLineDigit,
    serverTakesOutsideLineDigit: !rewrites,
    rules,
    emergencyNumbers: numbers.map((number) => ({ number, sendAs: null })),
    interDigitTimeoutMs: oneFrom(random, [3000, 4000, 4500, 5000]),
    shortTimeoutMs: oneFrom(random, [1000, 2000, 2500]),
    sendKey: chance(0.6) ? '#' : null,
  };
}

/** Keys that match a pattern. */
export function keysFor(pattern: Pattern, random: Random): string {
  let keys = '';
  for (const element of pattern) {
    const count = element.min + Math.floor(random() * ((element.max ?? element.min + 4) - element.min + 1));
    for (let index = 0; index < count; index += 1) keys += oneFrom(random, [...keysOf(element.keys)]);
  }
  return keys;
}

/** Something that is dialled: what a rule matches, cut, longer or with a wrong key in it, or anything. */
export function dialledOf({ rules }: DialPlan, random: Random): string {
  const any = () => oneFrom(random, [...TELEPHONE_KEYS]);
  if (random() < 0.1) return Array.from({ length: 1 + Math.floor(random() * 6) }, any).join('');
  const keys = keysFor(oneFrom(random, rules).match, random);
  const kind = random();
  const at = Math.floor(random() * keys.length);
  if (kind < 0.15) return keys.slice(0, Math.max(1, at));
  if (kind < 0.25) return `${keys}${any()}${any()}`.slice(0, 30);
  if (kind < 0.35) return `${keys.slice(0, at)}${any()}${keys.slice(at + 1)}`;
  return kind < 0.45 ? `${keys}#` : keys;
}
