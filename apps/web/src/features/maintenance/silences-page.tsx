'use client';

import { endpoints, type Silence } from '@loopstart/contracts';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { BellOff, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
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
import { useRoleRefusal } from '../session/index.ts';
import { SilenceFilters } from './filters.schema.ts';
import { silencesQuery } from './queries.ts';
import { silenceColumns } from './silence-columns.tsx';
import { SilenceDialog } from './silence-dialog.tsx';
import { WINDOW_STATE_WORDS } from './window-state.tsx';

export function SilencesPage() {
  const { filters, set } = useFilters(SilenceFilters);
  const list = useInfiniteQuery(silencesQuery(filters.state));
  const refusal = useRoleRefusal('technician');
  const [adding, setAdding] = useState(false);
  const [ended, setEnded] = useState<Silence | null>(null);
  const columns = useMemo(() => silenceColumns({ end: setEnded, refusal }), [refusal]);
  return (
    <>
      <PageHeader
        title="Silences"
        description="What nobody is told of for a while, why, and until when. Every silence ends by itself."
        actions={
          <Button
            look="primary"
            disabledReason={refusal}
            onClick={() => setAdding(true)}
            icon={<Plus aria-hidden="true" className="size-4" />}
          >
            Add a silence
          </Button>
        }
      />
      <Section
        title="All silences"
        flush
        actions={
          <FilterChoice
            label="State"
            value={filters.state}
            options={WINDOW_STATE_WORDS}
            onChange={(state) => set({ state })}
          />
        }
      >
        <ListTable
          list={list}
          what="silences"
          caption="Silences with their reason and end"
          columns={columns}
          rowKey={(row) => row.id}
          empty={
            filters.state === undefined ? (
              <Empty icon={<BellOff />} title="Nothing is silenced">
                A silence is for what is known and will take a while. For planned work, plan maintenance instead.
              </Empty>
            ) : (
              <Empty
                title="No silence is so"
                action={<Button onClick={() => set({ state: undefined })}>Show all</Button>}
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
      toast('The silence has ended.');
    },
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title="End this silence now?"
      yes="End it now"
      no="Keep it"
      mutation={end}
    >
      <p>What is open about {silence.scopeName} and was not told because of it is told from then on.</p>
    </ConfirmDialog>
  );
}
