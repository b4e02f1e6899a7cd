'use client';

import { endpoints, type Site, SiteInput } from '@loopstart/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useId } from 'react';
import { call } from '../../lib/api/browser.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { usePreferences } from '../../lib/preferences/preferences.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { AreaField, ChoiceField, TextField } from '../../ui/field.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { ZoneField } from '../../ui/zone-field.tsx';
import { customerNamesQuery } from './queries.ts';
import { checkSite, fieldsOf, siteInputOf } from './site-form.ts';

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Edited; without it a new site is made. */
  site?: Site;
  /** The customer of a new site, where it is known. */
  customerId?: string;
}

/** Adds or changes a site. Mounted only while open, so that it begins with what is true now. */
export function SiteDialog(props: Props) {
  return props.open ? <OpenDialog {...props} /> : null;
}

function OpenDialog({ open, onOpenChange, site, customerId }: Props) {
  const id = useId();
  const router = useRouter();
  const client = useQueryClient();
  const toast = useToast();
  const { myZone } = usePreferences();
  const fields = fieldsOf(site, customerId, myZone);
  const form = useSubmit(
    SiteInput,
    async (body) => {
      const { customerId: _owner, ...change } = body;
      const saved =
        site === undefined
          ? await call(endpoints.createSite, { body })
          : await call(endpoints.updateSite, { params: { siteId: site.id }, body: change });
      await client.invalidateQueries();
      onOpenChange(false);
      if (site === undefined) router.push(`/sites/${saved.id}`);
      else toast(`${saved.name} was changed.`);
    },
    checkSite,
  );
  const { errors } = form;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={site === undefined ? 'Add a site' : `Change ${site.name}`}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button look="primary" type="submit" form={id} pending={form.pending}>
            {site === undefined ? 'Add site' : 'Save'}
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
          const given = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>;
          void form.submit(siteInputOf({ ...fields, ...given }));
        }}
      >
        {site === undefined && customerId === undefined && <CustomerChoice error={errors.customerId} />}
        <TextField label="Name" name="name" defaultValue={fields.name} error={errors.name} maxLength={120} />
        <ZoneField name="timeZone" defaultValue={fields.timeZone} error={errors.timeZone} />
        <TextField label="Address" name="address" optional defaultValue={fields.address} error={errors.address} />
        <AreaField
          label="Emergency location"
          name="emergencyLocation"
          optional
          rows={2}
          hint="What an emergency centre needs to find the line: building, floor, room."
          defaultValue={fields.emergencyLocation}
          error={errors.emergencyLocation}
        />
        <div className="grid grid-cols-2 gap-4">
          <TextField
            label="Latitude"
            name="latitude"
            optional
            inputMode="decimal"
            placeholder="50.8195"
            defaultValue={fields.latitude}
            error={errors.latitude}
          />
          <TextField
            label="Longitude"
            name="longitude"
            optional
            inputMode="decimal"
            placeholder="-0.1340"
            defaultValue={fields.longitude}
            error={errors.longitude}
          />
        </div>
        {form.failure !== null && <FailureNote told={form.failure} />}
      </form>
    </Dialog>
  );
}

function CustomerChoice({ error }: { error: string | undefined }) {
  const customers = useQuery(customerNamesQuery());
  return (
    <ChoiceField label="Customer" name="customerId" defaultValue="" error={error}>
      <option value="">{customers.data === undefined ? 'Loading…' : 'Choose one'}</option>
      {customers.data?.items.map((customer) => (
        <option key={customer.id} value={customer.id}>
          {customer.name}
        </option>
      ))}
    </ChoiceField>
  );
}
