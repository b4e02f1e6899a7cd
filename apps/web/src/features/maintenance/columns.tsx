import type { MaintenanceWindow } from '@loopstart/contracts';
import { Pencil, Square } from 'lucide-react';
import { Button, IconButton } from '../../ui/button.tsx';
import type { GridColumn } from '../../ui/grid/model.ts';
import { Moment } from '../../ui/moment.tsx';
import { windowSentence } from './recurrence-words.ts';
import { WindowState } from './window-state.tsx';
import { t } from '../../messages/maintenance.ts';
import { t as common } from '../../messages/common.ts';

/** Until when a window is in force, or when it is the next time; nothing where it is over. */
export const WindowNext = ({ window: { state, next, timeZone } }: { window: MaintenanceWindow }) =>
  next !== null &&
  state !== 'over' &&
  t.rich(state === 'active' ? 'untilEnd' : 'nextTime', {
    moment: <Moment at={state === 'active' ? next.to : next.from} siteZone={timeZone} />,
  });

/** Columns of the list of maintenance windows. The ids are those the API sorts by. */
export const MAINTENANCE_COLUMNS: readonly GridColumn<MaintenanceWindow>[] = [
  {
    id: 'title',
    header: t('window'),
    width: 'minmax(12rem, 1.2fr)',
    rowHeader: true,
    card: 'title',
    cell: (row) => <span title={row.title}>{row.title}</span>,
  },
  {
    id: 'state',
    header: common('state'),
    width: '7rem',
    card: 'aside',
    cell: (row) => <WindowState state={row.state} />,
  },
  { id: 'place', header: t('scope'), width: 'minmax(9rem, 0.9fr)', cell: (row) => row.scopeName },
  {
    id: 'next',
    header: t('when'),
    width: 'minmax(12rem, 0.9fr)',
    card: 'line',
    cell: (row) => <WindowNext window={row} />,
  },
  {
    id: 'plan',
    header: t('repeats'),
    width: 'minmax(14rem, 1.5fr)',
    // Put in words here.
    unsorted: true,
    cell: (row) => <span title={windowSentence(row)}>{windowSentence(row)}</span>,
  },
  {
    id: 'reason',
    header: common('reason'),
    width: 'minmax(10rem, 1fr)',
    cell: (row) => <span title={row.reason}>{row.reason}</span>,
  },
  { id: 'by', header: t('addedBy'), width: 'minmax(8rem, 0.7fr)', optional: true, cell: (row) => row.createdBy },
  {
    id: 'added',
    descendingFirst: true,
    header: t('added'),
    width: '10rem',
    optional: true,
    cell: (row) => <Moment at={row.createdAt} siteZone={null} />,
  },
];

/** What can be done with a window, at the end of its row. */
export const maintenanceActs = (acts: {
  edit: (window: MaintenanceWindow) => void;
  end: (window: MaintenanceWindow) => void;
  refusal: string | null;
}): GridColumn<MaintenanceWindow> => ({
  id: 'acts',
  header: t('actions'),
  width: '10rem',
  unsorted: true,
  align: 'right',
  card: 'end',
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
});
