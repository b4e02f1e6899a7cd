'use client';

import { useQuery } from '../../lib/api/use-query.ts';
import { t } from '../../messages/audit.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { DetailPageSkeleton } from '../../ui/page-skeleton.tsx';
import { Section } from '../../ui/section.tsx';
import { Failure } from '../../ui/state-panel.tsx';
import { ForReaders } from './audit-page.tsx';
import { EntryDetail } from './entry-detail.tsx';
import { entryQuery } from './queries.ts';
import { didWords } from './words.ts';

const CRUMBS = [{ href: '/settings/audit', label: t('audit') }];

/** One entry of the audit trail, as a page that can be sent to somebody. */
export function AuditEntryPage({ entryId }: { entryId: string }) {
  return (
    <ForReaders>
      <Entry entryId={entryId} />
    </ForReaders>
  );
}

function Entry({ entryId }: { entryId: string }) {
  const { data: entry, error, refetch } = useQuery(entryQuery(entryId));
  if (entry === undefined)
    return error === null ? <DetailPageSkeleton what={t('theEntry')} /> : <Failure error={error} retry={refetch} />;
  return (
    <>
      <PageHeader crumbs={CRUMBS} title={didWords(entry)} />
      <Section title={t('entry')}>
        <EntryDetail entry={entry} />
      </Section>
    </>
  );
}
