'use client';

import { endpoints, type Site } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { call } from '../../lib/api/browser.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useToast } from '../../ui/toast.tsx';

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
      toast(`${site.name} was deleted.`);
      await client.invalidateQueries({ queryKey: ['listSites'] });
    },
  });
  return (
    <ConfirmDialog
      danger
      open={props.open}
      onOpenChange={props.onOpenChange}
      title={`Delete ${site.name}?`}
      yes="Delete it"
      no="Keep it"
      mutation={remove}
    >
      <p>
        It is deleted only when its gateways are retired and its agents revoked. Past incidents and the history of its
        gateways are kept.
      </p>
    </ConfirmDialog>
  );
}
