import type { Agent } from '@loopstart/contracts';
import type { Severity } from '@loopstart/domain';
import { t } from '../../../messages/agents.ts';

type Target = Pick<Agent['targets'][number], 'address' | 'reachable' | 'reason'>;

/** Whether a target answers, in words; not knowing is not a failure. */
export function targetWords(target: Target): { severity: Severity; words: string } {
  if (target.reachable === true) return { severity: 'ok', words: t('reachable') };
  if (target.reachable === false) return { severity: 'major', words: target.reason ?? t('unreachable') };
  if (target.reason !== null) return { severity: 'unknown', words: target.reason };
  return { severity: 'unknown', words: target.address.includes('/') ? t('rangeToSearch') : t('unknown') };
}
