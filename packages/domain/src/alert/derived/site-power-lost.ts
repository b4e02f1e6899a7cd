import type { AlertRecord, Observation } from '../types.ts';
import { gatewaysAt } from './counts.ts';
import { distinctGateways, groupBy } from './members.ts';
import { judgeTogether } from './together.ts';
import { type About, NOWHERE, type View } from './view.ts';

/** Sites at which several gateways lost power or restarted together. */
export function sitesWithoutPower(view: View, records: readonly AlertRecord[]): Observation[] {
  const found: Observation[] = [];
  for (const [siteId, group] of groupBy(records, (record) => record.where.siteId)) {
    const where = { ...NOWHERE, customerId: group[0]?.where.customerId ?? null, siteId };
    const about: About = { kind: 'site-power-lost', subject: { type: 'site', id: siteId }, where };
    const of = gatewaysAt(view.topology).get(siteId) ?? 0;
    const words = (n: number) => `${n} of ${of} gateways of the site lost power or restarted together.`;
    const one = judgeTogether(view, about, { members: distinctGateways(group), of, least: 2, words });
    if (one !== null) found.push(one);
  }
  return found;
}
