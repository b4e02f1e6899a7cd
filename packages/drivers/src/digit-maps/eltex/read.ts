import { type Automaton, type DialState, DIGITS, oneOf, type Regular, repeatOf, sequenceOf } from '@loopstart/domain';
import { atKey, readKey, readSet } from '../shared/elements.ts';
import { automatonOf, decideBy, endBy, first, HASH, type Program, type Reading } from '../shared/program.ts';
import { MapSyntaxError, Reader } from '../shared/reader.ts';
import { ELTEX_CHARACTERS_MAX, type EltexMap } from './map.ts';

interface Rule {
  readonly text: string;
  readonly barred: boolean;
  /** `T` after a repetition: the long timer, `S` (the default): the short one. */
  readonly long: boolean;
  readonly shortS: number | null;
  readonly longS: number | null;
  readonly regular: Regular;
  readonly changes: readonly { from: number; count: number; text: string }[];
}

function readRepeat(reader: Reader): [number, number | null] | null {
  if (reader.takeIf('.')) return [0, null];
  if (reader.takeIf('+')) return [1, null];
  if (!reader.takeIf('{')) return null;
  const min = reader.number();
  reader.expect(',');
  // {a,} is printed with opposite meanings in two manuals.
  const max = reader.number() ?? reader.fail('a largest count ({a,} is not verified)');
  if (max < (min ?? 0) || max > 32) reader.fail('a largest count of at most 32, not below the smallest', reader.at - 1);
  reader.expect('}');
  return [min ?? 0, max];
}

function readKeys(reader: Reader, until: string): string {
  let keys = '';
  for (; !reader.done && reader.peek !== until; keys += reader.take())
    if (!atKey(reader)) reader.fail(`a digit, *, # or ${until}`);
  reader.expect(until);
  return keys;
}

function readTimers(reader: Reader): { L: number | null; S: number | null } {
  const timers: { L: number | null; S: number | null } = { L: null, S: null };
  for (reader.skipBlanks(); reader.peek === 'L' || reader.peek === 'S'; reader.skipBlanks())
    timers[reader.take() as 'L' | 'S'] = reader.number() ?? reader.fail('seconds');
  return timers;
}

function readRule(reader: Reader): Rule {
  const { L, S } = readTimers(reader);
  const start = reader.at;
  const parts: Regular[] = [];
  const changes: Rule['changes'][number][] = [];
  let fixedKeys: number | null = 0;
  let barred = false;
  let long = false;
  for (; !reader.done && !'|)'.includes(reader.peek); reader.skipBlanks()) {
    if (barred) reader.fail('| or ): ! is the last sign of a rule');
    if (reader.takeIf('!')) barred = true;
    else if (reader.takeIf(',')) continue;
    else if (reader.peek === '@') reader.fail('a rule without @ (destinations are not evaluated)');
    else if (reader.takeIf('<')) {
      if (fixedKeys === null) reader.fail('a replacement before any repetition', reader.at - 1);
      const from = readKeys(reader, ':');
      changes.push({ from: fixedKeys, count: from.length, text: readKeys(reader, '>') });
      parts.push(...[...from].map((key) => oneOf(readKey(new Reader(key)))));
      fixedKeys += from.length;
    } else {
      let keys: number;
      if (reader.takeIf('xX')) keys = DIGITS;
      else if (reader.takeIf('[')) keys = readSet(reader);
      else if (atKey(reader)) keys = readKey(reader);
      else return reader.fail('a digit, *, #, X, [, <, !, | or )');
      const repeat = readRepeat(reader);
      parts.push(repeat === null ? oneOf(keys) : repeatOf(oneOf(keys), ...repeat));
      fixedKeys = repeat !== null || fixedKeys === null ? null : fixedKeys + 1;
      if (repeat !== null && reader.takeIf('T')) long = true;
      else if (repeat !== null) reader.takeIf('S');
    }
  }
  if (parts.length === 0) reader.fail('a digit, *, #, X, [ or <');
  return {
    text: reader.text.slice(start, reader.at).trim(),
    barred,
    long,
    shortS: S,
    longS: L,
    regular: sequenceOf(parts),
    changes,
  };
}

interface Plan {
  readonly longS: number;
  readonly shortS: number;
  readonly rules: readonly Rule[];
}

function readPlan(text: string): Plan {
  const reader = new Reader(text);
  if (text.length > ELTEX_CHARACTERS_MAX)
    reader.fail(`at most ${ELTEX_CHARACTERS_MAX} characters`, ELTEX_CHARACTERS_MAX);
  const { L, S } = readTimers(reader);
  if (L === null || S === null)
    throw new MapSyntaxError({
      line: 1,
      position: reader.at + 1,
      expected: 'L and S with their seconds',
      found: reader.peek || null,
    });
  reader.expect('(');
  const rules = [readRule(reader)];
  while (reader.takeIf('|')) rules.push(readRule(reader));
  reader.expect(')');
  reader.skipBlanks();
  if (!reader.done) reader.fail('the end');
  return { longS: L, shortS: S, rules };
}

function readingOf(
  automaton: Automaton,
  { longS, shortS, rules }: Plan,
  name: string,
  barsFirst: boolean,
  hashInPlan: boolean,
): Reading {
  const pick = (complete: readonly number[]) =>
    (barsFirst ? complete.find((rule) => rules[rule]!.barred) : undefined) ?? first(complete);
  const waitMs = (index: number, { extendable }: DialState) => {
    const rule = rules[index]!;
    return extendable.length === 0 ? 0 : (rule.long ? (rule.longS ?? longS) : (rule.shortS ?? shortS)) * 1000;
  };
  return {
    name,
    machine: {
      automaton,
      decide: (state, keyCount) =>
        decideBy(
          {
            pick,
            waitMs,
            pendingMs: Math.max(longS, ...state.extendable.map((rule) => rules[rule]!.longS ?? 0)) * 1000,
          },
          keyCount === 0 ? { ...state, complete: [] } : state,
        ),
      // `#` ends dialling unless the plan uses it as a key.
      terminate: (state, key) => (key === HASH && !hashInPlan ? endBy(pick, state) : null),
      send: (index, keys) => {
        const { barred, changes } = rules[index]!;
        if (barred) return { refused: 'barred' };
        return {
          number: changes.reduceRight(
            (all, { from, count, text }) => all.slice(0, from) + text + all.slice(from + count),
            keys,
          ),
        };
      },
    },
  };
}

/** The manuals do not say which of two rules counts that both match: the first, or one that bars. */
export function readEltex(map: EltexMap): Program {
  const plan = readPlan(map.dialPlan);
  const hash = map.dialPlan.includes('#');
  const automaton = automatonOf(plan.rules.map(({ regular }) => regular));
  return {
    rules: plan.rules.map(({ text }, index) => ({ line: index + 1, text })),
    readings: [
      readingOf(automaton, plan, 'the first rule that matches counts', false, hash),
      readingOf(automaton, plan, 'a rule that bars counts first', true, hash),
    ],
  };
}
