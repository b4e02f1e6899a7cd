import { severityRank } from '@loopstart/domain';
import Link from 'next/link';
import type { ItemOf } from '../../lib/api/query.ts';
import { nullWords } from '../../lib/words/nulls.ts';
import { KIND_WORDS, LINE_DEVICE_WORDS } from '../../lib/words/port.ts';
import { longState, portTitle } from '../../lib/words/port-summary.ts';
import { Absent } from '../../ui/absent.tsx';
import { LineDeviceIcon } from '../../ui/line-device-icon.tsx';
import { Since } from '../../ui/moment.tsx';
import { SeverityLabel } from '../../ui/severity-label.tsx';
import type { Column } from '../../ui/table/data-table.tsx';
import { t } from '../../messages/ports.ts';
import { t as common } from '../../messages/common.ts';

type Row = ItemOf<'listPorts'>;

export const PORT_COLUMNS: readonly Column<Row>[] = [
  {
    id: 'name',
    header: t('port'),
    rowHeader: true,
    card: 'title',
    sort: (row) => portTitle(row),
    cell: (row) => (
      <div className="flex min-w-0 items-start gap-2">
        <LineDeviceIcon device={row.lineDeviceClass} className="mt-0.5 size-4 shrink-0 text-ink-3" />
        <div className="min-w-0">
          <Link
            href={`/gateways/${row.gatewayId}/ports/${row.position}`}
            className="font-medium text-ink hover:underline"
          >
            {portTitle(row)}
          </Link>
          <p className="text-sm text-ink-3">
            {row.lineDeviceClass === 'unknown' ? t('lineDeviceUnknown') : LINE_DEVICE_WORDS[row.lineDeviceClass]}
            {row.kind === 'fxo' && `, ${KIND_WORDS.fxo}`}
          </p>
        </div>
      </div>
    ),
  },
  {
    id: 'state',
    header: common('state'),
    card: 'line',
    sort: (row) => severityRank(row.severity),
    cell: (row) => (
      <SeverityLabel severity={row.severity}>
        {row.severity === 'unknown' && row.healthReason !== 'nothing-known' && t('unknownNowLast')}
        {row.severity === 'unknown' ? longState(row).toLowerCase() : longState(row)}
      </SeverityLabel>
    ),
  },
  {
    id: 'since',
    header: t('duration'),
    card: 'fact',
    sort: (row) => row.stateSince,
    cell: (row) =>
      row.stateSince === null ? (
        <Absent why={t('noChangeSinceMonitoring')} />
      ) : (
        <span className="text-ink-2">
          <Since at={row.stateSince} />
        </span>
      ),
  },
  {
    id: 'number',
    header: t('number'),
    card: 'fact',
    sort: (row) => row.number,
    cell: (row) =>
      row.number ?? (
        <Absent why={row.nulls.number === undefined ? t('noNumberEntered') : nullWords(row.nulls.number)} />
      ),
  },
  {
    id: 'gateway',
    header: t('gateway'),
    card: 'fact',
    sort: (row) => row.gatewayName,
    cell: (row) => (
      <span className="min-w-0 max-sm:text-right">
        <Link href={`/gateways/${row.gatewayId}`} className="hover:underline">
          {row.gatewayName}
        </Link>
        <span className="text-ink-3">{t('portAfter', { position: row.position })}</span>
      </span>
    ),
  },
  {
    id: 'site',
    header: t('site'),
    card: 'fact',
    sort: (row) => row.siteName,
    cell: (row) => (
      <span className="min-w-0 max-sm:text-right">
        <Link href={`/sites/${row.siteId}`} className="hover:underline">
          {row.siteName}
        </Link>
        <span className="block text-sm text-ink-3">{row.customerName}</span>
      </span>
    ),
  },
];
