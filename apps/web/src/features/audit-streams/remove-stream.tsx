'use client';

import { type AuditStream, endpoints } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api/browser.ts';
import { t } from '../../messages/audit-streams.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useToast } from '../../ui/toast.tsx';
import { streamsQuery } from './queries.ts';

/** Asks before a stream is deleted. */
export function RemoveStream({ stream, onClose }: { stream: AuditStream; onClose: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const { name } = stream;
  const mutation = useMutation({
    mutationFn: async () => {
      await call(endpoints.deleteAuditStream, { params: { streamId: stream.id } });
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: streamsQuery().queryKey });
      toast(t('removed', { name }));
      onClose();
    },
  });
  return (
    <ConfirmDialog
      open
      danger
      onOpenChange={(open) => !open && onClose()}
      title={t('removeTitle', { name })}
      yes={t('remove')}
      no={t('keep')}
      mutation={mutation}
    >
      <p>{t('removeWords')}</p>
    </ConfirmDialog>
  );
}
