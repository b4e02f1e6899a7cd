import type { GatewaySummary } from '@loopstart/contracts';
import { severityRank } from '@loopstart/domain';
import Link from 'next/link';
import { measured } from '../../lib/format/number.ts';
import { Absent } from '../../ui/absent.tsx';
import { CountsBrief } from '../../ui/counts-bar.tsx';
import { Ago } from '../../ui/moment.tsx';
import { SeverityLabel } from '../../ui/severity-label.tsx';
import type { Column } from '../../ui/table/data-table.tsx';
import { Tag } from '../../ui/tag.tsx';
import { gatewayState } from './gateway-state.ts';
import { t } from '../../messages/gateways.ts';
import { t as common } from '../../messages/common.ts';

const NAME: Column<GatewaySummary> = {
  id: 'name',
  header: t('gateway'),
  rowHeader: true,
  card: 'title',
  sort: (row) => row.name,
  cell: (row) => (
    <>
      <Link href={`/gateways/${row.id}`} className="font-semibold hover:underline">
        {row.name}
      </Link>
      <span className="block text-sm text-ink-2">
        {row.vendor} {row.model}
      </span>
      {row.retired !== null && (
        <Tag tone="unknown">{row.retired.reportedAgain ? t('retiredReportedAgain') : row.retired.because}</Tag>
      )}
      {row.unknownHardware && <Tag tone="unknown">{t('unknownHardware')}</Tag>}
    </>
  ),
};

const SITE: Column<GatewaySummary> = {
  id: 'site',
  header: t('site'),
  card: 'line',
  sort: (row) => row.site.name,
  cell: (row) => (
    <>
      <Link href={`/sites/${row.site.id}`} className="hover:underline">
        {row.site.name}
      </Link>
      <span className="block text-sm text-ink-2 max-sm:inline max-sm:before:content-[',_']">{row.customer.name}</span>
    </>
  ),
};

const STATE: Column<GatewaySummary> = {
  id: 'state',
  header: t('reading'),
  card: 'aside',
  className: 'whitespace-nowrap',
  sort: (row) => severityRank(gatewayState(row).severity),
  cell: (row) => {
    const { severity, words } = gatewayState(row);
    return (
      <>
        <SeverityLabel severity={severity}>{words}</SeverityLabel>
        <span className="block text-sm text-ink-3">
          {row.observedAt === null ? t('neverRead') : <Ago at={row.observedAt} siteZone={row.site.timeZone} />}
        </span>
      </>
    );
  },
};

const REST: readonly Column<GatewaySummary>[] = [
  {
    id: 'ports',
    header: common('ports'),
    sort: (row) => severityRank(row.worst) * 1e6 + row.ports.total,
    cell: (row) => <CountsBrief counts={row.ports} />,
  },
  {
    id: 'calls',
    header: t('calls'),
    align: 'right',
    card: 'hide',
    sort: (row) => row.activeCalls,
    cell: (row) =>
      row.freshness !== 'live' ? (
        <Absent why={t('lastReadingOld')} />
      ) : (
        (row.activeCalls ?? <Absent why={t('gatewayNotReport')} />)
      ),
  },
  {
    id: 'temperature',
    header: t('temperature'),
    align: 'right',
    card: 'hide',
    sort: (row) => row.temperatureC,
    cell: (row) =>
      row.freshness !== 'live' ? (
        <Absent why={t('lastReadingOld')} />
      ) : row.temperatureC === null ? (
        <Absent why={t('gatewayNotReport')} />
      ) : (
        measured(row.temperatureC, '°C')
      ),
  },
  {
    id: 'address',
    header: t('address'),
    card: 'hide',
    sort: (row) => row.address,
    cell: (row) => <span className="font-mono text-sm">{row.address}</span>,
  },
];

/** Gateways of many sites. */
export const GATEWAY_COLUMNS: readonly Column<GatewaySummary>[] = [NAME, STATE, SITE, ...REST];
/** Gateways where the site is known from the page. */
export const GATEWAY_COLUMNS_OF_SITE: readonly Column<GatewaySummary>[] = [NAME, STATE, ...REST];
