import type { ConditionKind } from '../kinds.ts';
import { toldOutageOf } from '../root-cause.ts';
import type { AlertRecord, Observation } from '../types.ts';
import { agentsLostTogether } from './agents-lost-together.ts';
import { firmwaresSuspect } from './firmware-suspect.ts';
import { segmentsDown } from './lan-segment-down.ts';
import { registrarsLost } from './registrar-lost-together.ts';
import { sitesWithoutPower } from './site-power-lost.ts';
import { sitesCutOff } from './site-wan-down.ts';
import { observation, type View } from './view.ts';

/** Conditions derived from several others: what agents, gateways and sites have in common. */
export const DERIVED: ReadonlySet<ConditionKind> = new Set([
  'agents-lost-together',
  'site-wan-down',
  'site-power-lost',
  'lan-segment-down',
  'registrar-lost-together',
  'firmware-suspect',
]);

/** Every derived condition that is bad or unknown now, or was known before and is good now. */
export function derive(view: View): Observation[] {
  const active = [...view.records.aboveLines()].filter((record) => record.phase !== null);
  // Most fleets are well most of the time.
  if (active.length === 0) return [];
  const of = (...kinds: ConditionKind[]) =>
    active.filter(
      (record) => kinds.includes(record.kind) && record.phase !== 'recovering' && !view.inMaintenance(record.where),
    );
  const isNews = (record: AlertRecord) => toldOutageOf(view.records, view.topology, record) === null;
  const lost = of('agent-silent');
  const togetherLost = agentsLostTogether(view, lost);
  const found = [
    ...(togetherLost === null ? [] : [togetherLost]),
    ...sitesCutOff(view, lost),
    ...sitesWithoutPower(view, of('power-lost', 'gateway-rebooted').filter(isNews)),
    ...segmentsDown(view, of('gateway-unreachable')),
    ...registrarsLost(view, of('registrar-lost')),
    ...firmwaresSuspect(view, of('gateway-unreachable', 'gateway-rebooted').filter(isNews)),
  ];
  const judged = new Set(found.map(({ key }) => key));
  // A condition that is not derived any more is good again; where its members are only unknown, so is it.
  for (const record of active) {
    if (!DERIVED.has(record.kind) || judged.has(record.key)) continue;
    found.push(observation(view, record, { verdict: 'good', since: view.now, text: '', seen: {} }));
  }
  return found;
}
