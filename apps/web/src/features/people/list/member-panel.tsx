'use client';

import { endpoints, type Member } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../lib/api/browser.ts';
import { tell } from '../../../lib/errors/sentences.ts';
import { t } from '../../../messages/people.ts';
import { Button } from '../../../ui/button.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { AuditLink } from '../../audit/index.ts';
import { useRefusal, useUser } from '../../session/index.ts';
import { AccessDialog } from '../access-dialog.tsx';
import { limitWords } from '../place-fields.tsx';
import { RemoveDialog } from '../remove-dialog.tsx';
import { RoleDialog } from '../role-dialog.tsx';
import { FactorWords } from './member-words.tsx';

/** A member beside the list, and what can be done about them. */
export function MemberPanel({ member }: { member: Member }) {
  return (
    <div className="flex flex-col gap-4">
      <Acts member={member} />
      <Facts columns={1} items={factsOf(member)} />
      <div>
        <AuditLink subjectId={member.id} />
      </div>
    </div>
  );
}

function Acts({ member }: { member: Member }) {
  const user = useUser();
  const toast = useToast();
  const client = useQueryClient();
  const refusal = useRefusal('members.write');
  const reason = member.id === user.id ? t('ownRow') : refusal;
  const [open, setOpen] = useState<'role' | 'access' | 'remove' | null>(null);
  const close = () => setOpen(null);
  const restore = useMutation({
    mutationFn: () => call(endpoints.restoreMember, { params: { userId: member.id } }),
    onSuccess: async () => {
      await client.invalidateQueries();
      toast(t('restored', { name: member.name }));
    },
    onError: (error: Error) => toast(tell(error).sentence),
  });
  if (member.removedAt !== null)
    return (
      <div>
        <Button disabledReason={reason} pending={restore.isPending} onClick={() => restore.mutate()}>
          {t('restore')}
        </Button>
      </div>
    );
  return (
    <div className="flex flex-wrap gap-2">
      <Button disabledReason={reason} onClick={() => setOpen('role')}>
        {t('changeRole')}
      </Button>
      <Button disabledReason={reason} onClick={() => setOpen('access')}>
        {t('access')}
      </Button>
      <Button disabledReason={reason} onClick={() => setOpen('remove')}>
        {t('remove')}
      </Button>
      {open === 'role' && <RoleDialog member={member} onClose={close} />}
      {open === 'access' && <AccessDialog member={member} onClose={close} />}
      {open === 'remove' && <RemoveDialog member={member} onClose={close} />}
    </div>
  );
}

function factsOf(member: Member) {
  const { email, roleTitle, limitedTo, factor, lastSignInAt, joinedAt, removedAt, provisionedBy } = member;
  const moment = (at: string) => <Moment key={at} at={at} siteZone={null} />;
  return [
    [t('eMail'), email],
    [t('role'), roleTitle ?? t('roleGone')],
    [t('places'), limitedTo === null ? t('wholeOperator') : limitWords(limitedTo)],
    [t('factor'), <FactorWords key="factor" factor={factor} />],
    [t('lastSignIn'), lastSignInAt === null ? t('never') : moment(lastSignInAt)],
    [t('joined'), moment(joinedAt)],
    ...(removedAt === null ? [] : [[t('removedAt'), moment(removedAt)] as const]),
    ...(provisionedBy === null ? [] : [[t('provisioned'), t('provisionedBy', { name: provisionedBy })] as const]),
  ] as const;
}
