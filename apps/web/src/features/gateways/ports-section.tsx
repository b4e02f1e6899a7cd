'use client';

import type { Gateway } from '@loopstart/contracts';
import { z } from 'zod';
import { optional, text } from '../../lib/url/filters.ts';
import { useFilters } from '../../lib/url/use-filters.ts';
import { vendorAndModel } from '../../lib/words/model.ts';
import { Section } from '../../ui/section.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Empty } from '../../ui/state-panel.tsx';
import { DataTable } from '../../ui/table/data-table.tsx';
import { Faceplate } from './faceplate/faceplate.tsx';
import { PORT_COLUMNS } from './port-columns.tsx';
import { t } from '../../messages/gateways.ts';
import { t as common } from '../../messages/common.ts';

const View = z.object({ view: optional(z.enum(['faceplate', 'table'])), sort: text });
const VIEWS = [
  ['faceplate', t('faceplate')],
  ['table', t('table')],
] as const;

/** The ports of a gateway: as they sit on it, or as a table. On a phone the faceplate has its words below it. */
export function PortsSection({ gateway }: { gateway: Gateway }) {
  const { filters, set } = useFilters(View);
  const view = filters.view ?? 'faceplate';
  const table = (
    <DataTable
      caption={t('portsOf', { name: gateway.name })}
      columns={PORT_COLUMNS}
      rows={gateway.portList}
      rowKey={(port) => String(port.position)}
      sort={filters.sort}
      onSort={(sort) => set({ sort })}
    />
  );
  return (
    <Section
      title={common('ports')}
      note={t('port2', { count: gateway.portList.length })}
      actions={
        <Segmented
          label={t('showPortsAs')}
          value={view}
          options={VIEWS}
          onChange={(next) => set({ view: next === 'faceplate' ? undefined : next })}
        />
      }
      flush={view === 'table'}
    >
      {gateway.portList.length === 0 ? (
        <Empty title={t('noPortsFound')}>{t('gatewayRespondsButReports')}</Empty>
      ) : view === 'table' ? (
        table
      ) : (
        <>
          <Faceplate name={gateway.name} maker={vendorAndModel(gateway)} ports={gateway.portList} />
          <div className="-mx-4 mt-3 -mb-4 border-t border-line sm:hidden">{table}</div>
        </>
      )}
    </Section>
  );
}
