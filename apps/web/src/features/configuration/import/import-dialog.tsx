'use client';

import { CONFIG_FILE_BYTES_MAX, endpoints, type RunningConfigSummary } from '@loopstart/contracts';
import { useState } from 'react';
import { call } from '../../../lib/api/browser.ts';
import { useSubmit } from '../../../lib/forms/use-submit.ts';
import { t } from '../../../messages/configuration-import.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { useDraft } from '../draft/use-draft.ts';
import { contentOf } from './file-content.ts';
import { ImportConfirm, type ShownImport } from './import-confirm.tsx';
import { SourceFields, type SourceKind } from './source-fields.tsx';

/** Takes over a gateway that was configured by hand: what it has is shown first, then put into a draft. */
export function ImportDialog(props: {
  gatewayId: string;
  gatewayName: string;
  newest: RunningConfigSummary | null;
  onClose: () => void;
}) {
  const params = { gatewayId: props.gatewayId };
  const { draft } = useDraft();
  const [kind, setKind] = useState<SourceKind>(props.newest === null ? 'file' : 'running');
  const [file, setFile] = useState<{ content: string } | { error: string }>({ error: t('chooseFile') });
  const [shown, setShown] = useState<ShownImport | null>(null);

  const look = useSubmit(endpoints.previewConfigImport.body, async (body) => {
    const preview = await call(endpoints.previewConfigImport, { params, body });
    setShown({ source: body.source, draftId: body.draftId ?? null, preview });
  });
  const choose = async (chosen: File | null) => {
    if (chosen === null) setFile({ error: t('chooseFile') });
    else if (chosen.size > CONFIG_FILE_BYTES_MAX) setFile({ error: t('tooLarge') });
    else setFile({ content: await contentOf(chosen) });
  };

  if (shown !== null) {
    return (
      <ImportConfirm
        shown={shown}
        title={t('title')}
        about={t('previewAbout')}
        draftName={t('draftName', { gateway: props.gatewayName })}
        nothing={t('nothingToSet')}
        onClose={props.onClose}
      />
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
