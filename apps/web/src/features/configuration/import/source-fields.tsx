'use client';

import type { ConfigImportSource, RunningConfigSummary } from '@loopstart/contracts';
import { CONFIG_FILE_BYTES_MAX } from '@loopstart/contracts';
import { useId } from 'react';
import { t } from '../../../messages/configuration-import.ts';
import { RadioList } from '../../../ui/radio-list.tsx';

export type SourceKind = Exclude<ConfigImportSource['kind'], 'drift'>;

/** What is imported: the newest configuration that Loopstart read, or a file. */
export function SourceFields(props: {
  kind: SourceKind;
  newest: RunningConfigSummary | null;
  error: string | undefined;
  onKind: (kind: SourceKind) => void;
  onFile: (file: File | null) => void;
}) {
  const id = useId();
  return (
    <div className="flex flex-col gap-3" data-field="source" tabIndex={-1}>
      <RadioList
        label={t('source')}
        value={props.kind}
        options={[
          { value: 'running', words: t('sources_running'), disabled: props.newest === null },
          { value: 'file', words: t('sources_file') },
        ]}
        onChange={props.onKind}
        {...(props.newest === null && { note: t('neverRead') })}
      />
      {props.kind === 'file' && (
        <label className="flex flex-col gap-1 text-sm font-medium">
          {t('file')}
          <input
            type="file"
            aria-describedby={`${id}-hint`}
            onChange={({ target }) => props.onFile(target.files?.[0] ?? null)}
            className="rounded-md border border-line bg-surface p-2 text-sm font-normal"
          />
          <span id={`${id}-hint`} className="font-normal text-ink-2">
            {t('fileHint', { kib: CONFIG_FILE_BYTES_MAX / 1024 })}
          </span>
        </label>
      )}
      {props.error !== undefined && (
        <p role="alert" className="text-sm text-critical wrap-anywhere">
          {props.error}
        </p>
      )}
    </div>
  );
}
