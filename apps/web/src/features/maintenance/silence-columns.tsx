import type { Silence } from '@loopstart/contracts';
import { Square } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import type { GridColumn } from '../../ui/grid/model.ts';
import { Moment } from '../../ui/moment.tsx';
import { silenceWords } from './silence-form.ts';
import { WindowState } from './window-state.tsx';
import { t } from '../../messages/maintenance.ts';
import { t as common } from '../../messages/common.ts';

export const SilenceMatching = ({ silence: { matching } }: { silence: Silence }) =>
  matching === 0 ? <span className="text-ink-3">{t('noneOpen')}</span> : t('incident', { matching });

/** When a silence ends, or ended. */
export const SilenceEnd = ({ silence: { endsAt, endedAt } }: { silence: Silence }) => (
  <>
    <Moment at={endedAt ?? endsAt} siteZone={null} />
    {endedAt !== null && <span className="text-ink-3">{t('endedEarly')}</span>}
  </>
);

/** Columns of the list of silences. The ids are those the API sorts by. */
export const SILENCE_COLUMNS: readonly GridColumn<Silence>[] = [
  {
    id: 'scope',
    header: t('scopeSilence'),
    width: 'minmax(14rem, 1.5fr)',
    rowHeader: true,
    card: 'title',
    cell: (row) => (
      <span title={row.scopeName}>
        {row.scopeName} <span className="text-ink-3">{silenceWords(row.matcher)}</span>
      </span>
    ),
  },
  {
    id: 'state',
    header: common('state'),
    width: '7rem',
    card: 'aside',
    cell: (row) => <WindowState state={row.state} />,
  },
  {
    id: 'starts',
    descendingFirst: true,
    header: t('begins'),
    width: '10rem',
    cell: (row) => <Moment at={row.startsAt} siteZone={null} />,
  },
  {
    id: 'until',
    descendingFirst: true,
    header: t('until3'),
    width: 'minmax(11rem, 0.8fr)',
    card: 'line',
    cell: (row) => <SilenceEnd silence={row} />,
  },
  {
    id: 'matching',
    header: t('incidentsNow'),
    width: '8rem',
    // Incidents are matched by the rules of the alert engine, not by the database.
    unsorted: true,
    cell: (row) => <SilenceMatching silence={row} />,
  },
  {
    id: 'reason',
    header: common('reason'),
    width: 'minmax(10rem, 1.5fr)',
    cell: (row) => <span title={row.reason}>{row.reason}</span>,
  },
  { id: 'by', header: t('addedBy'), width: 'minmax(8rem, 0.7fr)', cell: (row) => row.createdBy },
];

/** What can be done with a silence, at the end of its row. */
export const silenceActs = (acts: {
  end: (silence: Silence) => void;
  refusal: string | null;
}): GridColumn<Silence> => ({
  id: 'acts',
  header: t('actions'),
  width: '8rem',
  unsorted: true,
  align: 'right',
  card: 'end',
  cell: (row) =>
    row.state !== 'over' && (
      <Button
        size="sm"
        disabledReason={acts.refusal}
        onClick={() => acts.end(row)}
        icon={<Square aria-hidden="true" className="size-3.5" />}
      >
        {t.rich('endSilence', { hidden: <span className="sr-only" />, scope: row.scopeName })}
      </Button>
    ),
});
