import type { Metadata } from 'next';
import { mailboxQuery, MailboxPage } from '../../../../features/people/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { t } from '../../../../messages/people.ts';

export const metadata: Metadata = { title: t('mailbox') };

export default function Page() {
  return (
    <Prefetch also={[mailboxQuery()]}>
      <MailboxPage />
    </Prefetch>
  );
}
