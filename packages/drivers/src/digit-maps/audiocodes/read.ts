import { DIGITS, type KeySet, oneOf, type Regular, repeatOf, sequenceOf } from '@loopstart/domain';
import { atKey, readKey, readSet } from '../shared/elements.ts';
import { automatonOf, decideBy, endBy, first, HASH, type Program, type Reading } from '../shared/program.ts';
import { Reader } from '../shared/reader.ts';
import {
  AUDIOCODES_CHARACTERS_MAX,
  AUDIOCODES_RULES_MAX,
  AUDIOCODES_SHORT_MS,
  type AudioCodesMap,
  type NumberMapRow,
} from './map.ts';

type Timer = 'none' | 'short' | 'long';
interface Alternative {
  readonly text: string;
  readonly timer: Timer;
  readonly parts: readonly { readonly keys: KeySet; readonly repeated: boolean }[];
}

function readElement(reader: Reader): KeySet {
  if (reader.takeIf('xX')) return DIGITS;
  if (reader.takeIf('[')) return readSet(reader);
  if (atKey(reader)) return readKey(reader);
  return reader.fail('a digit, *, #, x, [, ., T, S or |');
}

function readAlternative(reader: Reader): Alternative {
  const start = reader.at;
  const parts: { keys: KeySet; repeated: boolean }[] = [];
  let timer: Timer = 'none';
  while (!reader.done && reader.peek !== '|') {
    if (timer !== 'none') reader.fail('| or the end: a timer is the last sign of an alternative');
    if (reader.takeIf('T')) timer = 'long';
    else if (reader.takeIf('Ss')) timer = 'short';
    else {
      const keys = readElement(reader);
      parts.push({ keys, repeated: reader.takeIf('.') });
    }
  }
  if (parts.length === 0) reader.fail('a digit, *, #, x or [');
  return { text: reader.text.slice(start, reader.at), timer, parts };
}

function readAlternatives(text: string): Alternative[] {
  const reader = new Reader(text);
  if (text.length > AUDIOCODES_CHARACTERS_MAX) {
    reader.fail(`at most ${AUDIOCODES_CHARACTERS_MAX} characters`, AUDIOCODES_CHARACTERS_MAX);
  }
  const alternatives = [readAlternative(reader)];
  while (reader.takeIf('|')) {
    if (alternatives.length === AUDIOCODES_RULES_MAX) reader.fail(`at most ${AUDIOCODES_RULES_MAX} alternatives`);
    alternatives.push(readAlternative(reader));
  }
  return alternatives;
}

/** A prefix of the number map: it fits whatever follows. */
function readPrefix({ destinationPrefix }: NumberMapRow, index: number): Regular {
  const reader = new Reader(destinationPrefix, index + 2);
  const parts: Regular[] = [];
  while (!reader.done) parts.push(oneOf(readElement(reader)));
  return sequenceOf([...parts, repeatOf(oneOf(0xffff), 0, null)]);
}

/** The regular expression of an alternative; `least` is how often at least `.` stands for the sign before it. */
const regularOf = ({ parts }: Alternative, least: number): Regular =>
  sequenceOf(parts.map(({ keys, repeated }) => (repeated ? repeatOf(oneOf(keys), least, null) : oneOf(keys))));

function readingOf(map: AudioCodesMap, alternatives: readonly Alternative[], name: string, least: number): Reading {
  const count = alternatives.length;
  const automaton = automatonOf([
    ...alternatives.map((alternative) => regularOf(alternative, least)),
    ...map.numberMapTel2Ip.map(readPrefix),
  ]);
  const own = (rules: readonly number[]) => rules.filter((rule) => rule < count);
  const waits = { none: 0, short: AUDIOCODES_SHORT_MS, long: map.timeBetweenDigitsS * 1000 };
  const wait = (rule: number) => waits[alternatives[rule]!.timer];
  // Every alternative that matches is under way at once: the one with the shortest timer ends dialling.
  const pick = (complete: readonly number[]) =>
    complete.reduce((best, rule) => (wait(rule) < wait(best) ? rule : best), first(complete));
  return {
    name,
    machine: {
      automaton,
      decide: (state, keyCount) => {
        // Nothing ends before a key, though `x.` matches no key at all.
        const complete = keyCount === 0 ? [] : own(state.complete);
        const mine = { ...state, complete, extendable: own(state.extendable) };
        if (keyCount >= map.maxDigits && complete.length > 0) return { kind: 'take', rule: pick(complete) };
        return decideBy({ pick, waitMs: wait, pendingMs: waits.long }, mine);
      },
      terminate: (state, key) => {
        if (key !== HASH) return null;
        const next = automaton.press(state, key);
        if (own(next.complete).length > 0 || own(next.extendable).length > 0) return null;
        return endBy(pick, { ...state, complete: own(state.complete) });
      },
      send: (_rule, keys) => {
        const { complete } = automaton.after(keys);
        const found = map.numberMapTel2Ip.find((_, index) => complete.includes(count + index));
        return { number: found === undefined ? keys : found.prefixToAdd + keys.slice(found.removeFromLeft) };
      },
    },
  };
}

/** `.` repeats the sign before it: any number of times as in MGCP, or at least once. Manuals leave it open. */
export function readAudioCodes(map: AudioCodesMap): Program {
  const alternatives = readAlternatives(map.digitMapping);
  return {
    rules: alternatives.map(({ text }, index) => ({ line: index + 1, text })),
    readings: [
      readingOf(map, alternatives, '. repeats any number of times', 0),
      readingOf(map, alternatives, '. repeats at least once', 1),
    ],
  };
}
