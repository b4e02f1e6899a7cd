'use client';

import { type ConditionView, endpoints } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Pencil, Undo2 } from 'lucide-react';
import { useMemo } from 'react';
import { call } from '../../lib/api/browser.ts';
import { tell } from '../../lib/errors/sentences.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Moment } from '../../ui/moment.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { type Column, DataTable } from '../../ui/table/data-table.tsx';
import { useToast } from '../../ui/toast.tsx';
import { type Setting, settingValues, settingWhere } from './threshold-words.ts';
import { t } from '../../messages/thresholds.ts';

/** What differs from the default, where and why; widest first, and the nearest wins. */
export function SettingList(props: {
  condition: ConditionView;
  refusal: string | null;
  onEdit: (setting: Setting) => void;
}) {
  const { condition, refusal, onEdit } = props;
  const client = useQueryClient();
  const toast = useToast();
  const { mutate, error } = useMutation({
    mutationFn: (setting: Setting) => call(endpoints.resetThreshold, { params: { settingId: setting.id } }),
    onSuccess: async (_, setting) => {
      await client.invalidateQueries();
      toast(t('resetWiderScope', { settingWhere: settingWhere(setting) }));
    },
  });
  const columns = useMemo(() => columnsOf(condition, refusal, onEdit, mutate), [condition, refusal, onEdit, mutate]);
  if (condition.settings.length === 0) return null;
  return (
    <div className="flex flex-col gap-2">
      <h4 className="text-sm font-semibold">{t('exceptionsNearestScopeApplies')}</h4>
      {error !== null && <FailureNote told={tell(error)} />}
      <div className="overflow-clip rounded-md border border-line">
        <DataTable
          caption={t('exceptionsDefault', { title: condition.title })}
          columns={columns}
          rows={condition.settings}
          rowKey={(row) => row.id}
        />
      </div>
    </div>
  );
}

function columnsOf(
  condition: ConditionView,
  refusal: string | null,
  edit: (setting: Setting) => void,
  reset: (setting: Setting) => void,
): readonly Column<Setting>[] {
  return [
    { id: 'where', header: t('scope'), rowHeader: true, card: 'title', cell: (row) => settingWhere(row) },
    {
      id: 'values',
      header: t('value'),
      card: 'line',
      cell: (row) => (
        <ul>
          {settingValues(row, condition).map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      ),
    },
    {
      id: 'why',
      header: t('whyThisValue'),
      card: 'line',
      className: 'sm:max-w-80',
      cell: (row) => (
        <>
          <p className="wrap-anywhere text-ink-2">{row.reason}</p>
          <p className="text-sm text-ink-3">
            {row.setBy}, <Moment at={row.setAt} siteZone={null} />
          </p>
        </>
      ),
    },
    {
      id: 'acts',
      header: t('actions'),
      card: 'line',
      align: 'right',
      cell: (row) => (
        <span className="inline-flex items-center gap-1">
          <Button
            size="sm"
            disabledReason={refusal}
            onClick={() => reset(row)}
            icon={<Undo2 aria-hidden="true" className="size-3.5" />}
          >
            {t('reset')}
            <span className="sr-only"> {settingWhere(row)}</span>
          </Button>
          {refusal === null && (
            <IconButton
              size="sm"
              label={t('changeItFor', { settingWhere: settingWhere(row) })}
              icon={<Pencil aria-hidden="true" className="size-3.5" />}
              onClick={() => edit(row)}
            />
          )}
        </span>
      ),
    },
  ];
}
