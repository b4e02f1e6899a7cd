'use client';

import { ApiError, type ConfigLine, LINE_FIELDS } from '@loopstart/contracts';
import { useMutation } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useInfiniteQuery, useQuery } from '../../../lib/api/use-query.ts';
import { tell } from '../../../lib/errors/sentences.ts';
import { t } from '../../../messages/config-lines.ts';
import { t as configuration } from '../../../messages/configuration.ts';
import { Section } from '../../../ui/section.tsx';
import { Bone, Loading } from '../../../ui/skeleton.tsx';
import { Empty, Failure, FailureNote } from '../../../ui/state-panel.tsx';
import { useRefusal } from '../../session/index.ts';
import { planRows } from '../dial-plans/plan-rows.ts';
import { useDraft } from '../draft/use-draft.ts';
import { useEdit } from '../draft/use-edit.ts';
import { entriesQuery, linesQuery, recentEditsQuery } from '../queries.ts';
import { cellNote, lineName } from './cell-words.ts';
import { SheetBar } from './sheet-bar.tsx';
import { SheetGrid } from './sheet-grid.tsx';
import { settingLabel } from '../setting/setting-words.ts';
import { cellKey, cellOf, editsOf, type Spot } from './sheet.ts';
import { type Sheet, useSheet } from './use-sheet.ts';

const NO_LINES: readonly ConfigLine[] = [];

/** The sheet of a place, with what is done to it. */
export function LinesSheet({ place }: { place: { customerId?: string; siteId?: string; gatewayId?: string } }) {
  const { draft, isKnown } = useDraft();
  const list = useInfiniteQuery({ ...linesQuery(place, draft?.id), enabled: isKnown });
  const lines = list.data?.pages.flatMap(({ items }) => items) ?? NO_LINES;
  const plans = usePlanNames(draft?.id);
  const sheet = useSheet(lines);
  const save = useSave(lines, sheet);
  const mayWrite = useRefusal('configuration.write');
  const [active, setActive] = useState<Spot>({ row: 0, column: 0 });
  const [said, say] = useState('');
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const onNearEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  if (list.data === undefined) {
    if (list.error !== null) return <Failure error={list.error} retry={list.refetch} />;
    return (
      <Loading what={t('lower')}>
        <Bone className="h-80 w-full" />
      </Loading>
    );
  }
  const total = list.data.pages[0]?.total ?? 0;
  if (total === 0)
    return (
      <div className="rounded-lg border border-line bg-surface">
        <Empty title={t('none')}>{t('noneAbout')}</Empty>
      </div>
    );
  return (
    <>
      {save.error !== null && sheet.problems.size === 0 && <FailureNote told={tell(save.error)} />}
      <Section title={t('sheet')} note={t('loadedOf', { loaded: lines.length, total })} flush>
        <ActiveCell lines={lines} sheet={sheet} active={active} />
        <SheetGrid
          lines={lines}
          total={total}
          sheet={sheet}
          plans={plans}
          active={active}
          refusal={mayWrite}
          onActive={(at) => {
            say('');
            setActive(at);
          }}
          onPasted={({ pasted, beyond }) =>
            say(beyond === 0 ? t('pasted', { count: pasted }) : t('pastedBeyond', { count: pasted, beyond }))
          }
          onNearEnd={onNearEnd}
        />
        <SheetBar
          sheet={sheet}
          said={said}
          pending={save.isPending}
          refusal={mayWrite}
          onSave={() => save.mutate()}
          onGoToWrong={() => setActive(firstWrong(lines, sheet))}
        />
      </Section>
    </>
  );
}

/** What is to know about the chosen cell, above the sheet, as a spreadsheet shows its formula. */
function ActiveCell({ lines, sheet, active }: { lines: readonly ConfigLine[]; sheet: Sheet; active: Spot }) {
  const line = lines[active.row];
  if (line === undefined) return null;
  const cell = cellOf(line, active.column);
  const key = cellKey(line, cell.field);
  const problem = sheet.problems.get(key);
  return (
    <p className="flex min-h-9 flex-wrap items-center gap-x-2 border-b border-line px-4 py-1.5 text-sm">
      <span className="font-medium">{t('cellOf', { setting: settingLabel(cell.field), line: lineName(line) })}</span>
      <span className={problem === undefined ? 'text-ink-2' : 'font-medium text-critical'}>
        {cellNote(cell, sheet.changes.get(key), problem)}
      </span>
    </p>
  );
}

function firstWrong(lines: readonly ConfigLine[], { problems }: Sheet): Spot {
  for (const [row, line] of lines.entries())
    for (const [column, field] of LINE_FIELDS.entries()) if (problems.has(cellKey(line, field))) return { row, column };
  return { row: 0, column: 0 };
}

/** Sends all changes as edits of the draft, all or none; what the API finds wrong goes to its cell. */
function useSave(lines: readonly ConfigLine[], sheet: Sheet) {
  const { edit } = useEdit();
  return useMutation({
    mutationFn: async () => {
      const { keys, edits } = editsOf(lines, sheet.changes);
      try {
        await edit(edits, configuration('newDraftName'));
      } catch (error) {
        sheet.refuse(refusedCells(error, keys));
        throw error;
      }
    },
    onSuccess: sheet.clear,
  });
}

function refusedCells(error: unknown, keys: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { path, expected } of error instanceof ApiError ? (error.problem.fields ?? []) : []) {
    const key = keys[Number(/^body\.edits\.(\d+)/.exec(path)?.[1] ?? -1)];
    if (key !== undefined) found.set(key, expected);
  }
  return found;
}

/** Dial plans that a port can name, those of the draft among them. */
function usePlanNames(draftId: string | undefined): string[] {
  const entries = useQuery(entriesQuery({ layer: 'operator' }));
  const edits = useQuery({ ...recentEditsQuery(draftId ?? ''), enabled: draftId !== undefined });
  return planRows(entries.data?.items ?? [], draftId === undefined ? [] : (edits.data?.items ?? [])).map(
    ({ name }) => name,
  );
}
