'use client';

import { endpoints, type Member } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { t } from '../../messages/people.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useToast } from '../../ui/toast.tsx';
import { type RoleDraft, RoleFields } from './role-fields.tsx';

/** Changes what a member may do, and where. */
export function RoleDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const toast = useToast();
  const client = useQueryClient();
  const [draft, setDraft] = useState<RoleDraft>({ role: member.role, limitedTo: member.limitedTo });
  const form = useSubmit(endpoints.changeMemberRole.body, async (body) => {
    const changed = await call(endpoints.changeMemberRole, { params: { userId: member.id }, body });
    await client.invalidateQueries();
    onClose();
    toast(t('roleChanged', { name: member.name, role: changed.roleTitle ?? changed.role }));
  });
  return (
    <FormDialog
      title={t('changeRoleOf', { name: member.name })}
      yes={t('save')}
      form={form}
      values={draft}
      onClose={onClose}
    >
      <RoleFields value={draft} title={member.roleTitle} onChange={setDraft} errors={form.errors} />
    </FormDialog>
  );
}
