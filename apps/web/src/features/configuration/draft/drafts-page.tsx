'use client';

import { type ConfigDraft, endpoints } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { PencilLine } from 'lucide-react';
import Link from 'next/link';
import { call } from '../../../lib/api/browser.ts';
import { useInfiniteQuery, useQuery } from '../../../lib/api/use-query.ts';
import { tell } from '../../../lib/errors/sentences.ts';
import { t } from '../../../messages/configuration.ts';
import { CheckField } from '../../../ui/check-field.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Section } from '../../../ui/section.tsx';
import { Empty, FailureNote } from '../../../ui/state-panel.tsx';
import type { Column } from '../../../ui/table/data-table.tsx';
import { ListTable } from '../../../ui/table/list-table.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { useRefusal } from '../../session/index.ts';
import { configPolicyQuery, draftsQuery } from '../queries.ts';

const COLUMNS: Column<ConfigDraft>[] = [
  {
    id: 'name',
    header: t('draft'),
    rowHeader: true,
    card: 'title',
    cell: ({ id, name }) => (
      <Link href={`/configuration/drafts/${id}`} className="font-medium underline-offset-2 hover:underline">
        {name}
      </Link>
    ),
  },
  {
    id: 'state',
    header: t('state'),
    cell: ({ state, revision }) => (
      <span className="flex flex-wrap gap-1.5">
        <Tag tone={state === 'open' ? 'accent' : 'plain'}>{t.group('draftStates')[state]}</Tag>
        {revision !== null && (
          <Link href={`/configuration/revisions/${revision}`} className="text-sm underline underline-offset-2">
            {t('revisionN', { number: revision })}
          </Link>
        )}
      </span>
    ),
  },
  {
    id: 'edits',
    header: t('edits'),
    cell: ({ edits, editors }) => t('draftEdits', { count: edits, editors: editors.join(', ') }),
  },
  { id: 'changed', header: t('changed'), cell: ({ changedAt }) => <Moment at={changedAt} siteZone={null} /> },
];

/** Configuration → Drafts: what is being prepared, by whom, and whether another person has to publish it. */
export function DraftsPage() {
  const list = useInfiniteQuery(draftsQuery());
  return (
    <>
      <PageHeader title={t('drafts')} description={t('draftsAbout')} />
      <FourEyes />
      <Section title={t('drafts')} flush>
        <ListTable
          list={list}
          what={t('draftsLower')}
          caption={t('drafts')}
          columns={COLUMNS}
          rowKey={({ id }) => id}
          empty={
            <Empty icon={<PencilLine />} title={t('noDrafts')}>
              {t('noDraftsAbout')}
            </Empty>
          }
        />
      </Section>
    </>
  );
}

function FourEyes() {
  const policy = useQuery(configPolicyQuery());
  const refusal = useRefusal('configuration.override');
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (needsOtherPerson: boolean) => call(endpoints.setConfigPolicy, { body: { needsOtherPerson } }),
    onSuccess: () => client.invalidateQueries(),
  });
  if (policy.data === undefined) return null;
  const { needsOtherPerson } = policy.data;
  return (
    <Section title={t('fourEyes')}>
      {change.error !== null && <FailureNote told={tell(change.error)} />}
      {refusal === null ? (
        <CheckField checked={needsOtherPerson} label={t('needsOtherPerson')} onChange={(next) => change.mutate(next)} />
      ) : (
        <p className="text-sm text-ink-2">{needsOtherPerson ? t('needsOtherPerson') : t('anyoneMayPublish')}</p>
      )}
    </Section>
  );
}
