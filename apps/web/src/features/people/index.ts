export { MailboxPage } from './mailbox-page.tsx';
export { PeoplePage } from './people-page.tsx';
export { invitationsQuery, mailboxQuery, membersQuery } from './queries.ts';
