import type { GatewaySummary } from '@loopstart/contracts';
import type { ReactNode } from 'react';
import { measured } from '../../../lib/format/number.ts';
import { t as common } from '../../../messages/common.ts';
import { t } from '../../../messages/gateways.ts';
import { Absent } from '../../../ui/absent.tsx';
import { CountsBrief } from '../../../ui/counts-bar.tsx';
import type { GridColumn } from '../../../ui/grid/model.ts';
import { CellLink, RowLink } from '../../../ui/grid/row-link.tsx';
import { ModelName } from '../../../ui/model-name.tsx';
import { Ago } from '../../../ui/moment.tsx';
import { SeverityLabel } from '../../../ui/severity-label.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { gatewayState } from '../gateway-state.ts';

const BECAUSE = t.group('because');

export const gatewayHref = ({ id }: GatewaySummary): string => `/gateways/${id}`;

/** What a gateway measures of itself; without a reading of now it says nothing. */
export function measure(gateway: GatewaySummary, value: ReactNode | null): ReactNode {
  if (gateway.freshness !== 'live') return <Absent why={t('lastReadingOld')} />;
  return value ?? <Absent why={t('gatewayNotReport')} />;
}

export const temperatureOf = (gateway: GatewaySummary): ReactNode =>
  measure(gateway, gateway.temperatureC === null ? null : measured(gateway.temperatureC, '°C'));

/** Whether a gateway is in service, and whether its driver knows it. */
export function GatewayTags({ gateway: { retired, unknownHardware } }: { gateway: GatewaySummary }) {
  return (
    <>
      {retired !== null && (
        <Tag tone="unknown">{retired.reportedAgain ? t('retiredReportedAgain') : BECAUSE[retired.because]}</Tag>
      )}
      {unknownHardware && <Tag tone="unknown">{t('unknownHardware')}</Tag>}
    </>
  );
}

/** Columns of the list of gateways. The ids are those the API sorts by. */
export const GATEWAY_COLUMNS: readonly GridColumn<GatewaySummary>[] = [
  {
    id: 'name',
    header: t('gateway'),
    width: 'minmax(10rem, 1fr)',
    rowHeader: true,
    card: 'title',
    cell: (row) => (
      <span className="flex min-w-0 items-center gap-2">
        <RowLink href={gatewayHref(row)}>{row.name}</RowLink>
        <GatewayTags gateway={row} />
      </span>
    ),
  },
  {
    id: 'state',
    descendingFirst: true,
    header: t('reading'),
    width: '8rem',
    card: 'aside',
    cell: (row) => {
      const { severity, words } = gatewayState(row);
      return <SeverityLabel severity={severity}>{words}</SeverityLabel>;
    },
  },
  {
    id: 'read',
    header: t('lastRead'),
    width: '7rem',
    cell: (row) =>
      row.observedAt === null ? (
        <Absent why={t('neverRead')} />
      ) : (
        <span className="text-ink-2">
          <Ago at={row.observedAt} siteZone={row.site.timeZone} />
        </span>
      ),
  },
  {
    id: 'ports',
    header: common('ports'),
    width: 'minmax(8rem, 0.8fr)',
    card: 'end',
    cell: (row) => <CountsBrief counts={row.ports} />,
  },
  {
    id: 'site',
    header: t('site'),
    width: 'minmax(9.5rem, 1.4fr)',
    card: 'line',
    cell: (row) => <CellLink href={`/sites/${row.site.id}`}>{row.site.name}</CellLink>,
  },
  {
    id: 'customer',
    header: t('customer'),
    width: 'minmax(9rem, 1.2fr)',
    cell: (row) => <CellLink href={`/customers/${row.customer.id}`}>{row.customer.name}</CellLink>,
  },
  { id: 'vendor', header: t('vendor'), width: '7.5rem', cell: (row) => row.vendor },
  { id: 'model', header: t('model'), width: 'minmax(8rem, 0.8fr)', cell: (row) => <ModelName of={row} /> },
  {
    id: 'firmware',
    header: t('firmware'),
    width: '8rem',
    optional: true,
    cell: (row) => row.firmware ?? <Absent why={t('gatewayNotReport')} />,
  },
  {
    id: 'address',
    header: t('address'),
    width: '9.5rem',
    optional: true,
    cell: (row) => <span className="font-mono text-xs text-ink-2">{row.address}</span>,
  },
  {
    id: 'calls',
    header: t('calls'),
    width: '5rem',
    align: 'right',
    optional: true,
    cell: (row) => measure(row, row.activeCalls),
  },
  {
    id: 'temperature',
    header: t('temperature'),
    width: '7rem',
    align: 'right',
    optional: true,
    cell: temperatureOf,
  },
];
