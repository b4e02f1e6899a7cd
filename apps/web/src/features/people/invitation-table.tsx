'use client';

import { endpoints, type Invitation } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { tell } from '../../lib/errors/sentences.ts';
import { t } from '../../messages/people.ts';
import { Button } from '../../ui/button.tsx';
import { Moment } from '../../ui/moment.tsx';
import { type Column, DataTable } from '../../ui/table/data-table.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useRefusal } from '../session/index.ts';
import { HandOver, type Link } from './hand-over.tsx';
import { invitationsQuery } from './queries.ts';

const STATES = t.group('mailState');

const COLUMNS: readonly Column<Invitation>[] = [
  { id: 'email', header: t('eMail'), rowHeader: true, card: 'title', cell: ({ email }) => email },
  { id: 'role', header: t('role'), cell: ({ role, roleTitle }) => roleTitle ?? role },
  {
    id: 'mail',
    header: t('mail'),
    cell: ({ mail }) =>
      mail.error === null ? STATES[mail.state] : t('mailWhy', { state: STATES[mail.state], error: mail.error }),
  },
  {
    id: 'until',
    header: t('until'),
    cell: ({ expiresAt, expired }) =>
      expired ? <Tag>{t('expiredTag')}</Tag> : <Moment at={expiresAt} siteZone={null} />,
  },
];

const withActions = (again: (id: string) => void, withdraw: (id: string) => void, refusal: string | null) => [
  ...COLUMNS,
  {
    id: 'actions',
    header: t('actions'),
    card: 'line',
    cell: ({ id }) => (
      <div className="flex flex-wrap gap-2">
        <Button size="sm" disabledReason={refusal} onClick={() => again(id)}>
          {t('sendAgain')}
        </Button>
        <Button size="sm" disabledReason={refusal} onClick={() => withdraw(id)}>
          {t('withdraw')}
        </Button>
      </div>
    ),
  } satisfies Column<Invitation>,
];

/** Invitations that nobody accepted yet. */
export function InvitationTable({ invitations }: { invitations: readonly Invitation[] }) {
  const toast = useToast();
  const client = useQueryClient();
  const refusal = useRefusal('members.invite');
  const [link, setLink] = useState<Link | null>(null);
  const refresh = () => client.invalidateQueries({ queryKey: invitationsQuery().queryKey });
  const onError = (error: Error) => toast(tell(error).sentence);
  const resend = useMutation({
    mutationFn: (invitationId: string) => call(endpoints.resendInvitation, { params: { invitationId } }),
    onSuccess: async (invited) => {
      await refresh();
      if (invited.link === null) toast(t('sentAgain'));
      else setLink({ url: invited.link, email: invited.invitation.email });
    },
    onError,
  });
  const withdraw = useMutation({
    mutationFn: (invitationId: string) => call(endpoints.withdrawInvitation, { params: { invitationId } }),
    onSuccess: async () => {
      await refresh();
      toast(t('withdrawn'));
    },
    onError,
  });
  if (invitations.length === 0) return <p className="px-4 py-3 text-ink-2">{t('noInvitations')}</p>;
  return (
    <>
      <DataTable
        caption={t('openInvitations')}
        columns={withActions(resend.mutate, withdraw.mutate, refusal)}
        rows={invitations}
        rowKey={({ id }) => id}
      />
      {link !== null && <HandOver link={link} onClose={() => setLink(null)} />}
    </>
  );
}
