'use client';

import { Building2, Plus } from 'lucide-react';
import { useState } from 'react';
import { t as common } from '../../../messages/common.ts';
import { t } from '../../../messages/customers.ts';
import { Button } from '../../../ui/button.tsx';
import { Grid } from '../../../ui/grid/grid.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Empty } from '../../../ui/state-panel.tsx';
import { useRefusal } from '../../session/index.ts';
import { CustomerDialog } from '../customer-dialog.tsx';
import { CustomerPanel } from './customer-panel.tsx';
import { CUSTOMERS } from './list.ts';

export function CustomersPage() {
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
      <Grid
        list={CUSTOMERS}
        renderPanel={(customer) => <CustomerPanel customer={customer} />}
        empty={
          <Empty icon={<Building2 />} title={t('noCustomersYet')}>
            {t('customerSitesSiteGateways')}
          </Empty>
        }
      />
      <CustomerDialog open={adding} onOpenChange={setAdding} />
    </>
  );
}
