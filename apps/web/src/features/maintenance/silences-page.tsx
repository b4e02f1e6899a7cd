'use client';

import { endpoints, type Silence } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { BellOff, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Grid } from '../../ui/grid/grid.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Empty } from '../../ui/state-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useRefusal } from '../session/index.ts';
import { silenceActs } from './silence-columns.tsx';
import { SilenceDialog } from './silence-dialog.tsx';
import { SILENCES } from './silence-list.ts';
import { SilencePanel } from './silence-panel.tsx';
import { t } from '../../messages/maintenance.ts';

export function SilencesPage() {
  const refusal = useRefusal('silences.write');
  const [adding, setAdding] = useState(false);
  const [ended, setEnded] = useState<Silence | null>(null);
  const list = useMemo(
    () => ({ ...SILENCES, columns: [...SILENCES.columns, silenceActs({ end: setEnded, refusal })] }),
    [refusal],
  );
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
      <Grid
        list={list}
        renderPanel={(silence) => <SilencePanel silence={silence} />}
        empty={
          <Empty icon={<BellOff />} title={t('noSilences')}>
            {t('useSilenceKnownProblem')}
          </Empty>
        }
      />
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
