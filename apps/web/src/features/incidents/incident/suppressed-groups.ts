import type { Alert } from '@loopstart/contracts';
import { t } from '../../../messages/incidents.ts';

/** What an incident explains, put together by the thing that it is about. */
export interface SuppressedGroup {
  key: string;
  level: 'site' | 'agent' | 'gateway' | 'elsewhere';
  name: string;
  /** Where to look at it; null where there is no such page. */
  href: string | null;
  siteName: string | null;
  /** Alerts about the thing itself. */
  own: Alert[];
  /** Alerts about its ports, in the order of the device. */
  ports: Alert[];
}

const ORDER = { site: 0, agent: 1, gateway: 2, elsewhere: 3 } as const;
const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Groups alerts by site, agent or gateway; nearest to the operator first, then by name. */
export function suppressedGroups(alerts: readonly Alert[]): SuppressedGroup[] {
  const groups = new Map<string, SuppressedGroup>();
  for (const alert of alerts) {
    const head = headOf(alert);
    const group = groups.get(head.key) ?? { ...head, own: [], ports: [] };
    groups.set(head.key, group);
    (alert.place.port === null ? group.own : group.ports).push(alert);
  }
  for (const group of groups.values()) {
    group.ports.sort((a, b) => (a.place.port?.position ?? 0) - (b.place.port?.position ?? 0));
  }
  return [...groups.values()].sort(
    (a, b) =>
      ORDER[a.level] - ORDER[b.level] ||
      byName.compare(a.siteName ?? '', b.siteName ?? '') ||
      byName.compare(a.name, b.name),
  );
}

function headOf({ place }: Alert): Omit<SuppressedGroup, 'own' | 'ports'> {
  const siteName = place.site?.name ?? null;
  if (place.gateway !== null) {
    const { id, name } = place.gateway;
    return { key: `gateway ${id}`, level: 'gateway', name, href: `/gateways/${id}`, siteName };
  }
  if (place.agent !== null) {
    const { id, name } = place.agent;
    return { key: `agent ${id}`, level: 'agent', name: t('agentNamed', { name }), href: `/agents/${id}`, siteName };
  }
  if (place.site !== null) {
    const { id, name } = place.site;
    return { key: `site ${id}`, level: 'site', name, href: `/sites/${id}`, siteName: null };
  }
  return { key: 'elsewhere', level: 'elsewhere', name: t('severalSites'), href: null, siteName: null };
}

/** What is wrong with a group's ports, most frequent first: "24 × Line not registered". */
export function portSummary(ports: readonly Alert[]): { title: string; n: number }[] {
  const counts = new Map<string, number>();
  for (const { title } of ports) counts.set(title, (counts.get(title) ?? 0) + 1);
  return [...counts].map(([title, n]) => ({ title, n })).sort((a, b) => b.n - a.n || byName.compare(a.title, b.title));
}
