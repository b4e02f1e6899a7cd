import type { Site } from '@loopstart/contracts';
import type { Severity } from '@loopstart/domain';

/** How the agents of a site are, in a few words. Silence is unknown, not a fault of the lines. */
export function agentsWords(site: Pick<Site, 'agentCount' | 'agentsOnline'>): { severity: Severity; words: string } {
  const { agentCount, agentsOnline } = site;
  if (agentCount === 0) return { severity: 'unknown', words: 'None yet' };
  if (agentsOnline === agentCount)
    return { severity: 'ok', words: agentCount === 1 ? 'Online' : `${agentCount} online` };
  if (agentsOnline === 0) return { severity: 'unknown', words: agentCount === 1 ? 'Silent' : 'All silent' };
  return { severity: 'minor', words: `${agentsOnline} of ${agentCount} online` };
}
