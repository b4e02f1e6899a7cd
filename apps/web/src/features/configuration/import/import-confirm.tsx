'use client';

import { type ConfigImportPreview, type ConfigImportSource, endpoints } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api/browser.ts';
import { useSubmit } from '../../../lib/forms/use-submit.ts';
import { t } from '../../../messages/configuration-import.ts';
import { t as configuration } from '../../../messages/configuration.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { chooseDraft } from '../draft/use-draft.ts';
import { ImportPreview } from './import-preview.tsx';

/** What was shown, and where its edits would go: into this draft, or into a new one. */
export interface ShownImport {
  source: ConfigImportSource;
  draftId: string | null;
  preview: ConfigImportPreview;
}

/** Shows what would be set, and puts it into a draft. */
export function ImportConfirm(props: {
  shown: ShownImport;
  title: string;
  about: string;
  /** Of a new draft. */
  draftName: string;
  /** Where nothing is to be set. */
  nothing: string;
  onClose: () => void;
}) {
  const { source, draftId, preview } = props.shown;
  const client = useQueryClient();
  const toast = useToast();
  const params = { gatewayId: preview.gateway.id };
  const put = useSubmit(endpoints.importConfig.body, async (body) => {
    const brought = await call(endpoints.importConfig, { params, body });
    chooseDraft(brought.draft.id);
    await client.invalidateQueries();
    toast(t('imported', { count: brought.edits, draft: brought.draft.name }), configuration('editAddedAbout'));
    props.onClose();
  });
  const into = draftId === null ? { name: props.draftName.slice(0, 120) } : { draftId };
  const isEmpty = preview.edits.length === 0;
  return (
    <FormDialog
      wide
      title={props.title}
      description={props.about}
      yes={isEmpty ? t('done') : t('intoDraft')}
      form={isEmpty ? { ...put, submit: async () => props.onClose() } : put}
      values={{ source, into, fingerprint: preview.fingerprint }}
      onClose={props.onClose}
    >
      <ImportPreview preview={preview} nothing={props.nothing} />
    </FormDialog>
  );
}
