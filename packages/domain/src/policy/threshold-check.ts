import { CONDITIONS } from '../alert/conditions.ts';
import { WITHOUT_SOURCE } from '../alert/sources.ts';
import type { ConditionKind } from '../alert/kinds.ts';
import type { ThresholdOverride } from '../alert/types.ts';

export interface ThresholdFault {
  /** Name of the parameter, `scope`, or `parameters` as a whole. */
  path: string;
  expected: string;
}

/** Ordered pairs: the left value is at most the right one. */
const ORDER: readonly (readonly [string, string])[] = [
  ['clearSkewS', 'skewS'],
  ['clearOldestS', 'oldestS'],
  ['clearTemperatureC', 'temperatureC'],
  ['clearFailedPercent', 'failedPercent'],
  ['criticalDaysLeft', 'daysLeft'],
];

/** Scopes in which a threshold of a subject can differ. */
const SCOPES_OF = {
  operator: ['operator'],
  shared: ['operator'],
  site: ['operator', 'customer', 'site'],
  agent: ['operator', 'customer', 'site'],
  gateway: ['operator', 'customer', 'site'],
  port: ['operator', 'customer', 'site', 'line-device-class', 'port'],
} as const satisfies Record<(typeof CONDITIONS)[ConditionKind]['subject'], readonly ThresholdOverride['scope'][]>;

/**
 * Faults of a setting: unknown names, values out of bounds, a scope that the kind lacks, an end that lies beyond the
 * start. `wider` is in force without this setting. Empty: it may be stored.
 */
export function thresholdFaults(
  setting: Pick<ThresholdOverride, 'kind' | 'scope' | 'parameters' | 'off'>,
  wider: Readonly<Record<string, number>>,
): ThresholdFault[] {
  const spec = CONDITIONS[setting.kind];
  const scopes: readonly string[] = SCOPES_OF[spec.subject];
  const faults: ThresholdFault[] = [];
  if (!scopes.includes(setting.scope))
    faults.push({ path: 'scope', expected: `one of ${scopes.join(', ')}: it is about a ${spec.subject}` });
  const withoutSource = WITHOUT_SOURCE[setting.kind];
  if (withoutSource !== undefined)
    faults.push({ path: 'kind', expected: `a condition that something can raise. ${withoutSource}` });
  const names = Object.keys(setting.parameters);
  if (names.length === 0 && !setting.off) faults.push({ path: 'parameters', expected: 'at least one, or off' });
  for (const name of names) {
    const parameter = Object.hasOwn(spec.parameters, name) ? spec.parameters[name] : undefined;
    const value = setting.parameters[name]!;
    if (parameter === undefined)
      faults.push({
        path: `parameters.${name}`,
        expected: `nothing: there are ${Object.keys(spec.parameters).join(', ')}`,
      });
    else if (!(value >= parameter.min && value <= parameter.max))
      faults.push({
        path: `parameters.${name}`,
        expected: `${parameter.min} to ${parameter.max} ${parameter.unit}`.trim(),
      });
  }
  const valueOf = (name: string) => setting.parameters[name] ?? wider[name] ?? spec.parameters[name]?.default;
  for (const [low, high] of ORDER) {
    const least = valueOf(low);
    const most = valueOf(high);
    if (!names.includes(low) && !names.includes(high)) continue;
    if (least === undefined || most === undefined || !(least > most)) continue;
    const path = names.includes(low) ? low : high;
    faults.push({
      path: `parameters.${path}`,
      expected: path === low ? `at most ${most}, where it begins` : `at least ${least}, where it ends`,
    });
  }
  return faults;
}
