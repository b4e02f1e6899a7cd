'use client';

import { endpoints, type MailMode } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { t } from '../../messages/people.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { useToast } from '../../ui/toast.tsx';
import { HandOver, type Link } from './hand-over.tsx';
import { invitationsQuery } from './queries.ts';
import { type RoleDraft, RoleFields } from './role-fields.tsx';

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  mail: MailMode;
}

/** Invites a person; where no mail is sent, shows the link to hand over. */
export function InviteDialog(props: Props) {
  return props.open ? <OpenDialog {...props} /> : null;
}

function OpenDialog({ onOpenChange, mail }: Props) {
  const toast = useToast();
  const client = useQueryClient();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<RoleDraft>({ role: 'technician', limitedTo: null });
  const [link, setLink] = useState<Link | null>(null);
  const form = useSubmit(endpoints.createInvitation.body, async (body) => {
    const invited = await call(endpoints.createInvitation, { body });
    await client.invalidateQueries({ queryKey: invitationsQuery().queryKey });
    if (invited.link !== null) return setLink({ url: invited.link, email: body.email });
    onOpenChange(false);
    toast(t('invited', { email: body.email }), t('mailGoes'));
  });
  if (link !== null) return <HandOver link={link} onClose={() => onOpenChange(false)} />;
  return (
    <FormDialog
      title={t('invite')}
      description={mail === 'none' ? t('inviteNoMail') : t('inviteAbout')}
      yes={t('sendInvitation')}
      form={form}
      values={{ email, ...role }}
      onClose={() => onOpenChange(false)}
    >
      <TextField
        label={t('eMail')}
        name="email"
        type="email"
        inputMode="email"
        value={email}
        error={form.errors['email']}
        onChange={(event) => setEmail(event.target.value)}
      />
      <RoleFields value={role} onChange={setRole} errors={form.errors} />
    </FormDialog>
  );
}
