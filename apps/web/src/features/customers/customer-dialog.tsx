'use client';

import { type Customer, CustomerInput, endpoints } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useId } from 'react';
import { call } from '../../lib/api/browser.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { AreaField, TextField } from '../../ui/field.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { t } from '../../messages/customers.ts';
import { t as common } from '../../messages/common.ts';

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Edited; without it a new customer is made. */
  customer?: Customer;
  /** A new one is made where one is; its page is not gone to. */
  stay?: boolean;
}

/** Adds or changes a customer. Mounted only while open, so that it begins with what is true now. */
export function CustomerDialog(props: Props) {
  return props.open ? <OpenDialog {...props} /> : null;
}

function OpenDialog({ open, onOpenChange, customer, stay }: Props) {
  const id = useId();
  const router = useRouter();
  const client = useQueryClient();
  const toast = useToast();
  const form = useSubmit(CustomerInput, async (body) => {
    const saved =
      customer === undefined
        ? await call(endpoints.createCustomer, { body })
        : await call(endpoints.updateCustomer, { params: { customerId: customer.id }, body });
    await client.invalidateQueries();
    onOpenChange(false);
    if (customer !== undefined) toast(t('wasChanged', { name: saved.name }));
    else if (stay === true) toast(t('wasAdded', { name: saved.name }));
    else router.push(`/customers/${saved.id}`);
  });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={customer === undefined ? t('addACustomer') : t('change', { name: customer.name })}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{common('cancel')}</Button>
          <Button look="primary" type="submit" form={id} pending={form.pending}>
            {customer === undefined ? t('addCustomer') : common('save')}
          </Button>
        </>
      }
    >
      <form
        id={id}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void form.submit(Object.fromEntries(new FormData(event.currentTarget)));
        }}
      >
        <TextField
          label={common('name')}
          name="name"
          defaultValue={customer?.name ?? ''}
          error={form.errors.name}
          maxLength={120}
        />
        <AreaField
          label={t('notes')}
          name="notes"
          optional
          hint={t('whatColleagueShouldKnow')}
          defaultValue={customer?.notes ?? ''}
          error={form.errors.notes}
        />
        {form.failure !== null && <FailureNote told={form.failure} />}
      </form>
    </Dialog>
  );
}
