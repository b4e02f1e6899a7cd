'use client';

import { useQuery } from '@tanstack/react-query';
import { CircleCheck, Server } from 'lucide-react';
import { query } from '../../lib/api/query.ts';
import { counted } from '../../lib/format/number.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Section } from '../../ui/section.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Empty, Failure } from '../../ui/state-panel.tsx';
import { OverviewIncidents } from '../alerts/index.ts';
import { FinePanel } from './fine-panel.tsx';
import { OverviewSkeleton } from './overview-skeleton.tsx';
import { WrongList } from './wrong-list.tsx';
import { fleetSentence } from './wrong-words.ts';

/** The first page: what is wrong, then how much is fine. */
export function OverviewPage() {
  const overview = useQuery(query('getOverview'));
  if (overview.data === undefined) {
    if (overview.error === null) return <OverviewSkeleton />;
    return (
      <>
        <PageHeader title="Overview" />
        <Section title="Fleet" flush>
          <Failure error={overview.error} retry={overview.refetch} />
        </Section>
      </>
    );
  }
  const { data } = overview;
  if (data.gateways.total === 0 && data.wrongTotal === 0) {
    return (
      <>
        <PageHeader title={fleetSentence(data)} />
        <Section title="First steps" flush>
          <Empty
            icon={<Server />}
            title="Nothing to watch yet"
            action={
              <ButtonLink href="/agents/add" look="primary">
                Add an agent
              </ButtonLink>
            }
          >
            Install an agent at a site; it finds the gateways there, and they appear here.
          </Empty>
        </Section>
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={fleetSentence(data)}
        description={`${counted(data.ports.total, 'line')} on ${counted(data.gateways.total, 'gateway')} at ${counted(data.sites, 'site')}`}
      />
      <OverviewIncidents />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <Section
          title="What is wrong"
          note={data.wrongTotal > 0 ? 'worst first, life-safety lines before others' : undefined}
          flush
        >
          {data.wrong.length === 0 ? (
            <Empty icon={<CircleCheck />} title="Nothing is wrong">
              Every line that can be read works.
            </Empty>
          ) : (
            <WrongList things={data.wrong} />
          )}
          {data.wrongTotal > data.wrong.length && (
            <p className="border-t border-line px-4 py-2 text-sm text-ink-3">
              The worst {data.wrong.length} of {data.wrongTotal}. The rest is under{' '}
              <a href="/ports?severity=minor" className="underline">
                Ports
              </a>
              .
            </p>
          )}
        </Section>
        <FinePanel overview={data} />
      </div>
    </>
  );
}
