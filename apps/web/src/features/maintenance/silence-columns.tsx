import type { Silence } from '@loopstart/contracts';
import { Square } from 'lucide-react';
import { counted } from '../../lib/format/number.ts';
import { Button } from '../../ui/button.tsx';
import { Moment } from '../../ui/moment.tsx';
import type { Column } from '../../ui/table/data-table.tsx';
import { silenceWords } from './silence-form.ts';
import { WindowState } from './window-state.tsx';

export function silenceColumns(acts: {
  end: (silence: Silence) => void;
  refusal: string | null;
}): readonly Column<Silence>[] {
  return [
    {
      id: 'what',
      header: 'What is not told',
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
    { id: 'state', header: 'State', card: 'aside', cell: (row) => <WindowState state={row.state} /> },
    {
      id: 'until',
      header: 'When',
      card: 'line',
      cell: (row) => (
        <>
          <p className="text-ink-2">
            from <Moment at={row.startsAt} siteZone={null} />
          </p>
          <p>
            until <Moment at={row.endedAt ?? row.endsAt} siteZone={null} />
            {row.endedAt !== null && <span className="text-ink-3"> (ended early)</span>}
          </p>
        </>
      ),
    },
    {
      id: 'matching',
      header: 'Silences now',
      card: 'fact',
      cell: (row) =>
        row.matching === 0 ? <span className="text-ink-3">none open</span> : counted(row.matching, 'incident'),
    },
    {
      id: 'reason',
      header: 'Reason',
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
      header: 'Actions',
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
            End now<span className="sr-only"> the silence of {row.scopeName}</span>
          </Button>
        ),
    },
  ];
}
