'use client';

import { endpoints, type Site } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { call } from '../../lib/api/browser.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useToast } from '../../ui/toast.tsx';
import { t } from '../../messages/sites.ts';

/** Asks before a site is deleted; one where something still works is not, and the answer says what. */
export function DeleteSiteDialog(props: { site: Site; open: boolean; onOpenChange: (open: boolean) => void }) {
  const { site } = props;
  const client = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const remove = useMutation({
    mutationFn: () => call(endpoints.deleteSite, { params: { siteId: site.id } }),
    onSuccess: async () => {
      router.push(`/customers/${site.customer.id}`);
      toast(t('wasDeleted', { name: site.name }));
      await client.invalidateQueries({ queryKey: ['listSites'] });
    },
  });
  return (
    <ConfirmDialog
      danger
      open={props.open}
      onOpenChange={props.onOpenChange}
      title={t('delete', { name: site.name })}
      yes={t('deleteTheSite')}
      no={t('keepTheSite')}
      mutation={remove}
    >
      <p>{t('siteDeletedGatewaysRetired')}</p>
    </ConfirmDialog>
  );
}
