'use client';

import { type ConfigEdit, type ConfigEntry, DialPlanText } from '@loopstart/contracts';
import { Hash, Plus } from 'lucide-react';
import { useState } from 'react';
import { useQuery } from '../../../lib/api/use-query.ts';
import { t } from '../../../messages/dial-plans.ts';
import { t as configuration } from '../../../messages/configuration.ts';
import { Button } from '../../../ui/button.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Section } from '../../../ui/section.tsx';
import { Bone, Loading } from '../../../ui/skeleton.tsx';
import { Empty, Failure } from '../../../ui/state-panel.tsx';
import { type Column, DataTable } from '../../../ui/table/data-table.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { useRefusal } from '../../session/index.ts';
import { useDraft } from '../draft/use-draft.ts';
import { entriesQuery, recentEditsQuery } from '../queries.ts';
import { PlanDialog } from './plan-dialog.tsx';
import { planRows, type PlanRow } from './plan-rows.ts';
import { Simulator } from './simulator.tsx';

const OPERATOR = { layer: 'operator' } as const;
const NO_EDITS: readonly ConfigEdit[] = [];
const NO_ENTRIES: readonly ConfigEntry[] = [];

/** Configuration → Dial plans: the plans of the organisation, and what each does with what is dialled. */
export function DialPlansPage() {
  const entries = useQuery(entriesQuery(OPERATOR));
  const { draft } = useDraft();
  const edits = useQuery({ ...recentEditsQuery(draft?.id ?? ''), enabled: draft !== null });
  const refusal = useRefusal('configuration.write');
  const [editing, setEditing] = useState<{ row: PlanRow | null } | null>(null);
  const rows = planRows(entries.data?.items ?? NO_ENTRIES, draft === null ? NO_EDITS : (edits.data?.items ?? NO_EDITS));
  const add = (
    <Button
      look="primary"
      disabledReason={refusal}
      onClick={() => setEditing({ row: null })}
      icon={<Plus aria-hidden="true" className="size-4" />}
    >
      {t('add')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('title')} description={t('about')} actions={rows.length > 0 && add} />
      <Section title={t('title')} flush>
        {entries.data === undefined ? (
          entries.error === null ? (
            <Loading what={t('lower')} className="p-4">
              <Bone className="h-24 w-full" />
            </Loading>
          ) : (
            <Failure error={entries.error} retry={entries.refetch} />
          )
        ) : rows.length === 0 ? (
          <Empty icon={<Hash />} title={t('none')} action={add}>
            {t('noneAbout')}
          </Empty>
        ) : (
          <DataTable
            caption={t('title')}
            columns={columns(refusal, (row) => setEditing({ row }))}
            rows={rows}
            rowKey={({ name }) => name}
          />
        )}
      </Section>
      {rows.length > 0 && <Simulator rows={rows} />}
      {editing !== null && <PlanDialog row={editing.row} onClose={() => setEditing(null)} />}
    </>
  );
}

const columns = (refusal: string | null, edit: (row: PlanRow) => void): Column<PlanRow>[] => [
  {
    id: 'name',
    header: t('name'),
    rowHeader: true,
    card: 'title',
    cell: ({ name, edit: pending }) => (
      <span className="flex flex-wrap items-center gap-2">
        {name}
        {pending !== null && <Tag tone="accent">{configuration('inDraft')}</Tag>}
      </span>
    ),
  },
  {
    id: 'rules',
    header: t('rules'),
    cell: ({ value }) => {
      const plan = DialPlanText.safeParse(value);
      return plan.success ? t('countRules', { count: plan.data.rules.length }) : t('unreadable');
    },
  },
  {
    id: 'actions',
    header: configuration('actions'),
    card: 'line',
    cell: (row) => (
      <Button size="sm" disabledReason={refusal} onClick={() => edit(row)}>
        {configuration('edit')}
      </Button>
    ),
  },
];
