'use client';

import { Inbox } from 'lucide-react';
import { useQuery } from '../../lib/api/use-query.ts';
import { t } from '../../messages/people.ts';
import { Moment } from '../../ui/moment.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Section } from '../../ui/section.tsx';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { Empty, Failure } from '../../ui/state-panel.tsx';
import { ForRight } from './for-right.tsx';
import { mailboxQuery } from './queries.ts';

const POLL_MS = 5000;

/** Mail of the demo, which is kept instead of sent. */
export function MailboxPage() {
  return (
    <ForRight right="members.invite">
      <Page />
    </ForRight>
  );
}

function Page() {
  const { data, error, refetch } = useQuery({ ...mailboxQuery(), refetchInterval: POLL_MS });
  if (data === undefined)
    return error === null ? (
      <Loading what={t('mailboxLower')}>
        <Bone className="h-40 w-full" />
      </Loading>
    ) : (
      <Failure error={error} retry={refetch} />
    );
  if (!data.demo)
    return (
      <Empty icon={<Inbox />} title={t('noMailbox')}>
        {t('noMailboxAbout')}
      </Empty>
    );
  return (
    <>
      <PageHeader title={t('mailbox')} description={t('mailboxAbout')} />
      {data.items.length === 0 && (
        <Empty icon={<Inbox />} title={t('mailboxEmpty')}>
          {t('mailboxEmptyAbout')}
        </Empty>
      )}
      {data.items.map((mail) => (
        <Section
          key={mail.id}
          title={mail.subject}
          note={
            <>
              {t('mailTo', { to: mail.to })} · <Moment at={mail.at} siteZone={null} />
            </>
          }
        >
          <p className="text-ink-2 break-words whitespace-pre-line">{mail.text}</p>
          {mail.link !== null && (
            <a href={mail.link} target="_blank" rel="noreferrer" className="mt-2 inline-block text-accent underline">
              {t('openLink')}
            </a>
          )}
        </Section>
      ))}
    </>
  );
}
