'use client';

import { endpoints, type Site, SiteInput } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useId, useRef, useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { call } from '../../lib/api/browser.ts';
import { tell } from '../../lib/errors/sentences.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { usePreferences } from '../../lib/preferences/preferences.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { AreaField, ChoiceField, TextField } from '../../ui/field.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { ZoneField } from '../../ui/zone-field.tsx';
import { useRefusal } from '../session/index.ts';
import { customerNamesQuery, customerSitesQuery } from './queries.ts';
import { checkSite, fieldsOf, likelyZone, siteInputOf } from './site-form.ts';
import { t } from '../../messages/sites.ts';
import { t as common } from '../../messages/common.ts';

/** Stands in the list of customers for one that is not there yet. */
const NEW_CUSTOMER = 'new';

const ZONE_HINTS = t.group('zoneHints');

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Edited; without it a new site is made. */
  site?: Site;
  /** The customer of a new site, where it is known. */
  customerId?: string;
  /** A new one is made where one is; its page is not gone to. */
  stay?: boolean;
  onAdded?: (site: Site) => void;
}

/** Adds or changes a site. Mounted only while open, so that it begins with what is true now. */
export function SiteDialog(props: Props) {
  return props.open ? <OpenDialog {...props} /> : null;
}

function OpenDialog({ open, onOpenChange, site, customerId, stay, onAdded }: Props) {
  const id = useId();
  const router = useRouter();
  const client = useQueryClient();
  const toast = useToast();
  const { myZone } = usePreferences();
  const fields = fieldsOf(site, customerId);
  const siblings = useQuery({
    ...customerSitesQuery(customerId ?? ''),
    enabled: site === undefined && customerId !== undefined,
  });
  const likely = site === undefined ? likelyZone(siblings.data?.items ?? [], myZone) : null;
  const [chosenZone, setZone] = useState<string | null>(site === undefined ? null : site.timeZone);
  const zone = chosenZone ?? likely?.zone ?? '';
  const form = useSubmit(
    SiteInput,
    async (body) => {
      const { customerId: _owner, tags: _tags, ...change } = body;
      const saved =
        site === undefined
          ? await call(endpoints.createSite, { body })
          : await call(endpoints.updateSite, { params: { siteId: site.id }, body: change });
      await client.invalidateQueries();
      onOpenChange(false);
      onAdded?.(saved);
      if (site !== undefined) toast(t('wasChanged', { name: saved.name }));
      else if (stay === true) toast(t('wasAdded', { name: saved.name }));
      else router.push(`/sites/${saved.id}`);
    },
    checkSite,
  );
  const { errors } = form;
  const mayTag = useRefusal('sites.tag') === null;
  const [newError, setNewError] = useState<string>();
  // Made once, however often the site itself has to be corrected.
  const made = useRef<{ name: string; id: string } | null>(null);
  const addCustomer = async (text: string, then: (id: string) => unknown) => {
    const name = text.trim();
    if (name === '') return setNewError(t('enterNameCustomer'));
    try {
      if (made.current?.name !== name) {
        const { id: newId } = await call(endpoints.createCustomer, { body: { name } });
        made.current = { name, id: newId };
      }
    } catch (error) {
      return setNewError(tell(error).sentence);
    }
    return then(made.current.id);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={site === undefined ? t('addASite') : t('change', { name: site.name })}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{common('cancel')}</Button>
          <Button look="primary" type="submit" form={id} pending={form.pending}>
            {site === undefined ? t('addSite') : common('save')}
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
          setNewError(undefined);
          if (given.customerId === NEW_CUSTOMER) {
            void addCustomer(given.newCustomer ?? '', (made) =>
              form.submit(siteInputOf({ ...fields, ...given, timeZone: zone, customerId: made })),
            );
            return;
          }
          void form.submit(siteInputOf({ ...fields, ...given, timeZone: zone }));
        }}
      >
        {site === undefined && customerId === undefined && (
          <CustomerChoice error={errors.customerId} newError={newError} />
        )}
        <TextField label={common('name')} name="name" defaultValue={fields.name} error={errors.name} maxLength={120} />
        <ZoneField
          name="timeZone"
          value={zone}
          onChange={setZone}
          error={errors.timeZone}
          hint={ZONE_HINTS[chosenZone === null && likely !== null ? likely.from : 'chosen']}
        />
        {site === undefined && mayTag && (
          <TextField
            label={t('tags')}
            name="tags"
            optional
            hint={t('tagsHint')}
            error={Object.entries(errors).find(([path]) => path.startsWith('tags'))?.[1]}
          />
        )}
        <TextField label={t('address')} name="address" optional defaultValue={fields.address} error={errors.address} />
        <AreaField
          label={t('emergencyLocation')}
          name="emergencyLocation"
          optional
          rows={2}
          hint={t('whatEmergencyCentreNeeds')}
          defaultValue={fields.emergencyLocation}
          error={errors.emergencyLocation}
        />
        <div className="grid grid-cols-2 gap-4">
          <TextField
            label={t('latitude')}
            name="latitude"
            optional
            inputMode="decimal"
            placeholder="50.8195"
            defaultValue={fields.latitude}
            error={errors.latitude}
          />
          <TextField
            label={t('longitude')}
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

/** Whose site it is. Where there is no customer yet, one is made on the way. */
function CustomerChoice({ error, newError }: { error: string | undefined; newError: string | undefined }) {
  const customers = useQuery(customerNamesQuery());
  const [chosen, setChosen] = useState<string | null>(null);
  const items = customers.data?.items;
  const value = chosen ?? (items?.length === 0 ? NEW_CUSTOMER : items?.length === 1 ? items[0]!.id : '');
  return (
    <>
      <ChoiceField
        label={t('customer')}
        name="customerId"
        value={value}
        onChange={(event) => setChosen(event.target.value)}
        error={error}
      >
        <option value="">{items === undefined ? common('loadingDots') : common('chooseOne')}</option>
        {items?.map((customer) => (
          <option key={customer.id} value={customer.id}>
            {customer.name}
          </option>
        ))}
        <option value={NEW_CUSTOMER}>{t('aNewCustomer')}</option>
      </ChoiceField>
      {value === NEW_CUSTOMER && (
        <TextField label={t('nameNewCustomer')} name="newCustomer" error={newError} maxLength={120} />
      )}
    </>
  );
}
