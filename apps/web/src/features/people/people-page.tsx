'use client';

import { endpoints, type Member } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { call } from '../../lib/api/browser.ts';
import { tell } from '../../lib/errors/sentences.ts';
import { t } from '../../messages/people.ts';
import { Button } from '../../ui/button.tsx';
import { Moment } from '../../ui/moment.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Section } from '../../ui/section.tsx';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { Failure } from '../../ui/state-panel.tsx';
import { type Column, DataTable } from '../../ui/table/data-table.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useRefusal, useUser } from '../session/index.ts';
import { AccessDialog } from './access-dialog.tsx';
import { ForRight } from './for-right.tsx';
import { InvitationTable } from './invitation-table.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { invitationsQuery, membersQuery } from './queries.ts';
import { limitWords } from './place-fields.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { RoleDialog } from './role-dialog.tsx';

/** Settings → People: members, invitations, and those who left. */
export function PeoplePage() {
  return (
    <ForRight right="members.read">
      <Page />
    </ForRight>
  );
}

function Page() {
  const members = useQuery(membersQuery());
  const invitations = useQuery(invitationsQuery());
  const refusal = useRefusal('members.invite');
  const [inviting, setInviting] = useState(false);
  const error = members.error ?? invitations.error;
  return (
    <>
      <PageHeader
        title={t('people')}
        description={t('about')}
        actions={
          <Button
            look="primary"
            disabledReason={refusal}
            onClick={() => setInviting(true)}
            icon={<UserPlus aria-hidden="true" className="size-4" />}
          >
            {t('invite')}
          </Button>
        }
      />
      {members.data === undefined || invitations.data === undefined ? (
        error === null ? (
          <Loading what={t('peopleLower')}>
            <Bone className="h-72 w-full" />
          </Loading>
        ) : (
          <Failure
            error={error}
            retry={() => {
              void members.refetch();
              void invitations.refetch();
            }}
          />
        )
      ) : (
        <>
          <Members members={members.data.items.filter(({ removedAt }) => removedAt === null)} title={t('members')} />
          <Section title={t('openInvitations')} flush>
            <InvitationTable invitations={invitations.data.items} />
          </Section>
          <Members
            members={members.data.items.filter(({ removedAt }) => removedAt !== null)}
            title={t('removedPeople')}
          />
          <InviteDialog open={inviting} onOpenChange={setInviting} mail={invitations.data.mail} />
        </>
      )}
    </>
  );
}

type Open = (member: Member) => void;

const memberColumns = (onChange: Open, onAccess: Open, onRemove: Open): Column<Member>[] => [
  {
    id: 'name',
    header: t('name'),
    rowHeader: true,
    card: 'title',
    cell: (member) => <Name member={member} />,
  },
  { id: 'email', header: t('eMail'), cell: ({ email }) => <span className="break-all">{email}</span> },
  { id: 'role', header: t('role'), cell: (member) => <RoleCell member={member} /> },
  {
    id: 'lastSignIn',
    header: t('lastSignIn'),
    cell: ({ lastSignInAt }) =>
      lastSignInAt === null ? (
        <span className="text-ink-3">{t('never')}</span>
      ) : (
        <Moment at={lastSignInAt} siteZone={null} />
      ),
  },
  {
    id: 'actions',
    header: t('actions'),
    card: 'line',
    cell: (member) => <Actions member={member} onChange={onChange} onAccess={onAccess} onRemove={onRemove} />,
  },
];

function Members({ members, title }: { members: readonly Member[]; title: string }) {
  const [changing, setChanging] = useState<Member | null>(null);
  const [access, setAccess] = useState<Member | null>(null);
  const [removing, setRemoving] = useState<Member | null>(null);
  if (members.length === 0) return null;
  const columns = memberColumns(setChanging, setAccess, setRemoving);
  return (
    <Section title={title} flush>
      <DataTable caption={title} columns={columns} rows={members} rowKey={({ id }) => id} />
      {changing !== null && <RoleDialog member={changing} onClose={() => setChanging(null)} />}
      {access !== null && <AccessDialog member={access} onClose={() => setAccess(null)} />}
      {removing !== null && <RemoveDialog member={removing} onClose={() => setRemoving(null)} />}
    </Section>
  );
}

function Name({ member }: { member: Member }) {
  const user = useUser();
  return (
    <span className="inline-flex flex-wrap items-center gap-2 font-medium">
      {member.name}
      {member.id === user.id && <Tag>{t('you')}</Tag>}
      {member.provisionedBy !== null && (
        <Tag>
          {t('provisioned')}
          <span className="sr-only">{t('provisionedBy', { name: member.provisionedBy })}</span>
        </Tag>
      )}
    </span>
  );
}

function RoleCell({ member: { roleTitle, limitedTo } }: { member: Member }) {
  return (
    <>
      {roleTitle ?? t('roleGone')}
      {limitedTo !== null && <span className="block text-sm text-ink-3">{limitWords(limitedTo)}</span>}
    </>
  );
}

function Actions(props: { member: Member; onChange: Open; onAccess: Open; onRemove: Open }) {
  const { member } = props;
  const user = useUser();
  const toast = useToast();
  const client = useQueryClient();
  const refusal = useRefusal('members.write');
  const reason = member.id === user.id ? t('ownRow') : refusal;
  const restore = useMutation({
    mutationFn: () => call(endpoints.restoreMember, { params: { userId: member.id } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: membersQuery().queryKey });
      toast(t('restored', { name: member.name }));
    },
    onError: (error: Error) => toast(tell(error).sentence),
  });
  if (member.removedAt !== null)
    return (
      <Button size="sm" disabledReason={reason} pending={restore.isPending} onClick={() => restore.mutate()}>
        {t('restore')}
      </Button>
    );
  return (
    <div className="flex flex-wrap gap-2">
      <Button size="sm" disabledReason={reason} onClick={() => props.onChange(member)}>
        {t('changeRole')}
      </Button>
      <Button size="sm" disabledReason={reason} onClick={() => props.onAccess(member)}>
        {t('access')}
      </Button>
      <Button size="sm" disabledReason={reason} onClick={() => props.onRemove(member)}>
        {t('remove')}
      </Button>
    </div>
  );
}
