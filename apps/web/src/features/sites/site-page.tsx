'use client';

import type { Site } from '@loopstart/contracts';
import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { useNow } from '../../lib/clock/now.tsx';
import { clockTime, zoneLabel } from '../../lib/format/time.ts';
import { SEVERITY_WORDS } from '../../lib/words/port.ts';
import { Absent } from '../../ui/absent.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { CountsBar, CountsLegend } from '../../ui/counts-bar.tsx';
import { Facts } from '../../ui/facts.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { DetailPageSkeleton } from '../../ui/page-skeleton.tsx';
import { Section } from '../../ui/section.tsx';
import { SeverityLabel } from '../../ui/severity-label.tsx';
import { Failure } from '../../ui/state-panel.tsx';
import { SubjectIncidents } from '../alerts/index.ts';
import { AuditLink } from '../audit/index.ts';
import { EventList } from '../events/index.ts';
import { SiteGateways } from '../gateways/index.ts';
import { useRefusal } from '../session/index.ts';
import { DeleteSiteDialog } from './delete-site.tsx';
import { siteQuery } from './queries.ts';
import { SiteAgents } from './site-agents.tsx';
import { SiteDialog } from './site-dialog.tsx';
import { EditTagsButton } from './tags/tags-dialog.tsx';
import { SiteTags } from './tags/site-tags.tsx';
import { t } from '../../messages/sites.ts';
import { t as common } from '../../messages/common.ts';

export function SitePage({ siteId }: { siteId: string }) {
  const { data: site, error, refetch } = useQuery(siteQuery(siteId));
  const refusal = useRefusal('sites.write');
  const [editing, setEditing] = useState(false);
  const deleteRefusal = useRefusal('sites.delete');
  const enrolRefusal = useRefusal('agents.enrol');
  const [deleting, setDeleting] = useState(false);
  if (site === undefined)
    return error === null ? <DetailPageSkeleton what={t('theSite')} /> : <Failure error={error} retry={refetch} />;
  const blind = site.agentCount > 0 && site.agentsOnline === 0;
  return (
    <>
      <PageHeader
        crumbs={[
          { href: '/customers', label: common('customers') },
          { href: `/customers/${site.customer.id}`, label: site.customer.name },
        ]}
        title={site.name}
        state={<SeverityLabel severity={site.worst}>{SEVERITY_WORDS[site.worst]}</SeverityLabel>}
        description={site.address === '' ? undefined : site.address}
        actions={
          <>
            <AuditLink subjectId={site.id} />
            <Button
              disabledReason={refusal}
              onClick={() => setEditing(true)}
              icon={<Pencil aria-hidden="true" className="size-4" />}
            >
              {common('edit')}
            </Button>
            <Button
              look="quiet"
              disabledReason={deleteRefusal}
              onClick={() => setDeleting(true)}
              icon={<Trash2 aria-hidden="true" className="size-4" />}
            >
              {t('delete2')}
            </Button>
            {enrolRefusal === null && (
              <ButtonLink
                href={`/agents/add?siteId=${site.id}`}
                look={site.agentCount === 0 ? 'primary' : 'plain'}
                icon={<Plus aria-hidden="true" className="size-4" />}
              >
                {t('addAnAgent')}
              </ButtonLink>
            )}
          </>
        }
      />
      <SubjectIncidents siteId={site.id} />
      {blind && (
        <Banner tone="unknown" title={t('noContactSite')}>
          {t('agentSilentPageShows', { agentCount: site.agentCount })}
        </Banner>
      )}
      <div className="grid gap-4 lg:grid-cols-3">
        <Section title={common('ports')} className={blind ? 'stale-hatch' : ''}>
          <div className="flex flex-col gap-3 pt-1">
            <CountsBar counts={site.ports} tall />
            <CountsLegend counts={site.ports} of={{ siteId: site.id }} />
            {site.ports.total === 0 && <p className="text-sm text-ink-2">{t('noGatewaysSiteYet')}</p>}
          </div>
        </Section>
        <Section title={t('location')} actions={<EditTagsButton site={site} />}>
          <Place site={site} />
        </Section>
        <Section title={common('agents')}>
          <SiteAgents siteId={site.id} timeZone={site.timeZone} />
        </Section>
      </div>
      <SiteGateways siteId={site.id} agentCount={site.agentCount} />
      <Section title={common('events')} flush>
        <EventList scope={{ siteId: site.id }} place="site" />
      </Section>
      <DeleteSiteDialog site={site} open={deleting} onOpenChange={setDeleting} />
      <SiteDialog site={site} open={editing} onOpenChange={setEditing} />
    </>
  );
}

function Place({ site }: { site: Site }) {
  const nowMs = useNow(60_000);
  const coordinates =
    site.latitude === null || site.longitude === null ? (
      <Absent why={t('notEntered')} spelled />
    ) : (
      `${site.latitude.toFixed(4)}, ${site.longitude.toFixed(4)}`
    );
  return (
    <Facts
      columns={1}
      items={[
        [
          t('emergencyLocation'),
          site.emergencyLocation === '' ? (
            <Absent key="emergency" why={t('notEntered')} spelled />
          ) : (
            site.emergencyLocation
          ),
        ],
        [
          t('localTime'),
          <time key="time" suppressHydrationWarning>
            {clockTime(nowMs, site.timeZone)} {zoneLabel(nowMs, site.timeZone)} ({site.timeZone})
          </time>,
        ],
        [t('position'), coordinates],
        [t('tags'), <SiteTags key="tags" tags={site.tags} />],
      ]}
    />
  );
}
