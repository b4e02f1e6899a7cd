import { query } from '../../lib/api/query.ts';

export const invitationsQuery = () => query('listInvitations');
export const mailboxQuery = () => query('listMailbox');
export const tiesQuery = (userId: string) => query('getMemberTies', { params: { userId } });
