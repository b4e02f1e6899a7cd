import type { GateDialling } from '@loopstart/domain';
import { compileDialPlan, dialOn, type DigitMapLanguage } from '../../digit-maps/index.ts';
import type { ConfiguredUnit } from '../slices/config.ts';
import { NO_LANGUAGE, type PlannedLine } from './dial-plans.ts';
import { type ConfigDriver, layoutFor } from './layouts.ts';
import { isRefused } from './words.ts';

/** What a gateway does with keys, under every reading of its language that nobody has ruled out, the manual's first. */
export type UnitDialling =
  | { readonly ok: true; readonly language: DigitMapLanguage; readonly readings: readonly GateDialling[] }
  /** Why it is not known, one sentence each. */
  | { readonly ok: false; readonly reasons: readonly string[] };

/**
 * Compiles a plan for this very unit and dials on the result. `ruleId` of a reading is that of the plan's rule.
 *
 * @param keys What is dialled, and the time between two keys in milliseconds.
 */
export function diallingOf(
  driver: ConfigDriver,
  unit: ConfiguredUnit,
  { plan, service }: Pick<PlannedLine, 'plan' | 'service'>,
  keys: { readonly dialled: string; readonly pauseMs: number },
): UnitDialling {
  const layout = layoutFor(driver, unit);
  if (isRefused(layout)) return { ok: false, reasons: [layout.refused] };
  const { digitMap: language, dialPlan } = layout;
  if (language === null || dialPlan === undefined)
    return { ok: false, reasons: [layout.notVerified['port.dialPlan'] ?? NO_LANGUAGE] };
  const compiled = compileDialPlan(language, plan, service);
  if (!compiled.ok) return { ok: false, reasons: [...new Set(compiled.refusals.map(({ detail }) => detail))] };
  const readings = dialOn(compiled, keys.dialled, keys.pauseMs);
  // What the compiler made was read back by it.
  if (readings === null) return { ok: false, reasons: [NO_LANGUAGE] };
  return { ok: true, language, readings };
}
