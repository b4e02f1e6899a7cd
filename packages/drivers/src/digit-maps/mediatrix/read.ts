import { type Automaton, DIGITS, oneOf, type Regular, repeatOf, sequenceOf } from '@loopstart/domain';
import { atKey, readKey, readSet } from '../shared/elements.ts';
import { automatonOf, decideBy, type Program, type Reading } from '../shared/program.ts';
import { Reader } from '../shared/reader.ts';
import { MEDIATRIX_CHARACTERS_MAX, type MediatrixMap } from './map.ts';

/** One alternative of a row. */
interface Alternative {
  readonly row: number;
  readonly refused: boolean;
  readonly timed: boolean;
  readonly regular: Regular;
}

function readAlternative(reader: Reader): { regular: Regular; timed: boolean } {
  const parts: Regular[] = [];
  let timed = false;
  for (reader.skipBlanks(); !reader.done && !'|)'.includes(reader.peek); reader.skipBlanks()) {
    if (timed) reader.fail('|, ) or the end: T is the last sign');
    if (reader.takeIf('Tt')) timed = true;
    else if (reader.peek === 'S') reader.fail('a map without the dial tone S (not verified)');
    else {
      let keys: number;
      if (reader.takeIf('xX')) keys = DIGITS;
      else if (reader.takeIf('[')) keys = readSet(reader);
      else if (atKey(reader, true)) keys = readKey(reader);
      else return reader.fail('a digit, *, #, A to D, x, [, . or T');
      parts.push(reader.takeIf('.') ? repeatOf(oneOf(keys), 0, null) : oneOf(keys));
    }
  }
  if (parts.length === 0) reader.fail('a digit, *, #, x or [');
  return { regular: sequenceOf(parts), timed };
}

/** The grammar of MGCP (RFC 3435 section 2.1.5): one expression, or alternatives in parentheses. */
function readRow(dtmfMap: string, line: number): { regular: Regular; timed: boolean }[] {
  const reader = new Reader(dtmfMap, line);
  if (dtmfMap.length > MEDIATRIX_CHARACTERS_MAX)
    reader.fail(`at most ${MEDIATRIX_CHARACTERS_MAX} characters`, MEDIATRIX_CHARACTERS_MAX);
  reader.skipBlanks();
  const several = reader.takeIf('(');
  const alternatives = [readAlternative(reader)];
  if (several) {
    while (reader.takeIf('|')) alternatives.push(readAlternative(reader));
    reader.expect(')');
  }
  reader.skipBlanks();
  if (!reader.done) reader.fail('the end');
  return alternatives;
}

function readingOf(
  automaton: Automaton,
  map: MediatrixMap,
  alternatives: readonly Alternative[],
  name: string,
  byRow: boolean,
): Reading {
  const pick = (complete: readonly number[]) => {
    const refused = complete.find((one) => alternatives[one]!.refused);
    if (refused !== undefined) return refused;
    // MGCP reports a match without T at once; by rows, an earlier row with T holds it back.
    return (byRow ? undefined : complete.find((one) => !alternatives[one]!.timed)) ?? complete[0]!;
  };
  return {
    name,
    machine: {
      automaton,
      decide: (state, keyCount) =>
        decideBy(
          {
            pick,
            waitMs: (one) => (alternatives[one]!.timed ? map.interDtmfTimeoutMs : 0),
            pendingMs: map.interDtmfTimeoutMs,
          },
          keyCount === 0 ? { ...state, complete: [] } : state,
        ),
      terminate: () => null,
      send: (index, keys) => {
        const { refused, row } = alternatives[index]!;
        if (refused) return { refused: 'barred' };
        const { transformation } = map.allowed[row - map.refused.length]!;
        return { number: transformation === 'x{#}' ? keys.replace(/#$/, '') : keys };
      },
    },
  };
}

/** Refused rows count before allowed ones, and the first row that matches before later ones. Lines count both tables. */
export function readMediatrix(map: MediatrixMap): Program {
  const rows = [
    ...map.refused.map(({ dtmfMap }) => ({ dtmfMap, refused: true })),
    ...map.allowed.map(({ dtmfMap }) => ({ dtmfMap, refused: false })),
  ];
  const alternatives = rows.flatMap(({ dtmfMap, refused }, row) =>
    readRow(dtmfMap, row + 1).map((alternative) => ({ ...alternative, row, refused })),
  );
  const automaton = automatonOf(alternatives.map(({ regular }) => regular));
  return {
    rules: alternatives.map(({ row }) => ({ line: row + 1, text: rows[row]!.dtmfMap })),
    readings: [
      readingOf(automaton, map, alternatives, 'a row that matches without T ends dialling', false),
      readingOf(automaton, map, alternatives, 'an earlier row with T holds a later one back', true),
    ],
  };
}
