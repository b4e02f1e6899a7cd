'use client';

import { endpoints } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { Plus, SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { call } from '../../../lib/api/browser.ts';
import { useQuery } from '../../../lib/api/use-query.ts';
import { useFilters } from '../../../lib/url/use-filters.ts';
import { t as csv } from '../../../messages/configuration-csv.ts';
import { t } from '../../../messages/configuration.ts';
import { Button } from '../../../ui/button.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Section } from '../../../ui/section.tsx';
import { Bone, Loading } from '../../../ui/skeleton.tsx';
import { Empty, Failure } from '../../../ui/state-panel.tsx';
import { DataTable } from '../../../ui/table/data-table.tsx';
import { useRefusal } from '../../session/index.ts';
import { CsvDialog } from '../csv/csv-dialog.tsx';
import { useEdit } from '../draft/use-edit.ts';
import { PlaceFilters, placeOf, type Place } from '../place/place.ts';
import { PlacePicker } from '../place/place-picker.tsx';
import { entriesQuery, recentEditsQuery } from '../queries.ts';
import { groupLabel, groupOf } from '../setting/setting-words.ts';
import { entryColumns } from './entry-columns.tsx';
import { EntryDialog } from './entry-dialog.tsx';
import { type EntryRow, rowsOf } from './rows.ts';

/** Configuration → Settings: what is set at one place, and what the draft changes there. */
export function EntriesPage() {
  const { filters, set } = useFilters(PlaceFilters);
  const place = placeOf(filters);
  const refusal = useRefusal('configuration.write');
  const [importing, setImporting] = useState(false);
  return (
    <>
      <PageHeader
        title={t('settings')}
        description={t('settingsAbout')}
        actions={
          <Button disabledReason={refusal} onClick={() => setImporting(true)}>
            {csv('title')}
          </Button>
        }
      />
      {importing && <CsvDialog onClose={() => setImporting(false)} />}
      <PlacePicker parts={filters} onChange={set} />
      {place === null ? (
        <div className="rounded-lg border border-line bg-surface">
          <Empty icon={<SlidersHorizontal />} title={t('choosePlace')}>
            {t('choosePlaceAbout')}
          </Empty>
        </div>
      ) : (
        <Entries key={JSON.stringify(place)} place={place} />
      )}
    </>
  );
}

type Doing = { row: EntryRow | null } | null;

function Entries({ place }: { place: Place }) {
  const entries = useQuery(entriesQuery(place));
  const { draft, edit } = useEdit();
  const edits = useQuery({ ...recentEditsQuery(draft?.id ?? ''), enabled: draft !== null });
  const refusal = useRefusal('configuration.write');
  const client = useQueryClient();
  const [doing, setDoing] = useState<Doing>(null);
  if (entries.data === undefined) {
    if (entries.error !== null) return <Failure error={entries.error} retry={entries.refetch} />;
    return (
      <Loading what={t('settingsLower')}>
        <Bone className="h-64 w-full" />
      </Loading>
    );
  }
  const rows = rowsOf(place, entries.data.items, draft === null ? [] : (edits.data?.items ?? []));
  const reset = async (row: EntryRow) => {
    if (row.edit !== null && draft !== null) {
      await call(endpoints.removeConfigEdit, { params: { draftId: draft.id, editId: row.edit.id } });
      return client.invalidateQueries();
    }
    const { field: name, deviceClass, entry } = row;
    const one = { place, kind: 'setting', name, deviceClass, action: 'reset', isSealed: false } as const;
    return edit([{ ...one, sees: entry?.id ?? null }], t('newDraftName'));
  };
  const acts = { refusal, edit: (row: EntryRow) => setDoing({ row }), reset: (row: EntryRow) => void reset(row) };
  const add = (
    <Button
      look="primary"
      disabledReason={refusal}
      onClick={() => setDoing({ row: null })}
      icon={<Plus aria-hidden="true" className="size-4" />}
    >
      {t('addSetting')}
    </Button>
  );
  return (
    <>
      {rows.length === 0 ? (
        <div className="rounded-lg border border-line bg-surface">
          <Empty icon={<SlidersHorizontal />} title={t('nothingSet')} action={add}>
            {t('nothingSetAbout')}
          </Empty>
        </div>
      ) : (
        <>
          <div>{add}</div>
          {[...Map.groupBy(rows, ({ field }) => groupOf(field))].map(([group, ofGroup]) => (
            <Section key={group} title={groupLabel(group)} flush>
              <DataTable
                caption={groupLabel(group)}
                columns={entryColumns(acts)}
                rows={ofGroup}
                rowKey={({ field, deviceClass }) => `${field} ${deviceClass ?? ''}`}
              />
            </Section>
          ))}
        </>
      )}
      {doing !== null && <EntryDialog place={place} row={doing.row} rows={rows} onClose={() => setDoing(null)} />}
    </>
  );
}
