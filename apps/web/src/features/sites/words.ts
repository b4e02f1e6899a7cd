import type { Site } from '@loopstart/contracts';
import type { Severity } from '@loopstart/domain';
import { t } from '../../messages/sites.ts';

/** How the agents of a site are, in a few words. Silence is unknown, not a fault of the lines. */
export function agentsWords(site: Pick<Site, 'agentCount' | 'agentsOnline'>): { severity: Severity; words: string } {
  const { agentCount, agentsOnline } = site;
  if (agentCount === 0) return { severity: 'unknown', words: t('noneYet') };
  if (agentsOnline === agentCount)
    return { severity: 'ok', words: agentCount === 1 ? t('online') : t('agentsOnline', { agentCount }) };
  if (agentsOnline === 0) return { severity: 'unknown', words: agentCount === 1 ? t('silent') : t('allSilent') };
  return { severity: 'minor', words: t('ofOnline', { agentsOnline, agentCount }) };
}
