import {
  type DialMachine,
  type DialState,
  DTMF_KEYS,
  firstMoment,
  keyGroups,
  type Final,
  type Moment,
  pressKey,
  settleDialling,
} from '@loopstart/domain';

/** One side of a comparison after some keys: still dialling, or done with what came of it. */
type Side =
  | { readonly open: true; readonly moment: Moment; readonly keys: string }
  | { readonly open: false; readonly result: Result; readonly state: DialState };

interface Result {
  /** Null where nothing is sent. */
  readonly number: string | null;
  readonly barred: boolean;
  readonly rule: number | null;
  readonly ms: number;
  /** How many keys it took. */
  readonly used: number;
}

export type DifferenceCode =
  | 'bar-missing'
  | 'cut-off'
  | 'not-sent'
  | 'number-differs'
  | 'sends-more'
  | 'waits-longer'
  | 'waits-shorter';

/** A way to dial that the plan and the map treat differently. */
export interface Difference {
  readonly code: DifferenceCode;
  readonly planRule: number | null;
  readonly mapRule: number | null;
  readonly dialled: string;
  readonly planNumber: string | null;
  readonly mapNumber: string | null;
  readonly planMs: number;
  readonly mapMs: number;
}

/** Pairs of states that are compared before the plan counts as too complex. */
export const PAIRS_MAX = 10_000;

function resultOf(machine: DialMachine, final: Final, keys: string, ms: number, used: number): Result {
  const { number, refusal, rule } = settleDialling(machine, final, keys);
  return { number, barred: refusal === 'barred', rule, ms, used };
}

function sideOf(machine: DialMachine, moment: Moment, keys: string, used: number): Side {
  const { decision } = moment;
  return decision.kind === 'wait'
    ? { open: true, moment, keys }
    : { open: false, result: resultOf(machine, decision, keys, 0, used), state: moment.state };
}

function pressed(machine: DialMachine, side: Side, key: number, used: number): Side {
  if (!side.open) return side;
  const keys = machine.terminate(side.moment.state, key) === null ? side.keys + DTMF_KEYS[key] : side.keys;
  return sideOf(machine, pressKey(machine, side.moment, key), keys, used);
}

/** What comes of it when no more keys follow. */
function silent(machine: DialMachine, side: Side, used: number): Result {
  if (!side.open) return side.result;
  const { decision } = side.moment;
  if (decision.kind !== 'wait') throw new Error('an open side waits');
  return resultOf(machine, decision.onSilence, side.keys, decision.ms, used);
}

function codeOf(plan: Result, map: Result): DifferenceCode | null {
  if (plan.number === null) {
    // Both wait for more keys, the gateway not as long: who dials slowly is cut off.
    if (map.number === null && plan.ms > 0 && map.ms > 0 && map.ms < plan.ms) return 'waits-shorter';
    // What was sent before all keys came is compared where it was sent.
    if (map.number === null || map.used < plan.used) return null;
    return plan.barred ? 'bar-missing' : 'sends-more';
  }
  if (map.number === null) return 'not-sent';
  if (map.number !== plan.number) return map.used < plan.used ? 'cut-off' : 'number-differs';
  if (map.ms > plan.ms) return 'waits-longer';
  return map.ms < plan.ms ? 'waits-shorter' : null;
}

/**
 * Every way to dial that two machines treat differently, one example for each pair of rules and kind. Both are followed
 * at once through all pairs of states that any keys can lead to, so that no difference is missed; null where there are
 * more than `PAIRS_MAX`.
 */
export function differences(plan: DialMachine, map: DialMachine): readonly Difference[] | null {
  const found = new Map<string, Difference>();
  const ids = new Map<DialState, number>();
  const idOfState = (state: DialState): number => {
    const id = ids.get(state) ?? ids.size;
    ids.set(state, id);
    return id;
  };
  // The state belongs to it even when all is decided: how a number is rewritten may depend on more than the rule.
  const idOf = (side: Side): string =>
    side.open
      ? String(idOfState(side.moment.state))
      : `${idOfState(side.state)}=${side.result.rule}:${side.result.number === null ? '' : side.result.used}`;
  /** Pairs of states that were reached by a key, before anything is decided: most keys lead where others led. */
  const reached = new Set<number>();
  const isNew = (planSide: Side, mapSide: Side, key: number): boolean => {
    if (!planSide.open || !mapSide.open) return true;
    const [planState, mapState] = [planSide.moment.state, mapSide.moment.state];
    if (plan.terminate(planState, key) !== null || map.terminate(mapState, key) !== null) return true;
    const one = idOfState(plan.automaton.press(planState, key));
    const other = idOfState(map.automaton.press(mapState, key));
    const { size } = reached;
    return reached.add(one * 0x100000 + other).size > size;
  };
  const start: [Side, Side, string] = [
    sideOf(plan, firstMoment(plan), '', 0),
    sideOf(map, firstMoment(map), '', 0),
    '',
  ];
  const keys = keyGroups([...plan.automaton.keySets, ...map.automaton.keySets]);
  const queue = [start];
  const seen = new Set<string>();
  for (const [planSide, mapSide, dialled] of queue) {
    for (const key of keys) {
      if (!isNew(planSide, mapSide, key)) continue;
      const used = dialled.length + 1;
      const nextPlan = pressed(plan, planSide, key, used);
      const nextMap = pressed(map, mapSide, key, used);
      const pair = `${idOf(nextPlan)},${idOf(nextMap)}`;
      if (seen.has(pair)) continue;
      seen.add(pair);
      if (seen.size > PAIRS_MAX) return null;
      const longer = dialled + DTMF_KEYS[key];
      const planResult = silent(plan, nextPlan, used);
      const mapResult = silent(map, nextMap, used);
      const code = codeOf(planResult, mapResult);
      const name = `${code},${planResult.rule},${mapResult.rule}`;
      const known = found.get(name);
      const worse = known === undefined || mapResult.ms - planResult.ms > known.mapMs - known.planMs;
      if (code !== null && worse)
        found.set(name, {
          code,
          planRule: planResult.rule,
          mapRule: mapResult.rule,
          dialled: longer,
          planNumber: planResult.number,
          mapNumber: mapResult.number,
          planMs: planResult.ms,
          mapMs: mapResult.ms,
        });
      // What was sent is sent: more keys change nothing on that side, and nothing once both are done.
      if (!nextPlan.open && (planResult.number !== null || !nextMap.open)) continue;
      queue.push([nextPlan, nextMap, longer]);
    }
  }
  return [...found.values()];
}
