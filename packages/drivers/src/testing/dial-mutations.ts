import { type DialPlan, type DialRule, evaluatePlan, type GatePort, literalOf, requiredPaths } from '@loopstart/domain';
import { oneFrom, randomOf, ruleOf } from './dial-plans.ts';

/** A plan after one careless change, and the service of its port. */
export interface Mutant {
  readonly name: string;
  readonly plan: DialPlan;
  readonly blocked: readonly DialRule['class'][];
}

type Random = () => number;
const replaced = (plan: DialPlan, index: number, part: Partial<DialRule>): DialPlan => ({
  ...plan,
  rules: plan.rules.map((rule, at) => (at === index ? { ...rule, ...part } : rule)),
});
const before = (plan: DialPlan, rule: DialRule): DialPlan => ({ ...plan, rules: [rule, ...plan.rules] });

function otherKey(text: string, random: Random): string {
  const at = Math.floor(random() * text.length);
  return text.slice(0, at) + String((Number(text[at]) + 1 + Math.floor(random() * 8)) % 10) + text.slice(at + 1);
}

/** Ways in which people break a dial plan. `text` is an emergency number as one of its rules has it. */
const MUTATIONS: Record<string, (plan: DialPlan, index: number, text: string, random: Random) => DialPlan | Mutant> = {
  'rule removed': (plan, index) => ({ ...plan, rules: plan.rules.filter((_, at) => at !== index) }),
  'another key': (plan, index, text, random) => replaced(plan, index, { match: ruleOf(otherKey(text, random)).match }),
  barred: (plan, index) => replaced(plan, index, { action: 'bar' }),
  'one key more stripped': (plan, index) => replaced(plan, index, { strip: plan.rules[index]!.strip + 1 }),
  'digits put in front': (plan, index, _text, random) =>
    replaced(plan, index, { prepend: oneFrom(random, ['0', '44', '9']) }),
  'class that the port may not dial': (plan, index) => ({
    name: '',
    plan: replaced(plan, index, { class: 'service' }),
    blocked: ['service'],
  }),
  'class of something else': (plan, index) => replaced(plan, index, { class: 'service' }),
  'a bar in front': (plan, _index, text) => before(plan, ruleOf(text, { id: 'bar', action: 'bar', timer: 'none' })),
  'a wide bar in front': (plan, _index, text) =>
    before(plan, ruleOf(`${text.slice(0, 2)}x+`, { id: 'bar', action: 'bar', timer: 'none' })),
  'a shorter number in front': (plan, _index, text) =>
    before(plan, ruleOf(text.slice(0, -1), { id: 'short', class: 'internal', timer: 'none' })),
  'a shorter number that waits briefly': (plan, _index, text) => ({
    ...before(plan, ruleOf(text.slice(0, -1), { id: 'short', class: 'internal', timer: 'short' })),
    shortTimeoutMs: 1000,
  }),
  'a rewriting rule in front': (plan, _index, text) =>
    before(plan, ruleOf(text, { id: 'rewrite', prepend: '0', class: 'national', timer: 'none' })),
  'a long wait': (plan, index, text) => ({
    ...replaced({ ...plan, rules: [...plan.rules, ruleOf(`${text}xx`, { id: 'longer' })] }, index, { timer: 'long' }),
    interDigitTimeoutMs: 9000,
  }),
  'an impatient plan': (plan) => ({ ...plan, interDigitTimeoutMs: 1000 }),
};

/** A careless change of a rule for an emergency number. */
export function mutantOf(plan: DialPlan, seed: number): Mutant {
  const random = randomOf(seed);
  const indexes = plan.rules.flatMap((rule, index) => (rule.class === 'emergency' ? [index] : []));
  const index = oneFrom(random, indexes);
  const name = oneFrom(random, Object.keys(MUTATIONS));
  const result = MUTATIONS[name]!(plan, index, literalOf(plan.rules[index]!.match)!, random);
  return 'plan' in result ? { ...result, name } : { name, plan: result, blocked: [] };
}

/** How an emergency number fails by the plan itself; the reference that the gate is held against. */
export type Breakage = 'call' | 'delay' | 'class';

/** What of the emergency numbers is broken by the neutral evaluator alone: paths of `healthy`, dialled fast and slowly. */
export function breakageOf(
  healthy: GatePort,
  { plan, blocked }: Mutant,
  limits: { readonly waitMaxMs: number; readonly slowPauseMs: number },
): Breakage | null {
  let worst: Breakage | null = null;
  for (const { dialled, sendAs } of requiredPaths(healthy)) {
    const fast = evaluatePlan(plan, { blocked }, dialled)!;
    const slow = evaluatePlan(plan, { blocked }, dialled, limits.slowPauseMs)!;
    const right = (number: string | null) => number !== null && sendAs.includes(number);
    if (!right(fast.number)) return 'call';
    if (!right(slow.number) || fast.afterMs > limits.waitMaxMs) worst = 'delay';
    else if (fast.rule?.class !== 'emergency') worst ??= 'class';
  }
  return worst;
}
