'use client';

import type { ConfigRevision } from '@loopstart/contracts';
import { GitCommitHorizontal } from 'lucide-react';
import Link from 'next/link';
import { useInfiniteQuery } from '../../../lib/api/use-query.ts';
import { t as compare } from '../../../messages/config-compare.ts';
import { t } from '../../../messages/configuration.ts';
import { ButtonLink } from '../../../ui/button.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Section } from '../../../ui/section.tsx';
import { Empty } from '../../../ui/state-panel.tsx';
import type { Column } from '../../../ui/table/data-table.tsx';
import { ListTable } from '../../../ui/table/list-table.tsx';
import { revisionsQuery } from '../queries.ts';

const COLUMNS: Column<ConfigRevision>[] = [
  {
    id: 'revision',
    header: t('revision'),
    rowHeader: true,
    card: 'title',
    cell: ({ number, name }) => (
      <Link href={`/configuration/revisions/${number}`} className="font-medium underline-offset-2 hover:underline">
        {t('revisionNamed', { number, name })}
      </Link>
    ),
  },
  { id: 'reason', header: t('reason'), cell: ({ reason }) => reason },
  { id: 'changes', header: t('changes'), cell: ({ changes }) => t('countChanges', { count: changes }) },
  {
    id: 'who',
    header: t('who'),
    cell: ({ publishedBy, publishedAt }) => (
      <span className="text-sm text-ink-2">
        {publishedBy} · <Moment at={publishedAt} siteZone={null} />
      </span>
    ),
  },
];

/** Configuration → Revisions: every published state of all settings. */
export function RevisionsPage() {
  const list = useInfiniteQuery(revisionsQuery());
  return (
    <>
      <PageHeader
        title={t('revisions')}
        description={t('revisionsAbout')}
        actions={<ButtonLink href="/configuration/revisions/compare">{compare('revisions')}</ButtonLink>}
      />
      <Section title={t('revisions')} flush>
        <ListTable
          list={list}
          what={t('revisionsLower')}
          caption={t('revisions')}
          columns={COLUMNS}
          rowKey={({ number }) => String(number)}
          empty={
            <Empty icon={<GitCommitHorizontal />} title={t('noRevisions')}>
              {t('noRevisionsAbout')}
            </Empty>
          }
        />
      </Section>
    </>
  );
}
