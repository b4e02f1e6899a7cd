'use client';

import { endpoints, type LibraryObject } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { t } from '../../messages/library.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useToast } from '../../ui/toast.tsx';
import { nameOf } from './content.ts';
import { SourceField, useSources } from './source-field.tsx';

/** Publishes the next version, from what the own organisation has. */
export function VersionDialog({ published, onClose }: { published: LibraryObject; onClose: () => void }) {
  const { id, object, version, operatorIds } = published;
  const toast = useToast();
  const client = useQueryClient();
  const sources = useSources(object.kind);
  const [sourceId, setSourceId] = useState('');
  const form = useSubmit(endpoints.publishVersion.body, async (body) => {
    await call(endpoints.publishVersion, { params: { objectId: id }, body });
    await client.invalidateQueries();
    onClose();
    toast(t('published', { name: nameOf(body.object) }));
  });
  return (
    <FormDialog
      title={t('versionTitle', { version: version + 1, name: nameOf(object) })}
      description={t('versionAbout', { count: operatorIds.length, version })}
      yes={t('publish')}
      form={form}
      values={{ from: version, object: sources?.find((source) => source.id === sourceId)?.object }}
      onClose={onClose}
    >
      <SourceField sources={sources} value={sourceId} error={form.errors['object']} onChange={setSourceId} />
    </FormDialog>
  );
}
