'use client';

import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { t } from '../../messages/people.ts';
import { Button } from '../../ui/button.tsx';
import { Grid } from '../../ui/grid/grid.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Section } from '../../ui/section.tsx';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { Failure } from '../../ui/state-panel.tsx';
import { useRefusal } from '../session/index.ts';
import { ForRight } from './for-right.tsx';
import { InvitationTable } from './invitation-table.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { MEMBERS } from './list/list.ts';
import { MemberPanel } from './list/member-panel.tsx';
import { invitationsQuery } from './queries.ts';

/** Settings → People: open invitations, and the list of members, those who left as well. */
export function PeoplePage() {
  return (
    <ForRight right="members.read">
      <Page />
    </ForRight>
  );
}

function Page() {
  const invitations = useQuery(invitationsQuery());
  const refusal = useRefusal('members.invite');
  const [inviting, setInviting] = useState(false);
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
      <Section title={t('openInvitations')} flush>
        {invitations.data !== undefined ? (
          <InvitationTable invitations={invitations.data.items} />
        ) : invitations.error === null ? (
          <Loading what={t('openInvitations')}>
            <Bone className="h-12 w-full" />
          </Loading>
        ) : (
          <Failure error={invitations.error} retry={invitations.refetch} />
        )}
      </Section>
      <Grid list={MEMBERS} renderPanel={(member) => <MemberPanel member={member} />} empty={null} />
      {invitations.data !== undefined && (
        <InviteDialog open={inviting} onOpenChange={setInviting} mail={invitations.data.mail} />
      )}
    </>
  );
}
