import type { Customer } from '@loopstart/contracts';
import Link from 'next/link';
import { count } from '../../../lib/format/number.ts';
import { SEVERITY_WORDS } from '../../../lib/words/port.ts';
import { t as common } from '../../../messages/common.ts';
import { t } from '../../../messages/customers.ts';
import { CountsBar, CountsLegend } from '../../../ui/counts-bar.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { SeverityLabel } from '../../../ui/severity-label.tsx';

/** A customer in short, beside the list. */
export function CustomerPanel({ customer }: { customer: Customer }) {
  const { id, worst, ports, siteCount, gatewayCount, notes } = customer;
  const of = { customerId: id };
  return (
    <div className="flex flex-col gap-4">
      <SeverityLabel severity={worst} className="text-base">
        {SEVERITY_WORDS[worst]}
      </SeverityLabel>
      <div className="flex flex-col gap-2">
        <CountsBar counts={ports} tall />
        <CountsLegend counts={ports} of={of} />
        {ports.total === 0 && <p className="text-sm text-ink-2">{t('noGatewaysCustomerYet')}</p>}
      </div>
      <Facts
        items={[
          [
            common('sites'),
            <Link key="sites" href={`/sites?customerId=${id}`} className="hover:underline">
              {count(siteCount)}
            </Link>,
          ],
          [
            common('gateways'),
            <Link key="gateways" href={`/gateways?customerId=${id}`} className="hover:underline">
              {count(gatewayCount)}
            </Link>,
          ],
        ]}
      />
      <Facts
        columns={1}
        items={[
          [
            t('notes'),
            notes === '' ? (
              t('none')
            ) : (
              <span key="notes" className="whitespace-pre-line">
                {notes}
              </span>
            ),
          ],
        ]}
      />
    </div>
  );
}
