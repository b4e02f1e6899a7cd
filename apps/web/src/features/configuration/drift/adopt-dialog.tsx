'use client';

import { type ConfigDriftView, endpoints } from '@loopstart/contracts';
import { useState } from 'react';
import { call } from '../../../lib/api/browser.ts';
import { useSubmit } from '../../../lib/forms/use-submit.ts';
import { t } from '../../../messages/configuration.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { useDraft } from '../draft/use-draft.ts';
import { ImportConfirm, type ShownImport } from '../import/import-confirm.tsx';
import { DriftKeys } from './drift-keys.tsx';

/** Takes what was changed elsewhere into a draft: shown first, with what cannot be taken and why. */
export function AdoptDialog({ drift, onClose }: { drift: ConfigDriftView; onClose: () => void }) {
  const { draft } = useDraft();
  const [shown, setShown] = useState<ShownImport | null>(null);
  const look = useSubmit(endpoints.previewConfigImport.body, async (body) => {
    const params = { gatewayId: drift.gateway.id };
    const preview = await call(endpoints.previewConfigImport, { params, body });
    setShown({ source: body.source, draftId: body.draftId ?? null, preview });
  });
  if (shown !== null)
    return (
      <ImportConfirm
        shown={shown}
        title={t('adoptTitle')}
        about={t('adoptEnd')}
        draftName={t('adoptDraft', { gateway: drift.gateway.name })}
        nothing={t('adoptNothing')}
        onClose={onClose}
      />
    );
  return (
    <FormDialog
      wide
      title={t('adoptTitle')}
      description={t('adoptAbout')}
      yes={t('adoptLook')}
      form={look}
      values={{ source: { kind: 'drift', driftId: drift.id }, ...(draft !== null && { draftId: draft.id }) }}
      onClose={onClose}
    >
      <DriftKeys drift={drift} />
    </FormDialog>
  );
}
