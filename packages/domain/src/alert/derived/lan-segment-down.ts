import { valueOf } from '../thresholds.ts';
import type { AlertRecord, Observation } from '../types.ts';
import { gatewaysOf, tally } from './counts.ts';
import { beginnings, densest, groupBy, verdictOf } from './members.ts';
import { type About, NOWHERE, observation, standing, type View } from './view.ts';

/**
 * All gateways of an agent are away, or several left together: what they share is the cause. Those in maintenance are
 * not counted: they may be off on purpose.
 */
export function segmentsDown(view: View, away: readonly AlertRecord[]): Observation[] {
  const found: Observation[] = [];
  let resting: ReadonlyMap<string, number> | undefined;
  for (const [agentId, group] of groupBy(away, (record) => record.where.agentId)) {
    const { customerId = null, siteId = null } = group[0]?.where ?? {};
    const where = { ...NOWHERE, customerId, siteId, agentId };
    const setting = view.thresholds.at('lan-segment-down', where);
    if (setting.off || group.length < valueOf(setting, 'gatewaysMin')) continue;
    const about: About = { kind: 'lan-segment-down', subject: { type: 'agent', id: agentId }, where };
    const of = gatewaysOf(view.topology).get(agentId) ?? 0;
    const all = group.length >= of || group.length >= of - ((resting ??= restingOf(view)).get(agentId) ?? 0);
    const before = standing(view, about);
    const times = beginnings(group, view.now);
    const { count, from } = densest(times, valueOf(setting, 'withinS') * 1000);
    const together = count >= valueOf(setting, 'togetherMin');
    if (!all && !together && before === null) continue;
    const text = all
      ? `The agent answers, but none of its ${of} gateways does.`
      : `The agent answers, but ${group.length} of its ${of} gateways do not; they left together.`;
    // One that was away long before is no beginning of it.
    const began = together ? from : (times.at(-1) ?? null);
    const since = (before === null ? began : before.badSince) ?? view.now;
    const seen = { unreachable: group.length, of };
    found.push(observation(view, about, { verdict: verdictOf(group), since, text, seen, members: group }));
  }
  return found;
}

/** How many gateways of each agent are in maintenance. */
function restingOf({ topology, inMaintenance }: View): ReadonlyMap<string, number> {
  return tally(topology.gateways.values(), ({ id, siteId, agentId }) => {
    const customerId = topology.sites.get(siteId)?.customerId ?? null;
    return inMaintenance({ ...NOWHERE, customerId, siteId, gatewayId: id }) ? agentId : null;
  });
}
