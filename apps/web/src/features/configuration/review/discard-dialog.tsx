'use client';

import { type ConfigDraft, endpoints } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { call } from '../../../lib/api/browser.ts';
import { t } from '../../../messages/configuration.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';

/** Asks before the edits of several people are discarded. */
export function DiscardDialog({ draft, onClose }: { draft: ConfigDraft; onClose: () => void }) {
  const router = useRouter();
  const client = useQueryClient();
  const mutation = useMutation({
    mutationFn: async () => void (await call(endpoints.discardConfigDraft, { params: { draftId: draft.id } })),
    onSuccess: async () => {
      await client.invalidateQueries();
      router.push('/configuration/drafts');
    },
  });
  return (
    <ConfirmDialog
      open
      danger
      onOpenChange={onClose}
      title={t('discardTitle', { draft: draft.name })}
      yes={t('discard')}
      mutation={mutation}
    >
      <p>{t('discardAbout', { count: draft.edits, editors: draft.editors.join(', ') })}</p>
    </ConfirmDialog>
  );
}
