import type { Port } from '@loopstart/contracts';
import { PORT_MEASURES, type PortMeasure, severityRank } from '@loopstart/domain';
import Link from 'next/link';
import { measured } from '../../lib/format/number.ts';
import { nullWords } from '../../lib/words/nulls.ts';
import { LINE_DEVICE_WORDS, stateWord } from '../../lib/words/port.ts';
import { portSign } from '../../lib/words/port-sign.ts';
import { longState, portTitle } from '../../lib/words/port-summary.ts';
import { Absent } from '../../ui/absent.tsx';
import { LineDeviceIcon } from '../../ui/line-device-icon.tsx';
import { Since } from '../../ui/moment.tsx';
import { PortSignIcon } from '../../ui/port-sign.tsx';
import { SeverityLabel } from '../../ui/severity-label.tsx';
import type { Column } from '../../ui/table/data-table.tsx';
import { t } from '../../messages/gateways.ts';
import { t as common } from '../../messages/common.ts';

const state = (field: 'hook' | 'call' | 'registration', header: string): Column<Port> => ({
  id: field,
  header,
  card: 'hide',
  sort: (port) => port[field],
  cell: (port) =>
    port[field] === null ? <Absent why={nullWords(port.nulls[field])} /> : stateWord(field, port[field]),
});

const measure = (field: PortMeasure): Column<Port> => ({
  id: field,
  header: PORT_MEASURES[field].label,
  align: 'right',
  card: 'hide',
  sort: (port) => port[field],
  cell: (port) =>
    port[field] === null ? (
      <Absent why={nullWords(port.nulls[field])} />
    ) : (
      <span className="whitespace-nowrap">{measured(port[field], PORT_MEASURES[field].unit)}</span>
    ),
});

/** The faceplate as a table. */
export const PORT_COLUMNS: readonly Column<Port>[] = [
  {
    id: 'position',
    header: t('port'),
    card: 'hide',
    sort: (port) => port.position,
    cell: (port) => <span className="font-semibold">{port.position}</span>,
  },
  {
    id: 'title',
    header: t('line'),
    rowHeader: true,
    card: 'title',
    sort: portTitle,
    cell: (port) => (
      <>
        <Link href={`/gateways/${port.gatewayId}/ports/${port.position}`} className="font-semibold hover:underline">
          <span className="sm:hidden">{port.position} · </span>
          {portTitle(port)}
        </Link>
        <span className="flex items-center gap-1 text-sm text-ink-2">
          <LineDeviceIcon device={port.lineDeviceClass} className="size-3.5 text-ink-3" />
          {[LINE_DEVICE_WORDS[port.lineDeviceClass], port.number].filter(Boolean).join(' · ')}
        </span>
      </>
    ),
  },
  {
    id: 'state',
    header: common('state'),
    card: 'aside',
    sort: (port) => severityRank(port.severity),
    cell: (port) => (
      <>
        {port.severity === 'ok' ? (
          <span className="inline-flex items-start gap-1.5 text-ink-2">
            <PortSignIcon sign={portSign(port)} className="mt-1 size-3.5 text-ink-3" />
            {longState(port)}
          </span>
        ) : (
          <SeverityLabel severity={port.severity}>
            {port.severity === 'unknown' ? t('unknown') : longState(port)}
          </SeverityLabel>
        )}
        <span className="block text-sm text-ink-3">
          {port.stateSince !== null && <>{t.rich('for', { since: <Since at={port.stateSince} /> })}</>}
        </span>
      </>
    ),
  },
  state('hook', t('hook')),
  state('registration', t('registration')),
  measure('lineVoltageV'),
  measure('loopCurrentMa'),
];
