'use client';

import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { CountsBar, CountsLegend } from '../../ui/counts-bar.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { DetailPageSkeleton } from '../../ui/page-skeleton.tsx';
import { Section } from '../../ui/section.tsx';
import { SeverityLabel } from '../../ui/severity-label.tsx';
import { Failure } from '../../ui/state-panel.tsx';
import { SEVERITY_WORDS } from '../../lib/words/port.ts';
import { CustomerIncidents } from '../alerts/index.ts';
import { AuditLink } from '../audit/index.ts';
import { useRefusal } from '../session/index.ts';
import { CustomerSites, SiteDialog } from '../sites/index.ts';
import { CustomerDialog } from './customer-dialog.tsx';
import { DeleteCustomerDialog } from './delete-customer.tsx';
import { customerQuery } from './queries.ts';
import { t } from '../../messages/customers.ts';
import { t as common } from '../../messages/common.ts';

const CRUMBS = [{ href: '/customers', label: common('customers') }];

export function CustomerPage({ customerId }: { customerId: string }) {
  const { data: customer, error, refetch } = useQuery(customerQuery(customerId));
  const refusal = useRefusal('customers.write');
  const deleteRefusal = useRefusal('customers.delete');
  const siteRefusal = useRefusal('sites.write');
  const [open, setOpen] = useState<'edit' | 'add-site' | 'delete' | null>(null);
  if (customer === undefined) {
    return error === null ? <DetailPageSkeleton what={t('theCustomer')} /> : <Failure error={error} retry={refetch} />;
  }
  return (
    <>
      <PageHeader
        crumbs={CRUMBS}
        title={customer.name}
        state={<SeverityLabel severity={customer.worst}>{SEVERITY_WORDS[customer.worst]}</SeverityLabel>}
        description={t('contents', {
          sites: customer.siteCount,
          gateways: customer.gatewayCount,
          ports: customer.ports.total,
        })}
        actions={
          <>
            <AuditLink subjectId={customer.id} />
            <Button
              disabledReason={refusal}
              onClick={() => setOpen('edit')}
              icon={<Pencil aria-hidden="true" className="size-4" />}
            >
              {common('edit')}
            </Button>
            <Button
              look="quiet"
              disabledReason={deleteRefusal}
              onClick={() => setOpen('delete')}
              icon={<Trash2 aria-hidden="true" className="size-4" />}
            >
              {t('delete')}
            </Button>
            <Button
              look="primary"
              disabledReason={siteRefusal}
              onClick={() => setOpen('add-site')}
              icon={<Plus aria-hidden="true" className="size-4" />}
            >
              {t('addASite')}
            </Button>
          </>
        }
      />
      <CustomerIncidents customerId={customer.id} />
      <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <Section title={common('ports')}>
          <div className="flex flex-col gap-3 pt-1">
            <CountsBar counts={customer.ports} tall />
            <CountsLegend counts={customer.ports} of={{ customerId: customer.id }} />
            {customer.ports.total === 0 && <p className="text-sm text-ink-2">{t('noGatewaysCustomerYet')}</p>}
          </div>
        </Section>
        <Section title={t('notes')}>
          <p className="whitespace-pre-line text-ink-2">{customer.notes === '' ? t('none') : customer.notes}</p>
        </Section>
      </div>
      <CustomerSites customerId={customer.id} />
      <DeleteCustomerDialog customer={customer} open={open === 'delete'} onOpenChange={() => setOpen(null)} />
      <CustomerDialog customer={customer} open={open === 'edit'} onOpenChange={() => setOpen(null)} />
      <SiteDialog customerId={customer.id} open={open === 'add-site'} onOpenChange={() => setOpen(null)} />
    </>
  );
}
