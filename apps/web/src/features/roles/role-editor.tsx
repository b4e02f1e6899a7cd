'use client';

import { endpoints } from '@loopstart/contracts';
import type { PermissionName } from '@loopstart/domain';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { t as common } from '../../messages/common.ts';
import { t } from '../../messages/roles.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useUser } from '../session/index.ts';
import { RightsField } from './rights-field.tsx';
import { bodyOf, type RoleDraft } from './role-draft.ts';

/** Makes a role, or changes one. Mounted only while open. */
export function RoleEditor(props: { id: string | null; title: string; draft: RoleDraft; onClose: () => void }) {
  const { id, onClose } = props;
  const formId = useId();
  const client = useQueryClient();
  const toast = useToast();
  const own = useUser();
  const [draft, setDraft] = useState(props.draft);
  const form = useSubmit(endpoints.createRole.body, async (body) => {
    const saved =
      id === null
        ? await call(endpoints.createRole, { body })
        : await call(endpoints.updateRole, { params: { roleId: id }, body });
    await client.invalidateQueries();
    onClose();
    toast(t('saved', { title: saved.title }));
  });
  return (
    <Dialog
      open
      wide
      onOpenChange={onClose}
      title={props.title}
      description={t('formAbout')}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button look="primary" type="submit" form={formId} pending={form.pending}>
            {t('save')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void form.submit(bodyOf(draft));
        }}
      >
        {form.failure !== null && <FailureNote told={form.failure} />}
        <TextField
          label={t('name')}
          name="title"
          maxLength={120}
          value={draft.title}
          error={form.errors['title']}
          onChange={(event) => setDraft({ ...draft, title: event.target.value })}
        />
        <TextField
          label={t('lines')}
          name="maxLinesAtOnce"
          inputMode="numeric"
          hint={own.maxLinesAtOnce === null ? t('linesHint') : t('linesUpTo', { count: own.maxLinesAtOnce })}
          value={draft.lines}
          error={form.errors['maxLinesAtOnce'] === undefined ? undefined : t('linesInvalid')}
          onChange={(event) => setDraft({ ...draft, lines: event.target.value })}
        />
        <RightsField
          value={draft.permissions}
          offered={own.permissions}
          error={form.errors['permissions']}
          onChange={(permissions: PermissionName[]) => setDraft({ ...draft, permissions })}
        />
      </form>
    </Dialog>
  );
}
