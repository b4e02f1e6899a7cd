import { parsePattern } from './parse-pattern.ts';
import type { DialClass, DialPlan, DialRule, DialTimer } from './plan.ts';

/** A rule as it is stored and typed: its pattern as text, with the strip mark in it. */
export interface DialRuleText {
  readonly label: string;
  /** As `parsePattern` reads it, for example `9|0[2-7]xxxxxxxx`. */
  readonly pattern: string;
  readonly timer: DialTimer;
  readonly prepend: string;
  readonly class: DialClass;
  readonly action: 'send' | 'bar';
}

/** A named dial plan as it is stored. Emergency numbers are those of the site, and are added when it is used. */
export interface DialPlanText extends Omit<DialPlan, 'rules' | 'emergencyNumbers'> {
  readonly rules: readonly DialRuleText[];
}

/** What is wrong with one rule: 0-based index, the field, and what was expected there. */
export interface DialPlanTextProblem {
  readonly rule: number;
  readonly field: 'pattern' | 'prepend';
  readonly expected: string;
}

export type ReadDialPlan =
  | { readonly ok: true; readonly plan: Omit<DialPlan, 'emergencyNumbers'> }
  | { readonly ok: false; readonly problems: readonly DialPlanTextProblem[] };

/** Reads the patterns of a plan. Every rule that cannot be read is named. */
export function readDialPlan({ rules, ...rest }: DialPlanText): ReadDialPlan {
  const problems: DialPlanTextProblem[] = [];
  const read: DialRule[] = [];
  for (const [rule, { pattern, ...others }] of rules.entries()) {
    if (!/^[0-9*#+]*$/.test(others.prepend))
      problems.push({ rule, field: 'prepend', expected: 'the digits 0 to 9, *, # and +' });
    const parsed = parsePattern(pattern);
    if (parsed.ok) read.push({ id: String(rule), match: parsed.pattern, strip: parsed.strip, ...others });
    else {
      const { position, expected, found } = parsed.error;
      const there = found === null ? 'at the end' : `at position ${position}, where ${found} is`;
      problems.push({ rule, field: 'pattern', expected: `${expected} ${there}` });
    }
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, plan: { ...rest, rules: read } };
}
