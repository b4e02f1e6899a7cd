'use client';

import { endpoints, type Silence } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { BellOff, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useInfiniteQuery } from '../../lib/api/use-query.ts';
import { call } from '../../lib/api/browser.ts';
import { useFilters } from '../../lib/url/use-filters.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { FilterChoice } from '../../ui/field.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Section } from '../../ui/section.tsx';
import { Empty } from '../../ui/state-panel.tsx';
import { ListTable } from '../../ui/table/list-table.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useRefusal } from '../session/index.ts';
import { SilenceFilters } from './filters.schema.ts';
import { silencesQuery } from './queries.ts';
import { silenceColumns } from './silence-columns.tsx';
import { SilenceDialog } from './silence-dialog.tsx';
import { WINDOW_STATE_WORDS } from './window-state.tsx';
import { t } from '../../messages/maintenance.ts';
import { t as common } from '../../messages/common.ts';

export function SilencesPage() {
  const { filters, set } = useFilters(SilenceFilters);
  const list = useInfiniteQuery(silencesQuery(filters.state));
  const refusal = useRefusal('silences.write');
  const [adding, setAdding] = useState(false);
  const [ended, setEnded] = useState<Silence | null>(null);
  const columns = useMemo(() => silenceColumns({ end: setEnded, refusal }), [refusal]);
  return (
    <>
      <PageHeader
        title={t('silences')}
        description={t('whatNotNotifiedWhy')}
        actions={
          <Button
            look="primary"
            disabledReason={refusal}
            onClick={() => setAdding(true)}
            icon={<Plus aria-hidden="true" className="size-4" />}
          >
            {t('addASilence')}
          </Button>
        }
      />
      <Section
        title={t('allSilences')}
        flush
        actions={
          <FilterChoice
            label={common('state')}
            value={filters.state}
            options={WINDOW_STATE_WORDS}
            onChange={(state) => set({ state })}
          />
        }
      >
        <ListTable
          list={list}
          what={t('silences2')}
          caption={t('silencesTheirReasonEnd')}
          columns={columns}
          rowKey={(row) => row.id}
          empty={
            filters.state === undefined ? (
              <Empty icon={<BellOff />} title={t('noSilences')}>
                {t('useSilenceKnownProblem')}
              </Empty>
            ) : (
              <Empty
                title={t('noSilencesMatchFilters')}
                action={<Button onClick={() => set({ state: undefined })}>{t('showAll')}</Button>}
              />
            )
          }
        />
      </Section>
      <SilenceDialog open={adding} onOpenChange={setAdding} />
      {ended !== null && <EndDialog silence={ended} onClose={() => setEnded(null)} />}
    </>
  );
}

function EndDialog({ silence, onClose }: { silence: Silence; onClose: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const end = useMutation({
    mutationFn: () => call(endpoints.endSilence, { params: { silenceId: silence.id } }),
    onSuccess: async () => {
      await client.invalidateQueries();
      onClose();
      toast(t('silenceEnded'));
    },
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('endSilenceNow')}
      yes={t('endItNow')}
      no={t('keepIt')}
      mutation={end}
    >
      <p>{t('openProblemsSilenceSuppressed', { scopeName: silence.scopeName })}</p>
    </ConfirmDialog>
  );
}
