import { type Automaton, type DialState } from '@loopstart/domain';
import { automatonOf, decideBy, first, type Program, type Reading } from '../shared/program.ts';
import { Reader } from '../shared/reader.ts';
import {
  CISCO_SPA_CHARACTERS_MAX,
  CISCO_SPA_LONG_DEFAULT_S,
  CISCO_SPA_SHORT_DEFAULT_S,
  type CiscoSpaMap,
} from './map.ts';
import { readSpaRule, type SpaRule } from './read-rule.ts';

interface SpaPlan {
  readonly longS: number;
  readonly shortS: number;
  readonly rules: readonly SpaRule[];
}

function readPlan(text: string): SpaPlan {
  const reader = new Reader(text);
  if (text.length > CISCO_SPA_CHARACTERS_MAX)
    reader.fail(`at most ${CISCO_SPA_CHARACTERS_MAX} characters`, CISCO_SPA_CHARACTERS_MAX);
  let longS = CISCO_SPA_LONG_DEFAULT_S;
  let shortS = CISCO_SPA_SHORT_DEFAULT_S;
  for (reader.skipBlanks(); reader.peek === 'L' || reader.peek === 'S'; reader.skipBlanks()) {
    const sign = reader.take();
    reader.expect(':');
    const seconds = reader.number() ?? reader.fail('seconds');
    if (sign === 'L') longS = seconds;
    else shortS = seconds;
    reader.skipBlanks();
    reader.takeIf(',');
  }
  reader.expect('(');
  const rules = [readSpaRule(reader)];
  while (reader.takeIf('|')) rules.push(readSpaRule(reader));
  reader.expect(')');
  reader.skipBlanks();
  if (!reader.done) reader.fail('the end');
  return { longS, shortS, rules };
}

/** What is sent: every substitution applied, the last one first so that places stay what they are. */
const sent = ({ changes }: SpaRule, keys: string): string =>
  changes.reduceRight((text, { from, count, text: by }) => text.slice(0, from) + by + text.slice(from + count), keys);

function readingOf(automaton: Automaton, { longS, shortS, rules }: SpaPlan, name: string, barsFirst: boolean): Reading {
  const pick = (complete: readonly number[]) =>
    (barsFirst ? complete.find((rule) => rules[rule]!.barred) : undefined) ?? first(complete);
  const waitMs = (rule: number, { complete, extendable }: DialState) => {
    if (extendable.length === 0) return 0;
    // The reading with bars first also takes the less favourable timer: that of the rule that decides.
    const waits = (barsFirst ? [rule] : complete).map((one) => rules[one]!.shortS ?? shortS);
    return Math.min(...waits) * 1000;
  };
  const pendingMs = (state: DialState) =>
    Math.max(longS, ...state.extendable.map((rule) => rules[rule]!.longS ?? 0)) * 1000;
  return {
    name,
    machine: {
      automaton,
      decide: (state, keyCount) => {
        if (keyCount > 0) return decideBy({ pick, waitMs, pendingMs: pendingMs(state) }, state);
        // A sequence without keys is a hot line: it dials by itself after its pause.
        const hot = state.complete.find((rule) => rules[rule]!.pauseS !== null || rules[rule]!.shortS === 0);
        if (hot === undefined)
          return decideBy({ pick, waitMs, pendingMs: pendingMs(state) }, { ...state, complete: [] });
        const ms = (rules[hot]!.pauseS ?? 0) * 1000;
        return ms === 0 ? { kind: 'take', rule: hot } : { kind: 'wait', ms, onSilence: { kind: 'take', rule: hot } };
      },
      terminate: () => null,
      send: (index, keys) => {
        const rule = rules[index]!;
        return rule.barred ? { refused: 'barred' } : { number: sent(rule, keys) };
      },
    },
  };
}

/** The manuals do not say which of two sequences counts that both match: the first, or one that bars. */
export function readCiscoSpa(map: CiscoSpaMap): Program {
  const plan = readPlan(map.dialPlan);
  const automaton = automatonOf(plan.rules.map(({ regular }) => regular));
  return {
    rules: plan.rules.map(({ text }, index) => ({ line: index + 1, text })),
    readings: [
      readingOf(automaton, plan, 'the first sequence that matches counts', false),
      readingOf(automaton, plan, 'a sequence that bars counts first', true),
    ],
  };
}
