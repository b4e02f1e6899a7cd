import type { ResponseOf } from '../../lib/api/query.ts';
import { ATTENTION_WORDS, placeLine } from '../../lib/words/incident.ts';
import { LINE_DEVICE_WORDS } from '../../lib/words/port.ts';
import { portTitle } from '../../lib/words/port-summary.ts';
import { vendorAndModel } from '../../lib/words/model.ts';
import { t } from '../../messages/shell.ts';
import { t as common } from '../../messages/common.ts';

export interface Found {
  id: string;
  href: string;
  title: string;
  where: string;
}
export interface FoundGroup {
  value: string;
  items: Found[];
}

interface Answers {
  ports?: ResponseOf<'listPorts'> | undefined;
  gateways?: ResponseOf<'listGateways'> | undefined;
  sites?: ResponseOf<'listSites'> | undefined;
  customers?: ResponseOf<'listCustomers'> | undefined;
  incidents?: ResponseOf<'listIncidents'> | undefined;
}

/** What was found, by kind, with where to go; a last line leads to all ports where there are more. */
export function foundGroups(text: string, answers: Answers): FoundGroup[] {
  const { ports, gateways, sites, customers, incidents } = answers;
  const groups: FoundGroup[] = [
    {
      value: common('ports'),
      items: (ports?.items ?? []).map((port) => ({
        id: `port ${port.gatewayId} ${port.position}`,
        href: `/gateways/${port.gatewayId}/ports/${port.position}`,
        title: port.number === null ? portTitle(port) : `${portTitle(port)} · ${port.number}`,
        where: t('portResult', {
          lineDeviceClass: LINE_DEVICE_WORDS[port.lineDeviceClass],
          position: port.position,
          gatewayName: port.gatewayName,
          siteName: port.siteName,
        }),
      })),
    },
    {
      value: common('gateways'),
      items: (gateways?.items ?? []).map((gateway) => ({
        id: `gateway ${gateway.id}`,
        href: `/gateways/${gateway.id}`,
        title: gateway.name,
        where: `${vendorAndModel(gateway)}, ${gateway.site.name}`,
      })),
    },
    {
      value: common('sites'),
      items: (sites?.items ?? []).map((site) => ({
        id: `site ${site.id}`,
        href: `/sites/${site.id}`,
        title: site.name,
        where: site.customer.name,
      })),
    },
    {
      value: common('customers'),
      items: (customers?.items ?? []).map((customer) => ({
        id: `customer ${customer.id}`,
        href: `/customers/${customer.id}`,
        title: customer.name,
        where: `${customer.siteCount} ${customer.siteCount === 1 ? 'site' : 'sites'}`,
      })),
    },
    {
      value: common('incidents'),
      items: (incidents?.items ?? []).map((incident) => ({
        id: `incident ${incident.id}`,
        href: `/incidents/${incident.id}`,
        title: `#${incident.number} ${incident.title}`,
        where: `${ATTENTION_WORDS[incident.attention]}, ${placeLine(incident.place)}`,
      })),
    },
  ];
  const more = (ports?.total ?? 0) - (ports?.items.length ?? 0);
  if (more > 0) {
    groups[0]!.items.push({
      id: 'all ports',
      href: `/ports?q=${encodeURIComponent(text)}`,
      title: t('allPortsMatch', { total: ports!.total }),
      where: t('asAList'),
    });
  }
  return groups.filter((group) => group.items.length > 0);
}
