'use client';

import { endpoints } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import type { ItemOf, ListId } from '../../lib/api/query.ts';
import { tell } from '../../lib/errors/sentences.ts';
import { count } from '../../lib/format/number.ts';
import { t } from '../../messages/grid.ts';
import { Button } from '../button.tsx';
import { Dialog } from '../dialog.tsx';
import { type RowResult, runEach } from './bulk-run.ts';
import type { GridList } from './grid-list.ts';
import type { Bulk, BulkAction, EachAction, WholeAction } from './use-bulk.ts';
import type { Selection } from './use-selection.ts';

/** A person reads the result of so many. */
const MAX = 500;

interface Props<K extends ListId> {
  list: GridList<K>;
  asked: Record<string, unknown>;
  actions: readonly BulkAction<ItemOf<K>>[];
  bulk: Bulk<ItemOf<K>>;
  selection: Selection<ItemOf<K>>;
  total: number;
  totalWords: string;
}

/** What can be done with the rows that are selected, and how many they are. */
export function BulkBar<K extends ListId>(props: Props<K>) {
  const { bulk, selection, total, totalWords } = props;
  const size = selection.matching ? total : selection.size;
  return (
    <div
      role="toolbar"
      aria-label={t('selected', { count: size })}
      className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line bg-accent-soft px-4 py-1.5 text-sm"
    >
      <span role="status" className="font-medium">
        {selection.matching ? t('allSelected', { count: totalWords }) : t('selected', { count: size })}
      </span>
      {!selection.matching && selection.all && total > selection.size && (
        <Button size="sm" look="quiet" onClick={selection.selectMatching}>
          {t('selectMatching', { count: totalWords })}
        </Button>
      )}
      <span className="flex flex-wrap gap-1.5">
        {props.actions.map((action) => (
          <Button
            key={action.id}
            size="sm"
            disabledReason={action.refusal ?? ('run' in action && size > MAX ? t('bulkTooMany', { max: MAX }) : null)}
            pending={bulk.pending === action.id}
            onClick={() => bulk.start(action)}
          >
            {action.label}
          </Button>
        ))}
      </span>
      <Button size="sm" look="quiet" onClick={selection.clear}>
        {t('clearSelection')}
      </Button>
      {bulk.open !== null &&
        ('run' in bulk.open ? (
          <BulkDialog {...props} action={bulk.open} size={size} onClose={bulk.close} />
        ) : (
          <ConfirmDialog action={bulk.open} bulk={bulk} size={size} />
        ))}
    </div>
  );
}

interface Row {
  name: string;
  result: RowResult;
}

/** Asks back before something is done to rows that nobody has seen on this page. */
function ConfirmDialog<T>({ action, bulk, size }: { action: WholeAction<T>; bulk: Bulk<T>; size: number }) {
  const { title, text, run, cancel } = action.confirm(size);
  return (
    <Dialog
      alert
      open
      onOpenChange={(open) => !open && bulk.close()}
      title={title}
      footer={
        <>
          <Button onClick={bulk.close}>{cancel}</Button>
          <Button look="primary" pending={bulk.pending !== null} onClick={() => void bulk.confirm(action)}>
            {run}
          </Button>
        </>
      }
    >
      <p className="text-ink-2">{text}</p>
    </Dialog>
  );
}

function BulkDialog<K extends ListId>(
  props: Props<K> & { action: EachAction<ItemOf<K>>; size: number; onClose: () => void },
) {
  const { action, list, selection, size } = props;
  const client = useQueryClient();
  const [value, setValue] = useState(action.initial ?? '');
  const [rows, setRows] = useState<readonly Row[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [working, setWorking] = useState(false);
  const stop = useRef(false);
  const run = async () => {
    setWorking(true);
    setFailure(null);
    try {
      const wanted = selection.matching ? await allThatMatch(list, props.asked) : selection.rows;
      setRows(wanted.map((row) => ({ name: list.rowName(row), result: { state: 'waiting' } })));
      await runEach(
        wanted,
        (row) => action.run(row, value),
        (error) => tell(error).sentence,
        (index, result) =>
          setRows((before) => before?.map((row, at) => (at === index ? { ...row, result } : row)) ?? null),
        () => stop.current,
      );
      await client.invalidateQueries({ queryKey: [list.endpoint] });
    } catch (error) {
      setFailure(tell(error).sentence);
    } finally {
      setWorking(false);
    }
  };
  const done = rows?.filter(({ result }) => result.state === 'done').length ?? 0;
  const failed = rows?.filter(({ result }) => result.state === 'refused').length ?? 0;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (open || working) return;
        props.onClose();
      }}
      title={action.label}
      description={
        rows === null
          ? t('bulkPreview', { rows: list.words.count(count(size), size) })
          : t('bulkDone', { done, failed, count: rows.length })
      }
      footer={
        rows === null ? (
          <>
            <Button onClick={props.onClose}>{t('cancel')}</Button>
            <Button look="primary" pending={working} disabledReason={action.lacks?.(value) ?? null} onClick={run}>
              {t('bulkRun', { action: action.label, count: size })}
            </Button>
          </>
        ) : working ? (
          <Button onClick={() => (stop.current = true)}>{t('stop')}</Button>
        ) : (
          <Button look="primary" onClick={props.onClose}>
            {t('close')}
          </Button>
        )
      }
    >
      {failure !== null && (
        <p role="alert" className="text-sm font-medium text-critical">
          {failure}
        </p>
      )}
      {rows === null ? action.field?.(value, setValue) : <Results rows={rows} />}
    </Dialog>
  );
}

function Results({ rows }: { rows: readonly Row[] }) {
  return (
    <ul aria-label={t('bulkResult')} className="text-sm">
      {rows.map(({ name, result }, index) => (
        <li key={index} className="flex gap-3 border-b border-line/70 py-1">
          <span className="min-w-0 flex-1 truncate">{name}</span>
          <span className={result.state === 'refused' ? 'max-w-[60%] text-critical' : 'text-ink-3'}>
            {result.state === 'refused' ? result.why : RESULT_WORDS[result.state]}
          </span>
        </li>
      ))}
    </ul>
  );
}

const RESULT_WORDS = { waiting: t('bulkWaiting'), working: t('bulkWorking'), done: t('bulkOk') } as const;

/** All rows that match, from the list itself: no more than a person reads the result of. */
async function allThatMatch<K extends ListId>(list: GridList<K>, asked: Record<string, unknown>): Promise<ItemOf<K>[]> {
  const page = (await call(endpoints[list.endpoint], { query: { ...asked, limit: MAX } as never })) as {
    items: ItemOf<K>[];
    nextCursor: string | null;
  };
  if (page.nextCursor !== null) throw new Error(t('bulkTooMany', { max: MAX }));
  return page.items;
}
