import { GATE_LIMITS } from '@loopstart/domain';
import {
  compileDialPlan,
  type DigitMapLanguage,
  emergencyGate,
  emergencyGateOfChange,
  type MappedPort,
} from '../digit-maps/index.ts';
import { breakageOf, mutantOf } from './dial-mutations.ts';

/**
 * What becomes of a careless change: the neutral evaluator says whether it breaks an emergency number, and the compiler
 * or the gate must notice. `map`: the rendered map alone shows it, asked for the numbers of the plan before the change.
 */
export function catchMutant(
  language: DigitMapLanguage,
  healthy: MappedPort,
  seed: number,
): 'harmless' | 'refused' | 'map' | 'gate' | 'missed' {
  const mutant = mutantOf(healthy.plan, seed);
  const breakage = breakageOf(healthy, mutant, GATE_LIMITS);
  if (breakage === null) return 'harmless';
  const service = { blocked: mutant.blocked };
  const changed = compileDialPlan(language, mutant.plan, service);
  if (!changed.ok) return 'refused';
  const { map, ruleIds } = changed;
  const { findings } = emergencyGateOfChange(healthy, { ...healthy, plan: mutant.plan, service, map, ruleIds });
  if (findings.length === 0) return 'missed';
  if (breakage === 'call' && !findings.some(({ code }) => code === 'path-removed')) return 'missed';
  const byMap = emergencyGate([{ ...healthy, map, ruleIds: null }])[0]!.findings;
  if (byMap.some(({ where }) => where === 'map')) return 'map';
  // A gateway with one timer for all rules waits where the plan cuts off, and still reaches the number.
  return breakage === 'call' && mutant.name !== 'a shorter number in front' ? 'missed' : 'gate';
}
