import type { Metadata } from 'next';
import { EntryFrame, InvitationForm } from '../../../features/entry/index.ts';
import { t } from '../../../messages/entry.ts';

export const metadata: Metadata = { title: t('invitationTab') };

export default function Page() {
  return (
    <EntryFrame title={t('invitationTab')} signIn>
      <InvitationForm />
    </EntryFrame>
  );
}
