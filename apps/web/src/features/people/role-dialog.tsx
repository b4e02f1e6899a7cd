'use client';

import { endpoints, type Member } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { t as common } from '../../messages/common.ts';
import { t } from '../../messages/people.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { membersQuery } from './queries.ts';
import { type RoleDraft, RoleFields } from './role-fields.tsx';

/** Changes what a member may do, and where. */
export function RoleDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const id = useId();
  const toast = useToast();
  const client = useQueryClient();
  const [draft, setDraft] = useState<RoleDraft>({ role: member.role, limitedTo: member.limitedTo });
  const form = useSubmit(endpoints.changeMemberRole.body, async (body) => {
    const changed = await call(endpoints.changeMemberRole, { params: { userId: member.id }, body });
    await client.invalidateQueries({ queryKey: membersQuery().queryKey });
    onClose();
    toast(t('roleChanged', { name: member.name, role: changed.roleTitle ?? changed.role }));
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('changeRoleOf', { name: member.name })}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button look="primary" type="submit" form={id} pending={form.pending}>
            {t('save')}
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
          void form.submit(draft);
        }}
      >
        {form.failure !== null && <FailureNote told={form.failure} />}
        <RoleFields value={draft} title={member.roleTitle} onChange={setDraft} errors={form.errors} />
      </form>
    </Dialog>
  );
}
