'use client';

import { type ConfigEditInput, endpoints } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api/browser.ts';
import { t } from '../../../messages/configuration.ts';
import { useToast } from '../../../ui/toast.tsx';
import { chooseDraft, useDraft } from './use-draft.ts';

/** Puts edits into the draft of this tab. `newName`: the name of a draft that is begun for them, where none is open. */
export function useEdit() {
  const { draft } = useDraft();
  const client = useQueryClient();
  const toast = useToast();
  return {
    draft,
    edit: async (edits: ConfigEditInput[], newName: string) => {
      const into = draft ?? (await call(endpoints.createConfigDraft, { body: { name: newName } }));
      await call(endpoints.editConfigDraft, { params: { draftId: into.id }, body: { edits } });
      chooseDraft(into.id);
      await client.invalidateQueries();
      toast(t('editAdded', { draft: into.name }), t('editAddedAbout'));
    },
  };
}
