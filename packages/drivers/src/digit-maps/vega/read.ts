import { type Automaton, DIGITS_AND_STAR, keysOf, oneOf, type Regular, repeatOf, sequenceOf } from '@loopstart/domain';
import { atKey, readKey, readSet } from '../shared/elements.ts';
import { automatonOf, decideBy, endBy, first, HASH, type Program, type Reading } from '../shared/program.ts';
import { Reader } from '../shared/reader.ts';
import type { VegaMap, VegaPlan } from './map.ts';

interface Plan {
  readonly regular: Regular;
  readonly explicitKeys: number;
  /** Keys before `<`, which do not go into `<1>`. */
  readonly before: number;
  readonly add: string;
  /** False where the destination does not repeat what was captured. */
  readonly repeats: boolean;
}

function readPlan({ telephone, destination }: VegaPlan, index: number): Plan {
  const reader = new Reader(telephone, index + 1);
  const parts: Regular[] = [];
  let explicitKeys = 0;
  let before: number | null = null;
  let open = false;
  let groups = 0;
  while (!reader.done) {
    // Parentheses group and capture nothing here.
    if (reader.takeIf('(')) groups += 1;
    else if (groups > 0 && reader.takeIf(')')) groups -= 1;
    else if (reader.takeIf('<')) {
      if (before !== null) reader.fail('only one < >', reader.at - 1);
      if (parts.some(({ kind }) => kind === 'repeat')) reader.fail('< before any repetition', reader.at - 1);
      before = parts.length;
      open = true;
    } else if (open && reader.takeIf('>')) {
      open = false;
      if (!reader.done) reader.fail('the end after >');
    } else {
      let keys: number;
      if (reader.takeIf('.')) keys = DIGITS_AND_STAR;
      else if (reader.takeIf('[')) keys = readSet(reader);
      else if (atKey(reader)) keys = readKey(reader);
      else return reader.fail('a digit, *, #, ., [, < or >');
      if (keysOf(keys).length === 1) explicitKeys += 1;
      // `*` is a key of the telephone, and a repetition after `.` alone.
      const any = keys === DIGITS_AND_STAR && reader.takeIf('*');
      parts.push(any ? repeatOf(oneOf(keys), 0, null) : oneOf(keys));
    }
  }
  if (open) reader.fail('>');
  if (groups > 0) reader.fail(')');
  if (parts.length === 0) reader.fail('a digit, *, #, ., [ or <');
  const by = new Reader(destination, index + 1);
  let add = '';
  while (!by.done && by.peek !== '<')
    add += by.takeIf('0123456789*#+') ? destination[by.at - 1] : by.fail('a digit, *, #, + or <1>');
  const repeats = !by.done;
  if (repeats) for (const sign of '<1>') by.expect(sign);
  if (!by.done) by.fail('the end');
  if (repeats && before === null) reader.fail('< > around what the destination repeats', 0);
  return { regular: sequenceOf(parts), explicitKeys, before: before ?? 0, add, repeats };
}

function readingOf(
  automaton: Automaton,
  map: VegaMap,
  plans: readonly Plan[],
  name: string,
  how: { enBloc: boolean; explicit: boolean },
): Reading {
  const timeoutMs = map.dialTimeoutS * 1000;
  const pick = (complete: readonly number[]) =>
    how.explicit
      ? complete.reduce((best, one) => (plans[one]!.explicitKeys > plans[best]!.explicitKeys ? one : best))
      : first(complete);
  return {
    name,
    machine: {
      automaton,
      decide: (state, keyCount) =>
        decideBy(
          {
            pick,
            waitMs: (_rule, { extendable }) => (how.enBloc || extendable.length > 0 ? timeoutMs : 0),
            pendingMs: timeoutMs,
          },
          keyCount === 0 ? { ...state, complete: [] } : state,
        ),
      terminate: (state, key) => (key === HASH && map.dialDigit === '#' ? endBy(pick, state) : null),
      send: (index, keys) => {
        const { add, before, repeats } = plans[index]!;
        return { number: repeats ? add + keys.slice(before) : add };
      },
    },
  };
}

/** Whether plans are tried by number or the most specific first, and when digits are enough, is not verified. */
export function readVega(map: VegaMap): Program {
  const plans = map.plans.map(readPlan);
  const automaton = automatonOf(plans.map(({ regular }) => regular));
  return {
    rules: map.plans.map(({ telephone }, index) => ({ line: index + 1, text: telephone })),
    readings: [
      readingOf(automaton, map, plans, 'plans by number, dialling ends with the timeout', {
        enBloc: true,
        explicit: false,
      }),
      readingOf(automaton, map, plans, 'plans by number, dialling ends when no plan is longer', {
        enBloc: false,
        explicit: false,
      }),
      readingOf(automaton, map, plans, 'the most specific plan, dialling ends with the timeout', {
        enBloc: true,
        explicit: true,
      }),
      readingOf(automaton, map, plans, 'the most specific plan, dialling ends when no plan is longer', {
        enBloc: false,
        explicit: true,
      }),
    ],
  };
}
