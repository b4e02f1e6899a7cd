import {
  type Automaton,
  type DialState,
  DIGITS,
  NO_KEYS,
  oneOf,
  type Regular,
  repeatOf,
  sequenceOf,
} from '@loopstart/domain';
import { atKey, readKey, readSet } from '../shared/elements.ts';
import { automatonOf, decideBy, endBy, HASH, type Program, type Reading } from '../shared/program.ts';
import { Reader } from '../shared/reader.ts';
import { GRANDSTREAM_CHARACTERS_MAX, type GrandstreamMap } from './map.ts';

interface Rule {
  readonly text: string;
  readonly excluded: boolean;
  readonly regular: Regular;
  /** How many keys from the left are replaced, and by what. */
  readonly replaced: number;
  readonly replacement: string;
}

/** Signs whose meaning differs by product or is known of other products alone. They are refused, not guessed. */
const NOT_VERIFIED: Record<string, string> = {
  '.': 'x+ (the meaning of . differs by product and is not verified)',
  T: 'a rule without the timer T (not verified for HT8xx and GXW42xx)',
  ',': 'a rule without the second dial tone (not verified for HT8xx and GXW42xx)',
};

function readElement(reader: Reader): Regular {
  // `\+x+` stands in the default plan of HT8xx: a + that telephones have no key for.
  if (reader.takeIf('\\')) {
    reader.expect('+');
    return oneOf(NO_KEYS);
  }
  const refused = NOT_VERIFIED[reader.peek];
  if (refused !== undefined) reader.fail(refused);
  let keys: number;
  if (reader.takeIf('xX')) keys = DIGITS;
  else if (reader.takeIf('[')) keys = readSet(reader, { any: true });
  else if (atKey(reader, true)) keys = readKey(reader);
  else return reader.fail('a digit, *, #, A to D, x, [, <, | or }');
  const element = oneOf(keys);
  reader.skipBlanks();
  return reader.takeIf('+') ? repeatOf(element, 1, null) : element;
}

function readKeys(reader: Reader, until: string): string {
  let keys = '';
  while (!reader.done && reader.peek !== until) {
    if (!atKey(reader, true) && reader.peek !== '+') reader.fail(`a digit, *, # or ${until}`);
    keys += reader.take();
  }
  reader.expect(until);
  return keys;
}

function readRule(reader: Reader): Rule {
  reader.skipBlanks();
  const start = reader.at;
  const excluded = reader.takeIf('^');
  const parts: Regular[] = [];
  let replaced = '';
  let replacement = '';
  reader.skipBlanks();
  if (reader.takeIf('<')) {
    replaced = readKeys(reader, '=');
    replacement = readKeys(reader, '>');
    if (replaced.includes('+')) reader.fail('keys before =', start + 1);
    parts.push(...[...replaced].map((key) => readElement(new Reader(key))));
  }
  for (reader.skipBlanks(); !reader.done && !'|}'.includes(reader.peek); reader.skipBlanks())
    parts.push(readElement(reader));
  if (parts.length === 0) reader.fail('a digit, *, #, x, [, < or ^');
  const text = reader.text.slice(start, reader.at).trim();
  return { text, excluded, regular: sequenceOf(parts), replaced: replaced.length, replacement };
}

function readRules(text: string): Rule[] {
  const reader = new Reader(text);
  if (text.length > GRANDSTREAM_CHARACTERS_MAX)
    reader.fail(`at most ${GRANDSTREAM_CHARACTERS_MAX} characters`, GRANDSTREAM_CHARACTERS_MAX);
  reader.skipBlanks();
  reader.expect('{');
  const rules = [readRule(reader)];
  while (reader.takeIf('|')) rules.push(readRule(reader));
  reader.expect('}');
  reader.skipBlanks();
  if (!reader.done) reader.fail('the end');
  return rules;
}

function readingOf(
  automaton: Automaton,
  map: GrandstreamMap,
  rules: readonly Rule[],
  name: string,
  sendsAtOnce: boolean,
  last: boolean,
): Reading {
  // A rule that excludes is a veto over all others, wherever it stands.
  const pick = (complete: readonly number[]) =>
    complete.find((rule) => rules[rule]!.excluded) ?? complete.at(last ? -1 : 0)!;
  const pendingMs = map.noKeyEntryTimeoutS * 1000;
  const waitMs = (_rule: number, { extendable }: DialState) => (sendsAtOnce && extendable.length === 0 ? 0 : pendingMs);
  return {
    name,
    machine: {
      automaton,
      decide: (state) => decideBy({ pick, waitMs, pendingMs }, state),
      terminate: (state, key) => (key === HASH && map.hashSends ? endBy(pick, state) : null),
      send: (index, keys) => {
        const { excluded, replaced, replacement } = rules[index]!;
        return excluded ? { refused: 'barred' } : { number: replacement + keys.slice(replaced) };
      },
    },
  };
}

/**
 * The manuals leave open whether a number that can become no longer is sent at once on every firmware, and which of two
 * rules rewrites a number that both match. P66 (a prefix to everything dialled, also to emergency numbers) is not part
 * of the map: it must stay empty.
 */
export function readGrandstream(map: GrandstreamMap): Program {
  const rules = readRules(map.dialPlan);
  const automaton = automatonOf(rules.map(({ regular }) => regular));
  return {
    rules: rules.map(({ text }, index) => ({ line: index + 1, text })),
    readings: [
      readingOf(automaton, map, rules, 'a number that can become no longer is sent at once', true, false),
      readingOf(automaton, map, rules, 'every number waits for P85', false, false),
      readingOf(automaton, map, rules, 'the last rule that matches rewrites', true, true),
    ],
  };
}
