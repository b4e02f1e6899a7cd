import { type ClassOfService, type DialPlan, type DialRule, planMachine } from '@loopstart/domain';
import type { Program } from '../shared/program.ts';
import { isProtected, type Losses } from './context.ts';
import { type Difference, differences } from './differences.ts';

interface Subject {
  readonly plan: DialPlan;
  readonly service: ClassOfService;
  readonly rules: readonly DialRule[];
  readonly ruleOf: readonly number[];
  readonly protectedWaitMaxMs: number;
}

const seconds = (ms: number): string => (ms === 0 ? 'at once' : `after ${ms / 1000} s`);
const result = (number: string | null, ms: number): string =>
  number === null ? 'not sent' : `sent as ${number} ${seconds(ms)}`;

/** A difference of less than a second is rounding: most languages count whole seconds. */
const ROUNDING_MS = 1000;

function isRefused(
  { code, mapMs }: Difference,
  planRule: DialRule | null,
  mapRule: DialRule | null,
  { protectedWaitMaxMs }: Subject,
): boolean {
  if (code === 'bar-missing') return true;
  if (code === 'sends-more') return false;
  if (code === 'not-sent' && mapRule?.action === 'bar') return true;
  if (planRule === null || !isProtected(planRule)) return false;
  if (code === 'waits-longer') return mapMs > protectedWaitMaxMs;
  return code !== 'waits-shorter';
}

/** Compares plan and map under every reading. False where they have too many states. */
export function judgeDifferences(subject: Subject, program: Program, losses: Losses): boolean {
  const plan = planMachine(subject.plan, subject.service);
  if (plan === null) return false;
  const reported = new Set<string>();
  for (const [index, reading] of program.readings.entries()) {
    const all = differences(plan, reading.machine);
    if (all === null) return false;
    for (const one of all) {
      const planRule = one.planRule === null ? null : (subject.rules[one.planRule] ?? null);
      const mapped = one.mapRule === null ? undefined : subject.ruleOf[one.mapRule];
      const mapRule = mapped === undefined ? null : (subject.rules[mapped] ?? null);
      if (one.code.startsWith('waits') && Math.abs(one.mapMs - one.planMs) < ROUNDING_MS) continue;
      const refused = isRefused(one, planRule, mapRule, subject);
      const ruleId = (planRule ?? mapRule)?.id ?? null;
      const name = `${refused},${one.code},${ruleId}`;
      if (reported.has(name)) continue;
      reported.add(name);
      const under = index === 0 ? '' : ` if ${reading.name} (not verified)`;
      const detail =
        `"${one.dialled}" is ${result(one.mapNumber, one.mapMs)} on this gateway${under}; ` +
        `the plan has it ${result(one.planNumber, one.planMs)}.`;
      const line = one.mapRule === null ? null : (program.rules[one.mapRule]?.line ?? null);
      (refused ? losses.refusals : losses.findings).push({
        code: one.code,
        ruleId,
        line,
        dialled: one.dialled,
        detail,
      });
    }
  }
  return true;
}
