import { conditionKey, firmwareOf } from '../keys.ts';
import { valueOf } from '../thresholds.ts';
import type { AlertRecord, Observation } from '../types.ts';
import { running } from './counts.ts';
import { commonPlace, distinctGateways, groupBy } from './members.ts';
import { judgeTogether } from './together.ts';
import { type About, NOWHERE, type View } from './view.ts';

/** Models with a firmware of which gateways at different sites failed together, for no other known reason. */
export function firmwaresSuspect(view: View, failed: readonly AlertRecord[]): Observation[] {
  const { topology } = view;
  const setting = view.thresholds.at('firmware-suspect', NOWHERE);
  const firmware = ({ where }: AlertRecord) => {
    const gateway = topology.gateways.get(where.gatewayId ?? '');
    return gateway === undefined ? null : firmwareOf(gateway);
  };
  const unexplained = failed.filter((record) => !isExplained(view, record));
  const found: Observation[] = [];
  for (const [name, group] of groupBy(unexplained, firmware)) {
    if (new Set(group.map(({ where }) => where.siteId)).size < 2) continue;
    const of = running(topology).get(name) ?? 0;
    // In a large fleet some gateways of the same firmware fail at the same time by chance.
    const share = Math.ceil((of * valueOf(setting, 'sharePercent')) / 100);
    const about: About = {
      kind: 'firmware-suspect',
      subject: { type: 'shared', id: `firmware:${name}` },
      where: commonPlace(group),
    };
    const one = judgeTogether(view, about, {
      members: distinctGateways(group),
      of,
      least: Math.max(valueOf(setting, 'gatewaysMin'), share),
      words: (n) => `${n} gateways with ${name} at different sites failed together.`,
    });
    if (one !== null) found.push(one);
  }
  return found;
}

/** The network or the power of its site is the cause, also while that is only suspected. */
function isExplained({ records }: View, { where: { agentId, siteId } }: AlertRecord): boolean {
  return [
    conditionKey('lan-segment-down', { type: 'agent', id: agentId ?? '' }),
    conditionKey('site-power-lost', { type: 'site', id: siteId ?? '' }),
  ].some((key) => (records.get(key)?.phase ?? null) !== null);
}
