import { CONDITIONS } from '../conditions.ts';
import { conditionKey } from '../keys.ts';
import type { ConditionKind } from '../kinds.ts';
import type { AlertPlace, AlertRecord, GatewayPlace, Topology } from '../types.ts';

/** The time of tests that need one, epoch ms. */
export const NOW = 1_800_000_000_000;

/** A place of which only what is given is known. */
export function at(place: Partial<AlertPlace> = {}): AlertPlace {
  return {
    customerId: null,
    siteId: null,
    agentId: null,
    gatewayId: null,
    position: null,
    lineDeviceClass: null,
    ...place,
  };
}

/** A condition that has been open for a minute; `more` changes it. */
export function openRecord(
  kind: ConditionKind,
  id: string,
  where: Partial<AlertPlace> = {},
  more: Partial<AlertRecord> = {},
): AlertRecord {
  const { subject: type, severity } = CONDITIONS[kind];
  const subject = { type, id };
  return {
    key: conditionKey(kind, subject),
    kind,
    subject,
    where: at(where),
    severity,
    phase: 'open',
    raiseAfterMs: 0,
    clearAfterMs: 0,
    incarnation: 1,
    badSince: NOW - 60_000,
    goodSince: null,
    openedAt: NOW - 60_000,
    verdict: 'bad',
    observedAt: NOW,
    evidence: { text: '', seen: {}, thresholds: {} },
    hold: null,
    announced: false,
    flapping: false,
    history: { bits: 1, length: 1, at: NOW },
    ...more,
  };
}

/** A fleet of one agent a site: `gateways` says at which site each gateway stands, and what else is known of it. */
export function fleet(
  customerOf: Readonly<Record<string, string>>,
  gateways: Readonly<Record<string, { site: string } & Partial<GatewayPlace>>> = {},
  agents: readonly (readonly [id: string, siteId: string])[] = Object.keys(customerOf).map((id) => [`a-${id}`, id]),
): Topology {
  return {
    sites: new Map(Object.entries(customerOf).map(([id, customerId]) => [id, { id, customerId }])),
    agents: new Map(agents.map(([id, siteId]) => [id, { id, siteId }])),
    gateways: new Map(
      Object.entries(gateways).map(([id, { site, ...more }]) => [
        id,
        { id, siteId: site, agentId: `a-${site}`, model: 'M1', firmware: '1.0', registrar: null, ...more },
      ]),
    ),
  };
}

/** A condition of a gateway of the fleet. */
export function gatewayRecord(
  { sites, gateways }: Topology,
  kind: ConditionKind,
  gatewayId: string,
  more: Partial<AlertRecord> = {},
): AlertRecord {
  const { siteId, agentId } = gateways.get(gatewayId)!;
  const customerId = sites.get(siteId)?.customerId ?? null;
  return openRecord(kind, gatewayId, { customerId, siteId, agentId, gatewayId }, more);
}
