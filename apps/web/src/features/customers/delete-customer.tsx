'use client';

import { type Customer, endpoints } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { call } from '../../lib/api/browser.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useToast } from '../../ui/toast.tsx';
import { t } from '../../messages/customers.ts';

/** Asks before a customer is deleted; one with sites is not, and the answer says so. */
export function DeleteCustomerDialog(props: {
  customer: Customer;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const { customer } = props;
  const client = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const remove = useMutation({
    mutationFn: () => call(endpoints.deleteCustomer, { params: { customerId: customer.id } }),
    onSuccess: async () => {
      router.push('/customers');
      toast(t('wasDeleted', { name: customer.name }));
      await client.invalidateQueries({ queryKey: ['listCustomers'] });
    },
  });
  return (
    <ConfirmDialog
      danger
      open={props.open}
      onOpenChange={props.onOpenChange}
      title={t('delete2', { name: customer.name })}
      yes={t('deleteTheCustomer')}
      no={t('keepTheCustomer')}
      mutation={remove}
    >
      <p>{t('onlyCustomerWithoutSites')}</p>
    </ConfirmDialog>
  );
}
