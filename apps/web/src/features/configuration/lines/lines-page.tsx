'use client';

import { Table2 } from 'lucide-react';
import { z } from 'zod';
import { useFilters } from '../../../lib/url/use-filters.ts';
import { t } from '../../../messages/config-lines.ts';
import { ChoiceField } from '../../../ui/field.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Empty } from '../../../ui/state-panel.tsx';
import { SubjectField } from '../../matching/index.ts';
import { LinesSheet } from './lines-sheet.tsx';

const WHICH = ['customer', 'site', 'gateway'] as const;
type Which = (typeof WHICH)[number];

/** Whose lines are edited, in the address of the page. */
const LinesFilters = z.object({
  which: z.enum(WHICH).optional(),
  customerId: z.string().optional(),
  siteId: z.string().optional(),
  gatewayId: z.string().optional(),
});
const NONE = { customerId: undefined, siteId: undefined, gatewayId: undefined };

/** Configuration → Lines: the lines of a customer, site or gateway, edited many at a time. */
export function LinesPage() {
  const { filters, set } = useFilters(LinesFilters);
  const which = filters.which ?? 'customer';
  const key = `${which}Id` as const;
  const id = filters[key];
  return (
    <>
      <PageHeader title={t('title')} description={t('about')} />
      <div className="grid gap-3 sm:grid-cols-3">
        <ChoiceField
          label={t('which')}
          name="which"
          value={which}
          onChange={(event) => set({ ...NONE, which: event.target.value as Which })}
        >
          {WHICH.map((one) => (
            <option key={one} value={one}>
              {t.group('whichOnes')[one]}
            </option>
          ))}
        </ChoiceField>
        <SubjectField
          key={which}
          kind={which}
          legend={t.group('kinds')[which]}
          name={key}
          value={id ?? ''}
          onChange={(chosen) => set({ ...NONE, [key]: chosen })}
        />
      </div>
      {id === undefined ? (
        <div className="rounded-lg border border-line bg-surface">
          <Empty icon={<Table2 />} title={t('choose')}>
            {t('chooseAbout')}
          </Empty>
        </div>
      ) : (
        <LinesSheet key={id} place={{ [key]: id }} />
      )}
    </>
  );
}
