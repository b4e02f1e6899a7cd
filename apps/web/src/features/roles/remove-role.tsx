'use client';

import { endpoints, type RoleView } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api/browser.ts';
import { t } from '../../messages/roles.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useToast } from '../../ui/toast.tsx';
import { rolesQuery } from './queries.ts';

/** Asks before a role of one's own is deleted. */
export function RemoveRole({ role, onClose }: { role: RoleView; onClose: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const { title } = role;
  const mutation = useMutation({
    mutationFn: async () => {
      await call(endpoints.deleteRole, { params: { roleId: role.id } });
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: rolesQuery().queryKey });
      toast(t('removed', { title }));
      onClose();
    },
  });
  return (
    <ConfirmDialog
      open
      danger
      onOpenChange={(open) => !open && onClose()}
      title={t('removeTitle', { title })}
      yes={t('remove')}
      mutation={mutation}
    >
      <p>{t('removeWords')}</p>
    </ConfirmDialog>
  );
}
