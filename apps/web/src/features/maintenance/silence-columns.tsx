import type { Silence } from '@loopstart/contracts';
import { Square } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { Moment } from '../../ui/moment.tsx';
import type { Column } from '../../ui/table/data-table.tsx';
import { silenceWords } from './silence-form.ts';
import { WindowState } from './window-state.tsx';
import { t } from '../../messages/maintenance.ts';
import { t as common } from '../../messages/common.ts';

export function silenceColumns(acts: {
  end: (silence: Silence) => void;
  refusal: string | null;
}): readonly Column<Silence>[] {
  return [
    {
      id: 'what',
      header: t('scopeSilence'),
      rowHeader: true,
      card: 'title',
      className: 'sm:min-w-64',
      cell: (row) => (
        <>
          <p className="font-medium">{silenceWords(row.matcher)}</p>
          <p className="text-sm text-ink-3">{row.scopeName}</p>
        </>
      ),
    },
    { id: 'state', header: common('state'), card: 'aside', cell: (row) => <WindowState state={row.state} /> },
    {
      id: 'until',
      header: t('when'),
      card: 'line',
      cell: (row) => (
        <>
          <p className="text-ink-2">{t.rich('fromMoment', { moment: <Moment at={row.startsAt} siteZone={null} /> })}</p>
          <p>
            {t.rich('untilMoment2', { moment: <Moment at={row.endedAt ?? row.endsAt} siteZone={null} /> })}
            {row.endedAt !== null && <span className="text-ink-3">{t('endedEarly')}</span>}
          </p>
        </>
      ),
    },
    {
      id: 'matching',
      header: t('incidentsNow'),
      card: 'fact',
      cell: (row) =>
        row.matching === 0 ? (
          <span className="text-ink-3">{t('noneOpen')}</span>
        ) : (
          t('incident', { matching: row.matching })
        ),
    },
    {
      id: 'reason',
      header: common('reason'),
      card: 'line',
      className: 'sm:max-w-80',
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
          <Button
            size="sm"
            disabledReason={acts.refusal}
            onClick={() => acts.end(row)}
            icon={<Square aria-hidden="true" className="size-3.5" />}
          >
            {t.rich('endSilence', { hidden: <span className="sr-only" />, scope: row.scopeName })}
          </Button>
        ),
    },
  ];
}
