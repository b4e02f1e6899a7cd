'use client';

import { CONFIG_CSV_COLUMNS, CONFIG_CSV_TEMPLATE, type ConfigCsvPreview, endpoints } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { call } from '../../../lib/api/browser.ts';
import { useSubmit } from '../../../lib/forms/use-submit.ts';
import { t } from '../../../messages/configuration-csv.ts';
import { t as configuration } from '../../../messages/configuration.ts';
import { CheckField } from '../../../ui/check-field.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { chooseDraft, useDraft } from '../draft/use-draft.ts';
import { CsvPreview } from './csv-preview.tsx';
import { csvTextOf } from './csv-text.ts';

const CSV_TYPES = '.csv,text/csv';
const TEMPLATE_NAME = 'accounts.csv';

/** Brings accounts of many lines in from a spreadsheet: checked row by row first, then put into a draft. */
export function CsvDialog({ onClose }: { onClose: () => void }) {
  const id = useId();
  const { draft } = useDraft();
  const client = useQueryClient();
  const toast = useToast();
  const [csv, setCsv] = useState('');
  const [leaveOutWrongRows, setLeaveOut] = useState(false);
  const [shown, setShown] = useState<{ csv: string; draftId: string | null; preview: ConfigCsvPreview } | null>(null);
  const look = useSubmit(endpoints.previewConfigCsv.body, async (body) => {
    const preview = await call(endpoints.previewConfigCsv, { body });
    setShown({ csv: body.csv, draftId: body.draftId ?? null, preview });
  });
  const put = useSubmit(endpoints.importConfigCsv.body, async (body) => {
    const brought = await call(endpoints.importConfigCsv, { body });
    chooseDraft(brought.draft.id);
    await client.invalidateQueries();
    toast(t('imported', { count: brought.edits, draft: brought.draft.name }), configuration('editAddedAbout'));
    onClose();
  });

  if (shown !== null) {
    const { preview, draftId } = shown;
    const isNothing = preview.edits === 0;
    const into = draftId === null ? { name: t('draftName') } : { draftId };
    return (
      <FormDialog
        wide
        title={t('title')}
        description={t('previewAbout')}
        yes={isNothing ? t('done') : t('intoDraft')}
        form={isNothing ? { ...put, submit: () => Promise.resolve(onClose()) } : put}
        values={{ csv: shown.csv, into, fingerprint: preview.fingerprint, leaveOutWrongRows }}
        onClose={onClose}
      >
        <CsvPreview preview={preview} />
        {preview.wrongRows > 0 && !isNothing && (
          <CheckField checked={leaveOutWrongRows} onChange={setLeaveOut} label={t('leaveOut')} />
        )}
        {put.errors['csv'] !== undefined && <Wrong>{put.errors['csv']}</Wrong>}
        <span data-field="csv" tabIndex={-1} />
      </FormDialog>
    );
  }
  return (
    <FormDialog
      wide
      title={t('title')}
      description={t('about')}
      yes={t('look')}
      form={look}
      values={{ csv, ...(draft !== null && { draftId: draft.id }) }}
      onClose={onClose}
    >
      <label className="flex flex-col gap-1 text-sm font-medium">
        {t('file')}
        <input
          type="file"
          accept={CSV_TYPES}
          data-field="csv"
          aria-describedby={id}
          onChange={({ target }) => {
            const file = target.files?.[0];
            if (file !== undefined) void csvTextOf(file).then(setCsv);
          }}
          className="rounded-md border border-line bg-surface p-2 text-sm font-normal"
        />
      </label>
      {look.errors['csv'] !== undefined && <Wrong>{look.errors['csv']}</Wrong>}
      <p id={id} className="text-sm text-ink-2">
        {t('columns', { columns: Object.keys(CONFIG_CSV_COLUMNS).join(', ') })}{' '}
        <a
          className="underline underline-offset-2"
          download={TEMPLATE_NAME}
          href={`data:text/csv;charset=utf-8,${encodeURIComponent(CONFIG_CSV_TEMPLATE)}`}
        >
          {t('template')}
        </a>
      </p>
    </FormDialog>
  );
}

const Wrong = ({ children }: { children: string }) => (
  <p role="alert" className="text-sm text-critical wrap-anywhere">
    {children}
  </p>
);
