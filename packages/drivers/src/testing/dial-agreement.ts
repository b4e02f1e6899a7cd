import { type ClassOfService, type DialPlan, evaluatePlan } from '@loopstart/domain';
import { compileDialPlan, type Compiled, type DigitMapLanguage, evaluateDigitMap } from '../digit-maps/index.ts';
import { dialledOf, planOf, randomOf } from './dial-plans.ts';

type Usable = Extract<Compiled, { ok: true }>;

const ROUNDING_MS = 1000;

/**
 * Why plan and map disagree on one number beyond what the findings name, or null where they agree. A number that the
 * plan takes early is compared up to there.
 */
export function disagreement(plan: DialPlan, service: ClassOfService, compiled: Usable, keys: string): string | null {
  const named = (codes: readonly string[], ids: readonly (string | null | undefined)[]): boolean =>
    compiled.findings.some(({ code, ruleId }) => codes.includes(code) && ruleId !== null && ids.includes(ruleId));
  const lost = compiled.findings.some(({ code }) => code === 'send-key-lost');
  const added = compiled.findings.some(({ code }) => code === 'send-key-added');
  const adapted: DialPlan = lost ? { ...plan, sendKey: null } : added ? { ...plan, sendKey: '#' } : plan;
  const whole = evaluatePlan(adapted, service, keys)!;
  const dialled = keys.slice(0, whole.keysUsed);
  const evaluated = evaluateDigitMap(compiled.map, dialled);
  if (!evaluated.ok) return `the map does not read: ${evaluated.error.expected}`;
  for (const map of evaluated.readings) {
    // Where the gateway decided earlier, it is judged by what the plan has for the keys until then.
    const early = map.number !== null && map.keysUsed < dialled.length;
    const plain = early ? evaluatePlan(adapted, service, dialled.slice(0, map.keysUsed))! : whole;
    const mapRule = map.rule === null ? null : compiled.ruleIds[map.rule];
    const ids = [plain.rule?.id, mapRule, whole.rule?.id];
    let codes: readonly string[] | null;
    if (plain.number === null && map.number === null) codes = null;
    else if (plain.number === null) codes = plain.outcome === 'barred' ? [] : ['sends-more'];
    else if (map.number === null) codes = ['not-sent'];
    else if (map.number !== plain.number) codes = ['number-differs'];
    else if (map.afterMs - plain.afterMs >= ROUNDING_MS) codes = ['waits-longer'];
    else if (plain.afterMs - map.afterMs >= ROUNDING_MS) codes = ['waits-shorter', 'cut-off'];
    else codes = null;
    if (early && whole.number !== null && codes === null) codes = ['cut-off'];
    if (codes !== null && !named(codes.length === 0 ? [] : [...codes, 'not-rendered'], ids))
      return (
        `"${dialled}" under "${map.reading}": plan ${plain.outcome} ${plain.number} after ${plain.afterMs} ms, ` +
        `map ${map.outcome} ${map.number} after ${map.afterMs} ms (${map.refusal}), no finding of ${codes.join()}`
      );
  }
  return null;
}

export interface Agreement {
  readonly plans: number;
  /** Plans that the language takes. */
  readonly compiled: number;
  readonly numbers: number;
  /** Numbers that the plan sends. */
  readonly sent: number;
  /** Disagreements that no finding names. */
  readonly failures: readonly string[];
}

/** Compiles plans and dials at random until `numbers` numbers were compared. */
export function agreement(language: DigitMapLanguage, numbers: number, perPlan: number, firstSeed = 1): Agreement {
  const failures: string[] = [];
  let plans = 0;
  let compiled = 0;
  let compared = 0;
  let sent = 0;
  for (let seed = firstSeed; compared < numbers && plans < numbers; seed += 1) {
    const bars = seed % 2 === 0;
    const plan = planOf(seed, { rewrites: language !== 'mediatrix' && seed % 3 !== 0, bars });
    const service: ClassOfService = { blocked: seed % 5 === 0 ? ['national'] : [] };
    const result = compileDialPlan(language, plan, service);
    plans += 1;
    if (!result.ok) continue;
    compiled += 1;
    const random = randomOf(seed);
    for (let count = 0; count < perPlan; count += 1) {
      compared += 1;
      const keys = dialledOf(plan, random);
      if (evaluatePlan(plan, service, keys)?.outcome === 'sent') sent += 1;
      const failure = disagreement(plan, service, result, keys);
      if (failure !== null) failures.push(`seed ${seed}: ${failure}`);
    }
  }
  return { plans, compiled, numbers: compared, sent, failures };
}
