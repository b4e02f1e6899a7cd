import type { AlertRecord, Observation } from '../types.ts';
import { agentsAt } from './counts.ts';
import { groupBy, verdictOf } from './members.ts';
import { type About, NOWHERE, observation, type View } from './view.ts';

/** Sites of which no agent is connected, and that do not answer from outside or have several agents. */
export function sitesCutOff(view: View, lost: readonly AlertRecord[]): Observation[] {
  const found: Observation[] = [];
  for (const [siteId, records] of groupBy(lost, (record) => record.where.siteId)) {
    const agents = agentsAt(view.topology).get(siteId) ?? 0;
    const answers = records.map((record) => record.evidence.seen['siteAnswers']);
    if (records.length < agents || answers.includes(true) || (agents < 2 && !answers.includes(false))) continue;
    // Nothing is heard since the last of them was.
    const since = Math.max(...records.map((record) => record.badSince ?? view.now));
    const why = answers.includes(false)
      ? 'the site does not answer from outside'
      : `all ${agents} agents of the site are silent`;
    const where = { ...NOWHERE, customerId: records[0]?.where.customerId ?? null, siteId };
    if (view.thresholds.at('site-wan-down', where).off) continue;
    const about: About = { kind: 'site-wan-down', subject: { type: 'site', id: siteId }, where };
    const text = `Nothing is heard from the site, and ${why}.`;
    const seen = { silentAgents: records.length, agents, siteAnswers: answers.includes(false) ? false : null };
    found.push(observation(view, about, { verdict: verdictOf(records), since, text, seen, members: records }));
  }
  return found;
}
