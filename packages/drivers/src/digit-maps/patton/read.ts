import { type Automaton, DIGITS, DIGITS_AND_STAR, keyIndex, type KeySet, oneOf, repeatOf } from '@loopstart/domain';
import { atKey, readKey, readSet } from '../shared/elements.ts';
import { automatonOf, decideBy, endBy, HASH, type Program, type Reading } from '../shared/program.ts';
import { Reader } from '../shared/reader.ts';
import { mostExplicit, readRouterPattern, type RouterPattern } from '../shared/router-pattern.ts';
import type { PattonMap, PattonRoute } from './map.ts';

const SYNTAX = { anyKey: DIGITS_AND_STAR, collected: DIGITS_AND_STAR };

interface Route extends RouterPattern {
  /** Silence after which `T` of this route ends, in seconds; null where the router's own holds. */
  readonly timeoutS: number | null;
  /** The key that ends `T`. */
  readonly terminator: number;
  readonly mapping: Mapping | null;
}

/** `map 9(.%) to 0\1`: so many keys are dropped and the text is put in front. */
interface Mapping {
  readonly prefix: readonly KeySet[];
  readonly add: string;
}

function readMapping({ from, to }: NonNullable<PattonRoute['mapping']>, line: number): Mapping {
  const reader = new Reader(from, line);
  const prefix: KeySet[] = [];
  while (!reader.done && reader.peek !== '(') {
    if (reader.takeIf('.')) prefix.push(DIGITS_AND_STAR);
    else if (reader.takeIf('[')) prefix.push(readSet(reader, { others: DIGITS }));
    else if (atKey(reader)) prefix.push(readKey(reader));
    else reader.fail('a digit, *, #, ., [ or (.%)');
  }
  for (const sign of '(.%)') reader.expect(sign);
  if (!reader.done) reader.fail('the end (other expressions are not evaluated)');
  const by = new Reader(to, line);
  let add = '';
  while (!by.done && by.peek !== '\\')
    add += by.takeIf('0123456789*#+') ? to[by.at - 1] : by.fail('a digit, *, #, + or \\1');
  for (const sign of '\\1') by.expect(sign);
  if (!by.done) by.fail('the end');
  return { prefix, add };
}

function readRoute({ key, mapping }: PattonRoute, index: number): Route {
  const line = index + 1;
  const own = { timeoutS: null, terminator: HASH, mapping: mapping === null ? null : readMapping(mapping, line) };
  if (key === 'default')
    return {
      ...own,
      regular: repeatOf(oneOf(DIGITS_AND_STAR), 1, null),
      explicitKeys: -1,
      collects: true,
      exact: false,
    };
  const reader = new Reader(key, line);
  const pattern = readRouterPattern(reader, SYNTAX);
  let { terminator } = own;
  let timeoutS: number | null = null;
  if (pattern.collects) {
    timeoutS = reader.number();
    if (reader.takeIf(',')) {
      if (!atKey(reader)) reader.fail('the key that ends dialling');
      terminator = keyIndex(reader.take());
    }
  }
  if (!reader.done) reader.fail('the end');
  return { ...own, ...pattern, timeoutS, terminator };
}

function mapped(keys: string, mapping: Mapping | null): string {
  if (mapping === null) return keys;
  const { prefix, add } = mapping;
  const fits = prefix.length <= keys.length && prefix.every((set, at) => (set & (1 << keyIndex(keys[at]!))) !== 0);
  return fits ? add + keys.slice(prefix.length) : keys;
}

function readingOf(
  automaton: Automaton,
  map: PattonMap,
  routes: readonly Route[],
  name: string,
  patient: boolean,
): Reading {
  const collectMs = map.digitCollectionTimeoutS * 1000;
  const pick = (complete: readonly number[]) => mostExplicit(routes, complete);
  return {
    name,
    machine: {
      automaton,
      decide: (state, keyCount) =>
        decideBy(
          {
            pick,
            waitMs: (rule, { extendable }) => {
              const { collects, timeoutS } = routes[rule]!;
              if (collects) return timeoutS === null ? collectMs : timeoutS * 1000;
              return patient && extendable.length > 0 ? collectMs : 0;
            },
            pendingMs: map.addressCompletionTimeoutS * 1000,
          },
          keyCount === 0 ? { ...state, complete: [] } : state,
        ),
      terminate: (state, key) => {
        if (state.complete.length === 0) return null;
        const { collects, terminator } = routes[pick(state.complete)]!;
        const possible = (state.possible & (1 << key)) !== 0;
        return terminator === key && (collects || !possible) ? endBy(pick, state) : null;
      },
      send: (index, keys) => ({ number: mapped(keys, routes[index]!.mapping) }),
    },
  };
}

/**
 * The longest explicit match counts, `default` last. Whether a route that matches at once is held back while another
 * could match more keys is not verified; the second reading has that.
 */
export function readPatton(map: PattonMap): Program {
  const routes = map.routes.map(readRoute);
  const automaton = automatonOf(routes.map(({ regular }) => regular));
  return {
    rules: map.routes.map(({ key }, index) => ({ line: index + 1, text: key })),
    readings: [
      readingOf(automaton, map, routes, 'the best route is taken as soon as it matches', false),
      readingOf(automaton, map, routes, 'a route that could match more keys is waited for', true),
    ],
  };
}
