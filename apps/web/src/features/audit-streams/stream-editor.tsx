'use client';

import { type AuditStream, endpoints } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { t } from '../../messages/audit-streams.ts';
import { t as common } from '../../messages/common.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { streamsQuery } from './queries.ts';
import { StreamFields } from './stream-fields.tsx';
import { bodyOf, draftOf } from './stream-form.ts';

/** Adds a stream, or changes one. Mounted only while open. */
export function StreamEditor({ stream, onClose }: { stream: AuditStream | null; onClose: () => void }) {
  const id = useId();
  const client = useQueryClient();
  const toast = useToast();
  const [draft, setDraft] = useState(() => draftOf(stream));
  const [secret, setSecret] = useState<string | null>(null);
  const done = async (name: string) => {
    await client.invalidateQueries({ queryKey: streamsQuery().queryKey });
    toast(t('saved', { name }));
  };
  const create = useSubmit(endpoints.createAuditStream.body, async (body) => {
    const made = await call(endpoints.createAuditStream, { body });
    await done(made.stream.name);
    if (made.signingSecret === null) onClose();
    else setSecret(made.signingSecret);
  });
  const update = useSubmit(endpoints.updateAuditStream.body, async (body) => {
    if (stream === null) return;
    await done((await call(endpoints.updateAuditStream, { params: { streamId: stream.id }, body })).name);
    onClose();
  });
  const form = stream === null ? create : update;
  if (secret !== null) return <SecretDialog secret={secret} onClose={onClose} />;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={stream === null ? t('add') : t('editTitle', { name: stream.name })}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button look="primary" type="submit" form={id} pending={form.pending}>
            {stream === null ? t('add') : t('save')}
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
          void form.submit(bodyOf(draft, stream === null));
        }}
      >
        <StreamFields
          draft={draft}
          isNew={stream === null}
          client={stream?.client ?? null}
          set={(part) => setDraft({ ...draft, ...part })}
          errors={form.errors}
        />
        {form.failure !== null && <FailureNote told={form.failure} />}
      </form>
    </Dialog>
  );
}

function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <Dialog
      open
      alert
      onOpenChange={onClose}
      title={t('secretTitle')}
      description={t('secretAbout')}
      footer={
        <Button look="primary" onClick={onClose}>
          {t('done')}
        </Button>
      }
    >
      <div className="flex flex-wrap items-center gap-2">
        <code className="min-w-0 flex-1 rounded-md bg-sunken px-2 py-1.5 text-sm break-all">{secret}</code>
        <CopyButton text={secret} what={t('secret')} />
      </div>
    </Dialog>
  );
}
