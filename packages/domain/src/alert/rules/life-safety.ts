import { LIFE_SAFETY } from '../../line/life-safety.ts';
import { type Severity, worse } from '../../health/severity.ts';
import type { LineDeviceClass } from '../../line/vocabulary.ts';
import type { AgentFacts, AlertRecord } from '../types.ts';

/** The gravest class among the lines of an agent's gateways: null where no life depends on any of them. */
export function gravestBehind(lines: AgentFacts['lifeSafetyLines']): LineDeviceClass | null {
  return [...LIFE_SAFETY].find((device) => (lines[device] ?? 0) > 0) ?? null;
}

/** " Behind it: 2 alarm panels, 1 lift phone.", or nothing: who is told of the cause has to know what it takes along. */
export function lifeSafetyWords(lines: AgentFacts['lifeSafetyLines']): string {
  const parts = [...LIFE_SAFETY].flatMap((device) => {
    const n = lines[device] ?? 0;
    return n === 0 ? [] : [`${n} ${device.replace('-', ' ')}${n === 1 ? '' : 's'}`];
  });
  return parts.length === 0 ? '' : ` Behind it: ${parts.join(', ')}.`;
}

/** A derived condition is at least as urgent as the gravest of its members, because it hides them. */
export function asGraveAs<S extends Severity>(severity: S, members: readonly AlertRecord[]): S {
  return members.reduce<Severity>((worst, record) => worse(worst, record.severity), severity) as S;
}
