'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Building2, Plus } from 'lucide-react';
import { useState } from 'react';
import { useFilters } from '../../lib/url/use-filters.ts';
import { Button } from '../../ui/button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Section } from '../../ui/section.tsx';
import { Empty, NoMatch } from '../../ui/state-panel.tsx';
import { ListTable } from '../../ui/table/list-table.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { useRefusal } from '../session/index.ts';
import { CUSTOMER_COLUMNS } from './columns.tsx';
import { CustomerDialog } from './customer-dialog.tsx';
import { CustomerFilters } from './filters.schema.ts';
import { customersQuery } from './queries.ts';
import { t } from '../../messages/customers.ts';
import { t as common } from '../../messages/common.ts';

export function CustomersPage() {
  const { filters, set } = useFilters(CustomerFilters);
  const list = useInfiniteQuery(customersQuery(filters.q));
  const refusal = useRefusal('customers.write');
  const [adding, setAdding] = useState(false);
  const add = (
    <Button
      look="primary"
      disabledReason={refusal}
      onClick={() => setAdding(true)}
      icon={<Plus aria-hidden="true" className="size-4" />}
    >
      {t('addACustomer')}
    </Button>
  );
  return (
    <>
      <PageHeader title={common('customers')} description={t('whoseLinesMonitor')} actions={add} />
      <Toolbar label={t('filterCustomers')}>
        <SearchField label={t('searchCustomers')} value={filters.q} onChange={(q) => set({ q })} />
      </Toolbar>
      <Section title={t('allCustomers')} flush>
        <ListTable
          list={list}
          what={t('customers')}
          caption={t('customersTheirSitesGateways')}
          columns={CUSTOMER_COLUMNS}
          rowKey={(row) => row.id}
          sort={filters.sort}
          onSort={(sort) => set({ sort })}
          empty={
            filters.q === undefined ? (
              <Empty icon={<Building2 />} title={t('noCustomersYet')}>
                {t('customerSitesSiteGateways')}
              </Empty>
            ) : (
              <NoMatch title={t('noCustomersMatch', { q: filters.q })}>{t('searchAnotherPartName')}</NoMatch>
            )
          }
        />
      </Section>
      <CustomerDialog open={adding} onOpenChange={setAdding} />
    </>
  );
}
