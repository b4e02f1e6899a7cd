'use client';

import type { Overview } from '@loopstart/contracts';
import { ChevronRight, CircleCheck } from 'lucide-react';
import Link from 'next/link';
import { useQuery } from '../../lib/api/use-query.ts';
import { query } from '../../lib/api/query.ts';
import { portsHref } from '../../lib/words/line-counts.ts';
import { Section } from '../../ui/section.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Empty, Failure } from '../../ui/state-panel.tsx';
import { ReturnsNotice } from '../agents/index.ts';
import { MonitoringBanner, ReachesNobodyBanner } from '../alerts/index.ts';
import { SetupChecklist } from '../setup/index.ts';
import { CauseList } from './cause-list.tsx';
import { FinePanel } from './fine-panel.tsx';
import { OverviewSkeleton } from './overview-skeleton.tsx';
import { WrongList } from './wrong-list.tsx';
import { fleetSentence, unexplainedTitle } from './wrong-words.ts';
import { t } from '../../messages/overview.ts';
import { t as common } from '../../messages/common.ts';

/** The first page: what is wrong, then how much is fine. */
export function OverviewPage() {
  const overview = useQuery(query('getOverview'));
  if (overview.data === undefined) {
    if (overview.error === null) return <OverviewSkeleton />;
    return (
      <>
        <PageHeader title={common('overview')} />
        <Section title={t('fleet')} flush>
          <Failure error={overview.error} retry={overview.refetch} />
        </Section>
      </>
    );
  }
  const { data } = overview;
  return (
    <>
      <PageHeader
        title={fleetSentence(data)}
        description={
          data.gateways.total === 0
            ? undefined
            : t('fleetSize', { lines: data.ports.total, gateways: data.gateways.total, sites: data.sites })
        }
      />
      <MonitoringBanner />
      <ReturnsNotice />
      <SetupChecklist fleet={data} otherwise={<ReachesNobodyBanner />} />
      {data.gateways.total > 0 && (
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="flex min-w-0 flex-col gap-4">
            <Section title={t('needsAttention')} note={data.causesTotal > 0 ? t('oneRowPerCause') : undefined} flush>
              {data.causes.length === 0 ? <NothingWrong fleet={data} /> : <CauseList causes={data.causes} />}
              {data.causesTotal > data.causes.length && (
                <p className="border-t border-line px-4 py-2 text-sm">
                  <Link href="/incidents" className="inline-flex min-h-6 items-center underline underline-offset-2">
                    {t('allIncident', { causesTotal: data.causesTotal })}
                  </Link>
                </p>
              )}
            </Section>
            <Unexplained unexplained={data.unexplained} />
          </div>
          <FinePanel overview={data} />
        </div>
      )}
    </>
  );
}

/** Nothing is claimed of lines that nobody sees. */
function NothingWrong({ fleet }: { fleet: Overview }) {
  const { unknown } = fleet.ports;
  return (
    <Empty icon={<CircleCheck />} title={t('noOpenIncidents')}>
      {unknown === 0 ? t('allMonitoredLinesCurrent') : t('stateLineUnknown', { unknown })}
    </Empty>
  );
}

/** What has no incident, folded: it is in maintenance, just noticed, or too small for one. */
function Unexplained({ unexplained }: { unexplained: Overview['unexplained'] }) {
  const { things, total, complete } = unexplained;
  if (total === 0) return null;
  return (
    <details className="group overflow-clip rounded-lg border border-line bg-surface">
      <summary className="flex min-h-11 cursor-pointer list-none flex-wrap items-center gap-x-2 px-4 py-2 [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden="true" className="size-4 text-ink-3 transition-transform group-open:rotate-90" />
        <span className="font-semibold">{unexplainedTitle(total, complete)}</span>
        <span className="text-sm text-ink-3">{t('justDetectedMaintenanceToo')}</span>
      </summary>
      <div className="border-t border-line">
        <WrongList things={things} />
        {(total > things.length || !complete) && (
          <p className="border-t border-line px-4 py-2 text-sm">
            <Link
              href={portsHref({ severity: 'not-working' })}
              className="inline-flex min-h-6 items-center underline underline-offset-2"
            >
              {t('allLinesNeedAttention')}
            </Link>
          </p>
        )}
      </div>
    </details>
  );
}
