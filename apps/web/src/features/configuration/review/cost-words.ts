import type { ChangeCost } from '@loopstart/domain';
import type { Severity } from '@loopstart/domain';
import { t } from '../../../messages/configuration.ts';

/** What a change does to a gateway in service, in words. */
export const COST_WORDS: Readonly<Record<ChangeCost, string>> = t.group('costs');

/** How much it disturbs, as a mark. */
export const COST_SEVERITY: Readonly<Record<ChangeCost, Severity>> = {
  live: 'ok',
  'next-call': 'ok',
  're-register': 'info',
  'service-restart': 'minor',
  reboot: 'major',
  'may-lose-management': 'critical',
};
