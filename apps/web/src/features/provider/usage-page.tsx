'use client';

import type { endpoints } from '@loopstart/contracts';
import Link from 'next/link';
import type { z } from 'zod';
import { useQuery } from '../../lib/api/use-query.ts';
import { t } from '../../messages/provider.ts';
import { Banner } from '../../ui/banner.tsx';
import { Facts } from '../../ui/facts.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Section } from '../../ui/section.tsx';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { Failure } from '../../ui/state-panel.tsx';
import { type Column, DataTable } from '../../ui/table/data-table.tsx';
import { ForRight } from '../people/index.ts';
import { Used, UsedBytes } from './amounts.tsx';
import { Leave } from './leave.tsx';
import { usageQuery } from './queries.ts';

type Usage = z.infer<typeof endpoints.getUsage.response>;

/** Settings → Usage: what the organisation has, of which quotas. */
export function UsagePage() {
  return (
    <ForRight right="usage.read">
      <Page />
    </ForRight>
  );
}

const COLUMNS: readonly Column<Usage['gatewaysBeyond'][number]>[] = [
  {
    id: 'name',
    header: t('gateway'),
    rowHeader: true,
    card: 'title',
    cell: ({ id, name }) => (
      <Link className="font-medium text-accent hover:underline" href={`/gateways/${id}`}>
        {name}
      </Link>
    ),
  },
  { id: 'ports', header: t('lines'), cell: ({ ports }) => ports },
  { id: 'beyond', header: t('ofWhichBeyond'), cell: ({ beyond }) => beyond },
];

function Page() {
  const usage = useQuery(usageQuery());
  return (
    <>
      <PageHeader title={t('usage')} description={t('usageAbout')} />
      {usage.data === undefined ? (
        usage.error === null ? (
          <Loading what={t('usageLower')}>
            <Bone className="h-40 w-full" />
          </Loading>
        ) : (
          <Failure error={usage.error} retry={usage.refetch} />
        )
      ) : (
        <Figures usage={usage.data} />
      )}
      <Leave />
    </>
  );
}

function Figures({ usage: { usage, quotas, gatewaysBeyond } }: { usage: Usage }) {
  return (
    <>
      {gatewaysBeyond.length > 0 && (
        <Banner tone="minor" title={t('beyondTitle')}>
          {t('beyondAbout')}
        </Banner>
      )}
      <Section title={t('usage')}>
        <Facts
          columns={3}
          items={[
            [t('lines'), <Used key="lines" used={usage.ports} quota={quotas.ports} />],
            [t('agents'), <Used key="agents" used={usage.agents} quota={quotas.agents} />],
            [t('storage'), <UsedBytes key="storage" used={usage.storageBytes} quota={quotas.storageBytes} />],
          ]}
        />
        <p className="mt-3 text-sm text-ink-3">{t('storageAbout')}</p>
      </Section>
      {gatewaysBeyond.length > 0 && (
        <Section title={t('gatewaysBeyond')} flush>
          <DataTable caption={t('gatewaysBeyond')} columns={COLUMNS} rows={gatewaysBeyond} rowKey={({ id }) => id} />
        </Section>
      )}
    </>
  );
}
