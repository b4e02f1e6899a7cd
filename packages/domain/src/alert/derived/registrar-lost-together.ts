import { isOfOneCustomer, registrarId, registrarIdsOf } from '../keys.ts';
import { valueOf } from '../thresholds.ts';
import type { AlertRecord, Observation } from '../types.ts';
import { registeringWith } from './counts.ts';
import { commonPlace, distinctGateways } from './members.ts';
import { judgeTogether } from './together.ts';
import { type About, NOWHERE, type View } from './view.ts';

/** SIP servers that several gateways lost together. */
export function registrarsLost(view: View, lost: readonly AlertRecord[]): Observation[] {
  const { topology } = view;
  const setting = view.thresholds.at('registrar-lost-together', NOWHERE);
  const gatewaysMin = valueOf(setting, 'gatewaysMin');
  const registrarOf = ({ where }: AlertRecord) => topology.gateways.get(where.gatewayId ?? '')?.registrar ?? null;
  const uses = lost.flatMap((record) =>
    registrarIdsOf(registrarOf(record), record.where.customerId).map((id) => ({ id, record })),
  );
  const found: Observation[] = [];
  for (const [id, users] of Map.groupBy(uses, (use) => use.id)) {
    const group = users.map(({ record }) => record);
    const isUnknown = id === registrarId.unknown;
    // That of one customer is judged by itself.
    if (isUnknown && new Set(group.map(({ where }) => where.customerId)).size < 2) continue;
    // Of different customers some lose their server at the same time by chance, the more the larger the fleet.
    const share = isUnknown ? Math.ceil((topology.gateways.size * valueOf(setting, 'sharePercent')) / 100) : 0;
    const sites = new Set(group.map(({ where }) => where.siteId)).size;
    const server = isUnknown
      ? 'a SIP server'
      : isOfOneCustomer(id)
        ? 'their SIP server'
        : `the SIP server ${registrarOf(group[0]!)}`;
    const about: About = {
      kind: 'registrar-lost-together',
      subject: { type: 'shared', id },
      where: commonPlace(group),
    };
    const one = judgeTogether(view, about, {
      members: distinctGateways(group),
      of: registeringWith(topology).get(id) ?? 0,
      least: Math.max(gatewaysMin, share),
      words: (n) => `${n} gateways at ${sites} site${sites === 1 ? '' : 's'} lost ${server} together.`,
    });
    if (one !== null) found.push(one);
  }
  return found;
}
