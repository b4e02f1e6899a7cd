'use client';

import { useQuery } from '@tanstack/react-query';
import { FilterChoice } from '../../ui/field.tsx';
import { customerNamesQuery, siteNamesQuery } from './queries.ts';
import { t } from '../../messages/matching.ts';

interface Place {
  customerId: string | undefined;
  siteId: string | undefined;
}

/** Narrows a list to one customer. */
function CustomerFilter(props: { value: string | undefined; onChange: (value: string | undefined) => void }) {
  const customers = useQuery(customerNamesQuery());
  return (
    <FilterChoice
      label={t('customer')}
      value={props.value}
      options={(customers.data?.items ?? []).map((customer) => [customer.id, customer.name] as const)}
      onChange={props.onChange}
    />
  );
}

/** Narrows a list to one customer, and to one site of that customer. */
export function PlaceFilters({ customerId, siteId, set }: Place & { set: (change: Partial<Place>) => void }) {
  const sites = useQuery(siteNamesQuery(customerId));
  return (
    <>
      {/* A site of another customer would leave an empty list that nobody understands. */}
      <CustomerFilter value={customerId} onChange={(next) => set({ customerId: next, siteId: undefined })} />
      <FilterChoice
        label={t('site')}
        value={siteId}
        options={(sites.data?.items ?? []).map((site) => [site.id, site.name] as const)}
        onChange={(next) => set({ siteId: next })}
      />
    </>
  );
}
