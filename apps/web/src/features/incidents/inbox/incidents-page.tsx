'use client';

import { endpoints } from '@loopstart/contracts';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Keyboard } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useAnnounce } from '../../../lib/announce/announcer.tsx';
import { call } from '../../../lib/api/browser.ts';
import { tell } from '../../../lib/errors/sentences.ts';
import { showShortcuts } from '../../../lib/shortcut-help.ts';
import { useFilters } from '../../../lib/url/use-filters.ts';
import { countsWords } from '../../../lib/words/incident.ts';
import { IconButton } from '../../../ui/button.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ListTable } from '../../../ui/table/list-table.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { HeldLink, MonitoringBanner, ReachesNobodyBanner, useIncidentCounts } from '../../alerts/index.ts';
import { useRefusal } from '../../session/index.ts';
import { IncidentFilters, incidentQuery } from '../filters.schema.ts';
import { incidentsQuery } from '../queries.ts';
import { BulkBar } from './bulk-bar.tsx';
import { bulkResult } from './bulk-words.ts';
import { INCIDENT_COLUMNS } from './columns.tsx';
import { ConfirmAll } from './confirm-all.tsx';
import { InboxEmpty } from './inbox-empty.tsx';
import { InboxFilters } from './inbox-filters.tsx';
import { NOTHING, type Selection, selectedCount, toggle, toggleShown } from './selection.ts';
import { SelectionContext } from './selection-context.tsx';
import { useInboxKeys } from './use-inbox-keys.ts';
import { t } from '../../../messages/incidents.ts';
import { t as common } from '../../../messages/common.ts';

const NO_FILTERS = Object.fromEntries(Object.keys(IncidentFilters.shape).map((name) => [name, undefined])) as Record<
  keyof IncidentFilters,
  undefined
>;

/** Everything that wants attention, most urgent first. */
export function IncidentsPage() {
  const { filters, set } = useFilters(IncidentFilters);
  const list = useInfiniteQuery(incidentsQuery(filters));
  const counts = useIncidentCounts();
  const refusal = useRefusal('incidents.acknowledge');
  const [selection, setSelection] = useState<Selection>(NOTHING);
  const [asksAll, setAsksAll] = useState(false);
  const { acknowledge, pending } = useAcknowledgeMany();

  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const total = list.data?.pages[0]?.total ?? 0;
  const shown = useMemo(() => rows.map((row) => row.id), [rows]);
  const selected = selectedCount(selection, shown, total);

  const finish = async (ask: Parameters<typeof acknowledge>[0]) => {
    if (await acknowledge(ask)) setSelection(NOTHING);
    setAsksAll(false);
  };
  const acknowledgeTicked = () => {
    if (selection.kind === 'all') setAsksAll(true);
    else void finish({ ids: shown.filter((id) => selection.ids.has(id)) });
  };

  const toast = useToast();
  useInboxKeys((command, id) => {
    if (refusal !== null) toast(t('notPossible'), refusal);
    else if (command === 'select' && id !== null) setSelection((old) => toggle(old, id, shown));
    else if (command === 'acknowledge' && selected > 0) acknowledgeTicked();
    else if (command === 'acknowledge' && id !== null) void finish({ ids: [id] });
  });

  const change = (next: Parameters<typeof set>[0]) => {
    setSelection(NOTHING);
    set(next);
  };
  const held = {
    selection,
    shown,
    refusal,
    toggle: (id: string) => setSelection((old) => toggle(old, id, shown)),
    toggleShown: () => setSelection((old) => toggleShown(old, shown)),
  };
  return (
    <>
      <PageHeader
        title={common('incidents')}
        description={counts === undefined ? t('incidentsNeedAttentionMost') : countsWords(counts)}
        actions={
          <>
            <HeldLink />
            <span className="max-sm:hidden">
              <IconButton
                label={t('keyboardShortcuts')}
                icon={<Keyboard aria-hidden="true" className="size-5" strokeWidth={1.75} />}
                onClick={showShortcuts}
              />
            </span>
          </>
        }
      />
      <MonitoringBanner />
      <ReachesNobodyBanner />
      <InboxFilters filters={filters} set={change} />
      <div className="overflow-clip rounded-lg border border-line bg-surface">
        <SelectionContext value={held}>
          <ListTable
            list={list}
            what={t('incidents')}
            caption={t('incidentsMostUrgentFirst')}
            columns={INCIDENT_COLUMNS}
            rowKey={(row) => row.id}
            empty={
              <InboxEmpty
                filtered={Object.values(filters).some((value) => value !== undefined)}
                onClear={() => change(NO_FILTERS)}
              />
            }
          />
        </SelectionContext>
      </div>
      {selected > 0 && (
        <BulkBar
          selected={selected}
          everything={selection.kind === 'all'}
          selectAll={
            selection.kind === 'some' && selected === shown.length && total > shown.length
              ? { total, onSelect: () => setSelection({ kind: 'all' }) }
              : null
          }
          pending={pending}
          onAcknowledge={acknowledgeTicked}
          onClear={() => setSelection(NOTHING)}
        />
      )}
      <ConfirmAll
        open={asksAll}
        total={total}
        pending={pending}
        onConfirm={() => void finish({ filter: incidentQuery(filters) })}
        onCancel={() => setAsksAll(false)}
      />
    </>
  );
}

type Many = { ids: string[] } | { filter: ReturnType<typeof incidentQuery> };

/** Acknowledges several and says what came of it. Resolves to whether the request went through. */
function useAcknowledgeMany() {
  const client = useQueryClient();
  const toast = useToast();
  const announce = useAnnounce();
  const [pending, setPending] = useState(false);
  const acknowledge = async (body: Many): Promise<boolean> => {
    setPending(true);
    try {
      const { title, rest } = bulkResult(await call(endpoints.acknowledgeIncidents, { body }));
      toast(title, rest);
      announce([title, rest].filter(Boolean).join('. '));
      await client.invalidateQueries({ predicate: ({ queryKey }) => AFFECTED.has(String(queryKey[0])) });
      return true;
    } catch (error) {
      const told = tell(error);
      toast(t('noIncidentAcknowledged'), [told.sentence, told.advice].filter(Boolean).join(' '));
      return false;
    } finally {
      setPending(false);
    }
  };
  return { acknowledge, pending };
}

const AFFECTED = new Set(['listIncidents', 'getIncident', 'getIncidentCounts']);
