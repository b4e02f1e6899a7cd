'use client';

import { z } from 'zod';
import { useInfiniteQuery, useQuery } from '../../../lib/api/use-query.ts';
import { useFilters } from '../../../lib/url/use-filters.ts';
import { t } from '../../../messages/config-compare.ts';
import { t as common } from '../../../messages/common.ts';
import { t as configuration } from '../../../messages/configuration.ts';
import { ChoiceField } from '../../../ui/field.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Section } from '../../../ui/section.tsx';
import { Empty } from '../../../ui/state-panel.tsx';
import { chosenRevisionsQuery, revisionChangesQuery } from '../queries.ts';
import { EntryChanges } from '../revisions/entry-changes.tsx';

/** The two revisions, in the address of the page. */
const RevisionFilters = z.object({
  from: z.coerce.number().int().min(1).optional(),
  to: z.coerce.number().int().min(1).optional(),
});

/** Configuration → Revisions → Compare: what is different between two published states. */
export function CompareRevisionsPage() {
  const { filters, set } = useFilters(RevisionFilters);
  const revisions = useQuery(chosenRevisionsQuery()).data?.items ?? [];
  const to = filters.to ?? revisions[0]?.number;
  const from = filters.from ?? revisions[1]?.number;
  const field = (name: 'from' | 'to', value: number | undefined) => (
    <ChoiceField
      label={t(name)}
      name={name}
      value={value ?? ''}
      onChange={(event) => set({ [name]: event.target.value })}
    >
      {value === undefined && <option value="">{common('chooseOne')}</option>}
      {value !== undefined && !revisions.some(({ number }) => number === value) && (
        <option value={value}>{configuration('revisionN', { number: value })}</option>
      )}
      {revisions.map(({ number, name: title }) => (
        <option key={number} value={number}>
          {configuration('revisionNamed', { number, name: title })}
        </option>
      ))}
    </ChoiceField>
  );
  return (
    <>
      <PageHeader
        crumbs={[{ href: '/configuration/revisions', label: configuration('revisions') }]}
        title={t('revisions')}
        description={t('revisionsAbout')}
      />
      <div className="grid gap-3 sm:grid-cols-2">
        {field('from', from)}
        {field('to', to)}
      </div>
      <Section title={configuration('changes')} flush>
        {from === undefined || to === undefined ? (
          <Empty title={configuration('noRevisions')}>{configuration('noRevisionsAbout')}</Empty>
        ) : from === to ? (
          <Empty title={t('sameRevision')} />
        ) : (
          <Changes {...{ from, to }} />
        )}
      </Section>
    </>
  );
}

function Changes({ from, to }: { from: number; to: number }) {
  return <EntryChanges list={useInfiniteQuery(revisionChangesQuery(to, from))} />;
}
