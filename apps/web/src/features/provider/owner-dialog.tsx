'use client';

import { endpoints, type ProviderOperator } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { t } from '../../messages/provider.ts';
import { TextField } from '../../ui/field.tsx';
import { useToast } from '../../ui/toast.tsx';
import { HandOver, type Link } from '../people/index.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';

/** Invites the first owner anew, while the operator has nobody. */
export function OwnerDialog({ operator, onClose }: { operator: ProviderOperator; onClose: () => void }) {
  const toast = useToast();
  const client = useQueryClient();
  const [ownerEmail, setOwnerEmail] = useState('');
  const [link, setLink] = useState<Link | null>(null);
  const form = useSubmit(endpoints.inviteFirstOwner.body, async (body) => {
    const invited = await call(endpoints.inviteFirstOwner, { params: { operatorId: operator.id }, body });
    await client.invalidateQueries();
    if (invited.link !== null) return setLink({ url: invited.link, email: body.ownerEmail });
    onClose();
    toast(t('invited', { email: body.ownerEmail }), t('mailGoes'));
  });
  if (link !== null) return <HandOver link={link} onClose={onClose} />;
  return (
    <FormDialog
      title={t('inviteOwner')}
      description={t('inviteAbout')}
      yes={t('send')}
      form={form}
      values={{ ownerEmail }}
      onClose={onClose}
    >
      <TextField
        label={t('ownerEmail')}
        name="ownerEmail"
        type="email"
        inputMode="email"
        value={ownerEmail}
        error={form.errors['ownerEmail']}
        onChange={(event) => setOwnerEmail(event.target.value)}
      />
    </FormDialog>
  );
}
