import type { Line } from '@loopstart/contracts';
import { nullWords } from '../../lib/words/nulls.ts';
import { LINE_DEVICE_WORDS, REGISTRATION_WORDS } from '../../lib/words/port.ts';
import { longState, portTitle } from '../../lib/words/port-summary.ts';
import { t } from '../../messages/lines.ts';
import { Absent } from '../../ui/absent.tsx';
import type { GridColumn } from '../../ui/grid/model.ts';
import { CellLink, RowLink } from '../../ui/grid/row-link.tsx';
import { LineDeviceIcon } from '../../ui/line-device-icon.tsx';
import { ModelName } from '../../ui/model-name.tsx';
import { Since } from '../../ui/moment.tsx';
import { SeverityLabel } from '../../ui/severity-label.tsx';

export const lineHref = (line: Line): string => `/gateways/${line.gatewayId}/ports/${line.position}`;

/** What a line does or suffers; of one that is unknown, what it did last. */
function stateWords(line: Line): string {
  const state = longState(line);
  if (line.severity !== 'unknown' || line.healthReason === 'nothing-known') return state;
  return t('lastKnown', { state: state.toLowerCase() });
}

/** Columns of the list of lines. The ids are those the API sorts by. */
export const LINE_COLUMNS: readonly GridColumn<Line>[] = [
  {
    id: 'name',
    header: t('name'),
    width: 'minmax(9rem, 1.2fr)',
    rowHeader: true,
    card: 'title',
    cell: (line) => (
      <span className="flex min-w-0 items-center gap-2">
        <LineDeviceIcon device={line.lineDeviceClass} className="size-4 shrink-0 text-ink-3" />
        <RowLink href={lineHref(line)}>{portTitle(line)}</RowLink>
      </span>
    ),
  },
  {
    id: 'state',
    descendingFirst: true,
    header: t('state'),
    width: 'minmax(10rem, 1.3fr)',
    card: 'aside',
    cell: (line) => (
      <SeverityLabel severity={line.severity} className="max-w-full [&>span]:truncate">
        {stateWords(line)}
      </SeverityLabel>
    ),
  },
  {
    id: 'since',
    header: t('since'),
    width: '6.25rem',
    card: 'end',
    cell: (line) =>
      line.stateSince === null ? (
        <Absent why={t('noChange')} />
      ) : (
        <span className="text-ink-2">
          <Since at={line.stateSince} />
        </span>
      ),
  },
  {
    id: 'number',
    header: t('number'),
    width: '6.5rem',
    cell: (line) =>
      line.number ?? <Absent why={line.nulls.number === undefined ? t('noNumber') : nullWords(line.nulls.number)} />,
  },
  {
    id: 'device',
    header: t('device'),
    width: '7.5rem',
    cell: (line) => <span className="text-ink-2">{LINE_DEVICE_WORDS[line.lineDeviceClass]}</span>,
  },
  {
    id: 'registration',
    header: t('registration'),
    width: '8.5rem',
    optional: true,
    cell: (line) =>
      line.registration === null ? (
        <Absent why={nullWords(line.nulls.registration)} />
      ) : (
        REGISTRATION_WORDS[line.registration]
      ),
  },
  {
    id: 'gateway',
    header: t('gateway'),
    width: 'minmax(10rem, 1fr)',
    cell: (line) => (
      <>
        <CellLink href={`/gateways/${line.gatewayId}`}>{line.gatewayName}</CellLink>
        <span className="text-ink-3"> · {line.position}</span>
      </>
    ),
  },
  {
    id: 'site',
    header: t('site'),
    width: 'minmax(8.5rem, 1fr)',
    card: 'line',
    cell: (line) => <CellLink href={`/sites/${line.siteId}`}>{line.siteName}</CellLink>,
  },
  {
    id: 'customer',
    header: t('customer'),
    width: 'minmax(8.5rem, 1fr)',
    cell: (line) => <CellLink href={`/customers/${line.customerId}`}>{line.customerName}</CellLink>,
  },
  { id: 'vendor', header: t('vendor'), width: '8rem', optional: true, cell: (line) => line.vendor },
  { id: 'model', header: t('model'), width: '9rem', optional: true, cell: (line) => <ModelName of={line} /> },
  {
    id: 'firmware',
    header: t('firmware'),
    width: '9rem',
    optional: true,
    cell: (line) => line.firmware ?? <Absent why={t('notKnown')} />,
  },
];
