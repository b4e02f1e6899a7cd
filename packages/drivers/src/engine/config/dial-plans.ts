import type { ClassOfService, DialPlan, RequiredNumber } from '@loopstart/domain';
import {
  compileDialPlan,
  type Compiled,
  type DigitMap,
  emergencyGate,
  type MappedPort,
} from '../../digit-maps/index.ts';
import type { ConfiguredUnit } from '../slices/config.ts';
import { type ConfigDriver, layoutFor } from './layouts.ts';
import { isRefused } from './words.ts';

/** A port whose calls a dial plan decides. */
export interface PlannedLine {
  /** From 1. */
  readonly position: number;
  readonly plan: DialPlan;
  readonly service: ClassOfService;
  readonly alarmReceivers: readonly RequiredNumber[];
  readonly liftCentres: readonly RequiredNumber[];
}

/**
 * What a gateway makes of a dial plan. `refused`: it cannot do what the plan says; `not-verified`: nobody has shown how
 * this model takes a plan; `differs`: some numbers are treated in another way; `emergency`: a call that must get out
 * would not.
 */
export interface DialPlanFault {
  readonly kind: 'refused' | 'not-verified' | 'differs' | 'emergency';
  readonly position: number;
  /** One plain sentence. */
  readonly detail: string;
}

export interface DialPlanMaps {
  /** The plan of each port in the language of the gateway, by position. */
  readonly maps: ReadonlyMap<number, DigitMap>;
  readonly faults: readonly DialPlanFault[];
}

export const NO_LANGUAGE = 'no language of dial plans is known for this model';

/** Compiles the plans of a gateway's ports, and proves on the compiled maps that the calls that must get out do. */
export function dialPlanMaps(driver: ConfigDriver, unit: ConfiguredUnit, lines: readonly PlannedLine[]): DialPlanMaps {
  const maps = new Map<number, DigitMap>();
  const faults: DialPlanFault[] = [];
  const layout = layoutFor(driver, unit);
  // A model that cannot be written at all is refused where its settings are rendered.
  if (isRefused(layout)) return { maps, faults };
  const { digitMap: language, dialPlan } = layout;
  if (language === null || dialPlan === undefined) {
    const detail = layout.notVerified['port.dialPlan'] ?? NO_LANGUAGE;
    return { maps, faults: lines.map(({ position }) => ({ kind: 'not-verified', position, detail })) };
  }
  const mapped: (MappedPort & { position: number })[] = [];
  for (const line of lines) {
    const compiled = compiledPlan(language, line);
    const { position } = line;
    if (!compiled.ok) {
      for (const { detail } of compiled.refusals) faults.push({ kind: 'refused', position, detail });
      continue;
    }
    for (const { detail } of compiled.findings) faults.push({ kind: 'differs', position, detail });
    maps.set(position, compiled.map);
    mapped.push({ ...line, map: compiled.map, ruleIds: compiled.ruleIds });
  }
  for (const [at, { findings }] of emergencyGate(mapped).entries())
    // Where the plan itself fails, the gateway fails alike: people read it once, for each form that is dialled.
    for (const detail of new Set(findings.map((finding) => finding.detail)))
      faults.push({ kind: 'emergency', position: mapped[at]!.position, detail });
  return { maps, faults };
}

/** By plan; gateways and ports that share one have it compiled and proven once. */
const compiledPlans = new WeakMap<DialPlan, Map<string, Compiled>>();

function compiledPlan(language: Parameters<typeof compileDialPlan>[0], { plan, service }: PlannedLine): Compiled {
  const ofPlan = compiledPlans.get(plan) ?? new Map<string, Compiled>();
  compiledPlans.set(plan, ofPlan);
  const key = [language, ...service.blocked.toSorted()].join(' ');
  const known = ofPlan.get(key) ?? compileDialPlan(language, plan, service);
  ofPlan.set(key, known);
  return known;
}
