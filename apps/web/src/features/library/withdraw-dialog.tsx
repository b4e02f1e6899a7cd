'use client';

import { endpoints, type LibraryObject } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api/browser.ts';
import { t } from '../../messages/library.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useToast } from '../../ui/toast.tsx';
import { nameOf } from './content.ts';
import { usesWords } from './uses-words.ts';

/** Asks before an object is withdrawn, after showing how many use it and what becomes of that. */
export function WithdrawDialog({ published, onClose }: { published: LibraryObject; onClose: () => void }) {
  const { id, object, mode, operatorIds, uses } = published;
  const name = nameOf(object);
  const toast = useToast();
  const client = useQueryClient();
  const mutation = useMutation({
    mutationFn: () => call(endpoints.withdrawObject, { params: { objectId: id } }),
    onSuccess: async () => {
      await client.invalidateQueries();
      onClose();
      toast(t('withdrawn', { name }));
    },
  });
  return (
    <ConfirmDialog
      open
      danger
      onOpenChange={(open) => !open && onClose()}
      title={t('withdrawTitle', { name })}
      yes={t('withdraw')}
      mutation={mutation}
    >
      <p>
        {mode === 'locked'
          ? t('withdrawLocked', { count: uses.inForce })
          : t('withdrawShared', { count: operatorIds.length })}
      </p>
      {(mode === 'shared' || object.kind === 'role') && <p>{usesWords(published)}.</p>}
    </ConfirmDialog>
  );
}
