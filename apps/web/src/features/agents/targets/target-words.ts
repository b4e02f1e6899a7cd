import type { Agent } from '@loopstart/contracts';
import type { Severity } from '@loopstart/domain';

type Target = Pick<Agent['targets'][number], 'address' | 'reachable' | 'reason'>;

/** Whether a target answers, in words; not knowing is not a failure. */
export function targetWords(target: Target): { severity: Severity; words: string } {
  if (target.reachable === true) return { severity: 'ok', words: 'Answers' };
  if (target.reachable === false) return { severity: 'major', words: target.reason ?? 'Does not answer' };
  if (target.reason !== null) return { severity: 'unknown', words: target.reason };
  return { severity: 'unknown', words: target.address.includes('/') ? 'A range to search' : 'Not known now' };
}
