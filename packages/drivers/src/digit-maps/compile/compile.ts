import { type ClassOfService, type DialPlan, planErrors, planMachine, rulesOfPort } from '@loopstart/domain';
import { renderAudioCodes } from '../audiocodes/render.ts';
import { renderCiscoIos } from '../cisco-ios/render.ts';
import { renderCiscoSpa } from '../cisco-spa/render.ts';
import { renderEltex } from '../eltex/render.ts';
import { programOf } from '../evaluate.ts';
import { renderGrandstream } from '../grandstream/render.ts';
import type { DigitMap, DigitMapLanguage } from '../map.ts';
import { renderMediatrix } from '../mediatrix/render.ts';
import { renderPatton } from '../patton/render.ts';
import { renderVega } from '../vega/render.ts';
import { isProtected, type Losses, relations, type Render, type RenderContext } from './context.ts';
import type { CompileFinding } from './findings.ts';
import { judgeDifferences } from './judge.ts';

const RENDERERS: Record<DigitMapLanguage, Render> = {
  audiocodes: renderAudioCodes,
  grandstream: renderGrandstream,
  'cisco-spa': renderCiscoSpa,
  'cisco-ios': renderCiscoIos,
  patton: renderPatton,
  mediatrix: renderMediatrix,
  vega: renderVega,
  eltex: renderEltex,
};

/** Longest wait before a protected number is sent, in milliseconds, unless the caller states another. */
export const PROTECTED_WAIT_MAX_MS = 5000;

export interface CompileOptions {
  /** Longest wait before an emergency call, an alarm receiver or a lift centre is called, in milliseconds. */
  readonly protectedWaitMaxMs?: number;
}

export type Compiled =
  | {
      readonly ok: true;
      readonly map: DigitMap;
      /** The id of the plan's rule for each rule of the map, as `Dialling.rule` counts them. */
      readonly ruleIds: readonly string[];
      readonly findings: readonly CompileFinding[];
    }
  | { readonly ok: false; readonly refusals: readonly CompileFinding[] };

const planWide = (code: CompileFinding['code'], detail: string): CompileFinding => ({
  code,
  ruleId: null,
  line: null,
  dialled: null,
  detail,
});

function contextOf(plan: DialPlan, service: ClassOfService, losses: Losses): RenderContext | null {
  const rules = rulesOfPort(plan, service);
  const machine = planMachine(plan, service);
  const related = machine === null ? null : relations(machine, rules);
  if (related === null) return null;
  const report = (to: CompileFinding[]) => (code: CompileFinding['code'], rule: number | null, detail: string) => {
    to.push({ ...planWide(code, detail), ruleId: rule === null ? null : (rules[rule]?.id ?? null) });
  };
  const refuse = report(losses.refusals);
  const lose = report(losses.findings);
  return {
    plan,
    rules,
    ...related,
    refuse,
    lose: (code, rule, detail) => (rule !== null && isProtected(rules[rule]!) ? refuse : lose)(code, rule, detail),
  };
}

/**
 * Turns a plan, as it holds for a port, into the language of a gateway. The result is read back and followed beside the
 * plan through every number that can be dialled: where an emergency number, an alarm receiver, a lift centre or a bar
 * is affected, under any reading of the language that is not ruled out, it is refused; every other difference is a
 * finding.
 */
export function compileDialPlan(
  language: DigitMapLanguage,
  plan: DialPlan,
  service: ClassOfService,
  { protectedWaitMaxMs = PROTECTED_WAIT_MAX_MS }: CompileOptions = {},
): Compiled {
  const errors = planErrors(plan);
  if (errors.length > 0)
    return {
      ok: false,
      refusals: errors.map(({ ruleId, detail }) => ({ ...planWide('invalid-plan', detail), ruleId })),
    };
  const losses: Losses = { findings: [], refusals: [] };
  const context = contextOf(plan, service, losses);
  const tooComplex = planWide('too-complex', 'The plan has too many states to be checked; use fewer repetitions.');
  if (context === null) return { ok: false, refusals: [tooComplex] };
  const { map, ruleOf, hash } = RENDERERS[language](context);
  if (losses.refusals.length > 0) return { ok: false, refusals: losses.refusals };
  const program = programOf(map);
  if (!program.ok) {
    const { line, position, expected } = program.error;
    const detail = `The rendered map is not valid at line ${line}, character ${position}: expected ${expected}.`;
    return { ok: false, refusals: [{ ...planWide('too-long', detail), line }] };
  }
  if (hash === 'never' && plan.sendKey !== null)
    losses.findings.push(planWide('send-key-lost', `${plan.sendKey} does not end dialling on this gateway.`));
  if (hash === 'always' && plan.sendKey === null)
    losses.findings.push(planWide('send-key-added', '# always ends dialling on this gateway.'));
  const sendKey = hash === 'as-plan' ? plan.sendKey : hash === 'always' ? '#' : null;
  const judged = judgeDifferences(
    { plan: { ...plan, sendKey }, service, rules: context.rules, ruleOf, protectedWaitMaxMs },
    program.program,
    losses,
  );
  if (!judged) return { ok: false, refusals: [tooComplex] };
  if (losses.refusals.length > 0) return { ok: false, refusals: losses.refusals };
  return { ok: true, map, ruleIds: ruleOf.map((rule) => context.rules[rule]!.id), findings: losses.findings };
}
