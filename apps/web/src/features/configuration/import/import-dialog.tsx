'use client';

import {
  CONFIG_FILE_BYTES_MAX,
  type ConfigImportPreview,
  type ConfigImportSource,
  endpoints,
  type RunningConfigSummary,
} from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../lib/api/browser.ts';
import { useSubmit } from '../../../lib/forms/use-submit.ts';
import { t } from '../../../messages/configuration-import.ts';
import { t as configuration } from '../../../messages/configuration.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { chooseDraft, useDraft } from '../draft/use-draft.ts';
import { contentOf } from './file-content.ts';
import { ImportPreview } from './import-preview.tsx';
import { SourceFields, type SourceKind } from './source-fields.tsx';

interface Shown {
  source: ConfigImportSource;
  draftId: string | null;
  preview: ConfigImportPreview;
}

/** Takes over a gateway that was configured by hand: what it has is shown first, then put into a draft. */
export function ImportDialog(props: {
  gatewayId: string;
  gatewayName: string;
  newest: RunningConfigSummary | null;
  onClose: () => void;
}) {
  const params = { gatewayId: props.gatewayId };
  const { draft } = useDraft();
  const client = useQueryClient();
  const toast = useToast();
  const [kind, setKind] = useState<SourceKind>(props.newest === null ? 'file' : 'running');
  const [file, setFile] = useState<{ content: string } | { error: string }>({ error: t('chooseFile') });
  const [shown, setShown] = useState<Shown | null>(null);

  const look = useSubmit(endpoints.previewConfigImport.body, async (body) => {
    const preview = await call(endpoints.previewConfigImport, { params, body });
    setShown({ source: body.source, draftId: body.draftId ?? null, preview });
  });
  const put = useSubmit(endpoints.importConfig.body, async (body) => {
    const brought = await call(endpoints.importConfig, { params, body });
    chooseDraft(brought.draft.id);
    await client.invalidateQueries();
    toast(t('imported', { count: brought.edits, draft: brought.draft.name }), configuration('editAddedAbout'));
    props.onClose();
  });
  const choose = async (chosen: File | null) => {
    if (chosen === null) setFile({ error: t('chooseFile') });
    else if (chosen.size > CONFIG_FILE_BYTES_MAX) setFile({ error: t('tooLarge') });
    else setFile({ content: await contentOf(chosen) });
  };

  if (shown !== null) {
    const { source, draftId, preview } = shown;
    const into =
      draftId === null ? { name: t('draftName', { gateway: props.gatewayName }).slice(0, 120) } : { draftId };
    return (
      <FormDialog
        wide
        title={t('title')}
        description={t('previewAbout')}
        yes={preview.edits.length === 0 ? t('done') : t('intoDraft')}
        form={preview.edits.length === 0 ? { ...put, submit: async () => props.onClose() } : put}
        values={{ source, into, fingerprint: preview.fingerprint }}
        onClose={props.onClose}
      >
        <ImportPreview preview={preview} />
      </FormDialog>
    );
  }
  const source = kind === 'running' ? { kind, configId: props.newest?.id } : { kind, content: contentOr(file) };
  return (
    <FormDialog
      wide
      title={t('title')}
      description={t('about')}
      yes={t('look')}
      form={look}
      values={{ source, ...(draft !== null && { draftId: draft.id }) }}
      onClose={props.onClose}
    >
      <SourceFields
        kind={kind}
        newest={props.newest}
        error={
          look.errors['source'] ??
          (look.errors['source.content'] !== undefined && 'error' in file ? file.error : look.errors['source.content'])
        }
        onKind={setKind}
        onFile={(chosen) => void choose(chosen)}
      />
    </FormDialog>
  );
}

const contentOr = (file: { content: string } | { error: string }): string => ('content' in file ? file.content : '');
