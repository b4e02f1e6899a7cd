import type { MaintenanceWindow } from '@loopstart/contracts';
import { Pencil, Square } from 'lucide-react';
import { Button, IconButton } from '../../ui/button.tsx';
import { Moment } from '../../ui/moment.tsx';
import type { Column } from '../../ui/table/data-table.tsx';
import { windowSentence } from './recurrence-words.ts';
import { WindowState } from './window-state.tsx';
import { t } from '../../messages/maintenance.ts';
import { t as common } from '../../messages/common.ts';

interface Acts {
  edit: (window: MaintenanceWindow) => void;
  end: (window: MaintenanceWindow) => void;
  refusal: string | null;
}

/** Columns of the list; without `acts` they only hold the place while the list is loaded. */
export function maintenanceColumns(acts: Acts): readonly Column<MaintenanceWindow>[] {
  return [
    {
      id: 'title',
      header: t('window'),
      rowHeader: true,
      card: 'title',
      className: 'sm:min-w-56',
      cell: (row) => (
        <>
          <p className="font-medium wrap-anywhere">{row.title}</p>
          <p className="text-sm text-ink-3">{row.scopeName}</p>
        </>
      ),
    },
    { id: 'state', header: common('state'), card: 'aside', cell: (row) => <WindowState state={row.state} /> },
    {
      id: 'when',
      header: t('when'),
      card: 'line',
      className: 'sm:min-w-72',
      cell: (row) => (
        <>
          <p>{windowSentence(row)}</p>
          {row.next !== null && row.state !== 'over' && (
            <p className="text-sm text-ink-2">
              {t.rich(row.state === 'active' ? 'untilEnd' : 'nextTime', {
                moment: <Moment at={row.state === 'active' ? row.next.to : row.next.from} siteZone={row.timeZone} />,
              })}
            </p>
          )}
        </>
      ),
    },
    {
      id: 'reason',
      header: common('reason'),
      card: 'line',
      className: 'sm:max-w-72',
      cell: (row) => (
        <>
          <p className="wrap-anywhere text-ink-2">{row.reason}</p>
          <p className="text-sm text-ink-3">{row.createdBy}</p>
        </>
      ),
    },
    {
      id: 'acts',
      header: t('actions'),
      card: 'line',
      align: 'right',
      cell: (row) =>
        row.state !== 'over' && (
          <span className="inline-flex items-center gap-1">
            <Button
              size="sm"
              disabledReason={acts.refusal}
              onClick={() => acts.end(row)}
              icon={<Square aria-hidden="true" className="size-3.5" />}
            >
              {row.state === 'active' ? t('endNow2') : t('cancelWindow')}
              <span className="sr-only"> {row.title}</span>
            </Button>
            {acts.refusal === null && (
              <IconButton
                size="sm"
                label={t('change', { title: row.title })}
                icon={<Pencil aria-hidden="true" className="size-3.5" />}
                onClick={() => acts.edit(row)}
              />
            )}
          </span>
        ),
    },
  ];
}
