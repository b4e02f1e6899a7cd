'use client';

import { endpoints, type OperatorDeletion } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { call } from '../../lib/api/browser.ts';
import { tell } from '../../lib/errors/sentences.ts';
import { t } from '../../messages/provider.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Section } from '../../ui/section.tsx';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { Failure } from '../../ui/state-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useRefusal } from '../session/index.ts';
import { DeleteDialog } from './delete-dialog.tsx';
import { deletionQuery } from './queries.ts';

/** Takes everything of the organisation along, and takes it away. */
export function Leave() {
  const noExport = useRefusal('operator.export');
  const noDelete = useRefusal('operator.delete');
  return (
    <Section title={t('leave')}>
      <div className="flex flex-col gap-5">
        <div className="flex flex-col items-start gap-2">
          <p className="text-sm text-ink-2">{t('exportAbout')}</p>
          <Button
            disabledReason={noExport}
            onClick={() => window.location.assign(endpoints.exportOperator.path)}
            icon={<Download aria-hidden="true" className="size-4" />}
          >
            {t('exportAll')}
          </Button>
        </div>
        {noDelete === null ? (
          <Deletion />
        ) : (
          <div className="flex flex-col items-start gap-2">
            <p className="text-sm text-ink-2">{t('deleteAbout')}</p>
            <Button disabledReason={noDelete}>{t('deleteAll')}</Button>
          </div>
        )}
      </div>
    </Section>
  );
}

function Deletion() {
  const deletion = useQuery(deletionQuery());
  const [open, setOpen] = useState(false);
  if (deletion.data === undefined) {
    if (deletion.error !== null) return <Failure error={deletion.error} retry={deletion.refetch} />;
    return (
      <Loading what={t('usageLower')}>
        <Bone className="h-16 w-full" />
      </Loading>
    );
  }
  if (deletion.data.state !== 'none') return <Requested deletion={deletion.data} />;
  return (
    <div className="flex flex-col items-start gap-2">
      <p className="text-sm text-ink-2">{t('deleteAbout')}</p>
      <Button look="danger" onClick={() => setOpen(true)}>
        {t('deleteAll')}
      </Button>
      {open && <DeleteDialog deletion={deletion.data} onClose={() => setOpen(false)} />}
    </div>
  );
}

function Requested({ deletion: { dueAt, requestedBy, touched } }: { deletion: OperatorDeletion }) {
  const toast = useToast();
  const client = useQueryClient();
  const withdraw = useMutation({
    mutationFn: () => call(endpoints.withdrawOperatorDeletion),
    onSuccess: async () => {
      await client.invalidateQueries();
      toast(t('deletionWithdrawn'));
    },
    onError: (error) => toast(tell(error).sentence),
  });
  return (
    <div className="flex flex-col items-start gap-3">
      <Banner tone="critical" title={t('deletionRequested', { by: requestedBy ?? '' })}>
        {dueAt !== null && (
          <>
            {t('deletionDue')} <Moment at={dueAt} siteZone={null} />.{' '}
          </>
        )}
        {t('deletionMeans', touched)}
      </Banner>
      <Button pending={withdraw.isPending} onClick={() => withdraw.mutate()}>
        {t('withdrawDeletion')}
      </Button>
    </div>
  );
}
