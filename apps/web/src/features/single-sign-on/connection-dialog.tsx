'use client';

import { endpoints, type SsoConnection, SsoConnectionInput } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { t } from '../../messages/single-sign-on.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useToast } from '../../ui/toast.tsx';
import { bodyOf, draftOf, EMPTY_CONNECTION } from './connection-draft.ts';
import { ConnectionFields } from './connection-fields.tsx';
import { singleSignOnQuery } from './queries.ts';

/** Adds a connection, or changes one. */
export function ConnectionDialog({ connection, onClose }: { connection: SsoConnection | null; onClose: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const [draft, setDraft] = useState(connection === null ? EMPTY_CONNECTION : draftOf(connection));
  const form = useSubmit(SsoConnectionInput, async (body) => {
    await (connection === null
      ? call(endpoints.createSsoConnection, { body })
      : call(endpoints.updateSsoConnection, { params: { connectionId: connection.id }, body }));
    await client.invalidateQueries({ queryKey: singleSignOnQuery().queryKey });
    toast(t('saved', { name: body.name }));
    onClose();
  });
  const words = t.group('form');
  return (
    <FormDialog
      title={connection === null ? words.create : t('form.edit', { name: connection.name })}
      description={words.about}
      yes={words.save}
      form={form}
      values={bodyOf(draft)}
      onClose={onClose}
    >
      <ConnectionFields
        draft={draft}
        set={(part) => setDraft((present) => ({ ...present, ...part }))}
        errors={form.errors}
        isNew={connection === null}
      />
    </FormDialog>
  );
}
