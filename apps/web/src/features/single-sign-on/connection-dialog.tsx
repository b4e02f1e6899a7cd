'use client';

import { endpoints, type SsoConnection, SsoConnectionInput } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { t as common } from '../../messages/common.ts';
import { t } from '../../messages/single-sign-on.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { bodyOf, draftOf, EMPTY_CONNECTION } from './connection-draft.ts';
import { ConnectionFields } from './connection-fields.tsx';
import { singleSignOnQuery } from './queries.ts';

/** Adds a connection, or changes one. */
export function ConnectionDialog({ connection, onClose }: { connection: SsoConnection | null; onClose: () => void }) {
  const id = useId();
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
    <Dialog
      open
      onOpenChange={onClose}
      title={connection === null ? words.create : t('form.edit', { name: connection.name })}
      description={words.about}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button look="primary" type="submit" form={id} pending={form.pending}>
            {words.save}
          </Button>
        </>
      }
    >
      <form
        id={id}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void form.submit(bodyOf(draft, connection));
        }}
      >
        {form.failure !== null && <FailureNote told={form.failure} />}
        <ConnectionFields
          draft={draft}
          set={(part) => setDraft((present) => ({ ...present, ...part }))}
          errors={form.errors}
          isNew={connection === null}
        />
      </form>
    </Dialog>
  );
}
