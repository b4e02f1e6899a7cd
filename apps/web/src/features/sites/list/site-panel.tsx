import type { Site } from '@loopstart/contracts';
import Link from 'next/link';
import { count } from '../../../lib/format/number.ts';
import { SEVERITY_WORDS } from '../../../lib/words/port.ts';
import { t as common } from '../../../messages/common.ts';
import { t } from '../../../messages/sites.ts';
import { Absent } from '../../../ui/absent.tsx';
import { CountsBar, CountsLegend } from '../../../ui/counts-bar.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { SeverityLabel } from '../../../ui/severity-label.tsx';
import { SiteTags } from '../tags/site-tags.tsx';
import { agentsWords } from '../words.ts';

const entered = (text: string) => (text === '' ? <Absent spelled why={t('notEntered')} /> : text);

/** A site in short, beside the list. */
export function SitePanel({ site }: { site: Site }) {
  const agents = agentsWords(site);
  return (
    <div className="flex flex-col gap-4">
      <SeverityLabel severity={site.worst} className="text-base">
        {SEVERITY_WORDS[site.worst]}
      </SeverityLabel>
      <div className="flex flex-col gap-2">
        <CountsBar counts={site.ports} tall />
        <CountsLegend counts={site.ports} of={{ siteId: site.id }} />
        {site.ports.total === 0 && <p className="text-sm text-ink-2">{t('noGatewaysSiteYet')}</p>}
      </div>
      <Facts
        items={[
          [
            t('customer'),
            <Link key="customer" href={`/customers/${site.customer.id}`} className="hover:underline">
              {site.customer.name}
            </Link>,
          ],
          [
            common('gateways'),
            <Link key="gateways" href={`/gateways?siteId=${site.id}`} className="hover:underline">
              {count(site.gatewayCount)}
            </Link>,
          ],
          [
            common('agents'),
            <SeverityLabel key="agents" severity={agents.severity}>
              {agents.words}
            </SeverityLabel>,
          ],
          [common('timeZone'), site.timeZone],
          [t('tags'), <SiteTags key="tags" tags={site.tags} />],
          [t('address'), entered(site.address)],
          [t('emergencyLocation'), entered(site.emergencyLocation)],
        ]}
      />
    </div>
  );
}
