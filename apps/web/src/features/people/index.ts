export { ForRight } from './for-right.tsx';
export { HandOver, type Link } from './hand-over.tsx';
export { MailboxPage } from './mailbox-page.tsx';
export { limitWords, PlaceFields } from './place-fields.tsx';
export { PeoplePage } from './people-page.tsx';
export { MEMBERS } from './list/list.ts';
export { invitationsQuery, mailboxQuery } from './queries.ts';
