import { type Automaton, DIGITS_AND_STAR, keyIndex, type KeySet } from '@loopstart/domain';
import { atKey, readKey, readSet } from '../shared/elements.ts';
import { automatonOf, decideBy, endBy, HASH, type Program, type Reading } from '../shared/program.ts';
import { Reader } from '../shared/reader.ts';
import { mostExplicit, readRouterPattern, type RouterPattern } from '../shared/router-pattern.ts';
import type { CiscoIosMap, IosDialPeer, IosTranslationRule } from './map.ts';

const SYNTAX = { anyKey: DIGITS_AND_STAR, collected: DIGITS_AND_STAR };

interface Translation {
  readonly prefix: readonly KeySet[];
  readonly replacement: string;
}

interface Peer extends RouterPattern {
  readonly translations: readonly Translation[];
  readonly preference: number;
}

function readTranslation({ match, replacement }: IosTranslationRule, line: number): Translation {
  const reader = new Reader(match, line);
  reader.expect('^');
  const prefix: KeySet[] = [];
  while (!reader.done) {
    if (reader.takeIf('.')) prefix.push(DIGITS_AND_STAR);
    else if (reader.takeIf('[')) prefix.push(readSet(reader));
    else if (atKey(reader)) prefix.push(readKey(reader));
    else reader.fail('a digit, *, #, . or [ (other expressions are not evaluated)');
  }
  const by = new Reader(replacement, line);
  while (!by.done) if (!by.takeIf('0123456789*#+')) by.fail('a digit, *, # or +');
  return { prefix, replacement };
}

function readPeer({ destinationPattern, preference, translationRules }: IosDialPeer, index: number): Peer {
  const reader = new Reader(destinationPattern, index + 1);
  reader.takeIf('^');
  const pattern = readRouterPattern(reader, SYNTAX);
  if (!reader.done) reader.fail('the end');
  return { ...pattern, preference, translations: translationRules.map((rule) => readTranslation(rule, index + 1)) };
}

function translated(keys: string, translations: readonly Translation[]): string {
  for (const { prefix, replacement } of translations)
    if (prefix.length <= keys.length && prefix.every((set, at) => (set & (1 << keyIndex(keys[at]!))) !== 0))
      return replacement + keys.slice(prefix.length);
  return keys;
}

function readingOf(
  automaton: Automaton,
  map: CiscoIosMap,
  peers: readonly Peer[],
  name: string,
  patient: boolean,
): Reading {
  const timeoutMs = map.interDigitTimeoutS * 1000;
  const pick = (complete: readonly number[]) => {
    const best = mostExplicit(peers, complete);
    const equal = complete.filter((rule) => peers[rule]!.explicitKeys === peers[best]!.explicitKeys);
    return equal.reduce((one, other) => (peers[other]!.preference < peers[one]!.preference ? other : one));
  };
  // The first peer that matches without T ends the collection of digits, though another could match more of them.
  const pickEager = (complete: readonly number[]) => {
    const fixed = complete.filter((rule) => !peers[rule]!.collects);
    return pick(patient || fixed.length === 0 ? complete : fixed);
  };
  return {
    name,
    machine: {
      automaton,
      decide: (state, keyCount) =>
        decideBy(
          {
            pick: pickEager,
            waitMs: (rule, { extendable }) =>
              peers[rule]!.collects || (patient && extendable.length > 0) ? timeoutMs : 0,
            pendingMs: timeoutMs,
          },
          // `T` alone also matches no digit: an open receiver must not dial.
          keyCount === 0 ? { ...state, complete: [] } : state,
        ),
      // `#` is an end sign where T collects, and a key inside the fixed part of a pattern.
      terminate: (state, key) =>
        key === HASH && (state.complete.length > 0 || (state.possible & (1 << HASH)) === 0)
          ? endBy(pickEager, state)
          : null,
      send: (index, keys) => ({ number: translated(keys, peers[index]!.translations) }),
    },
  };
}

/**
 * Digits are matched one by one, and the first dial peer that matches places the call. Whether a peer with `T` that
 * could match more digits holds it back is not verified; the second reading has that.
 */
export function readCiscoIos(map: CiscoIosMap): Program {
  const peers = map.peers.map(readPeer);
  const automaton = automatonOf(peers.map(({ regular }) => regular));
  return {
    rules: map.peers.map(({ destinationPattern }, index) => ({ line: index + 1, text: destinationPattern })),
    readings: [
      readingOf(automaton, map, peers, 'the first peer that matches places the call', false),
      readingOf(automaton, map, peers, 'a peer that could match more digits is waited for', true),
    ],
  };
}
