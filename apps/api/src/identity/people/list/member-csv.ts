import type { Member, MemberColumn } from '@loopstart/contracts';
import type { CsvColumns } from '../../../core/list/csv.ts';

/** What an export says of a member, in the words of the API. */
export const MEMBER_CSV: CsvColumns<MemberColumn, Member> = {
  name: [{ header: 'Name', value: ({ name }) => name }],
  email: [{ header: 'E-mail', value: ({ email }) => email }],
  role: [
    { header: 'Role', value: ({ role, roleTitle }) => roleTitle ?? role },
    { header: 'Limited', value: ({ limitedTo }) => (limitedTo === null ? 'no' : 'yes') },
  ],
  status: [{ header: 'Removed at', value: ({ removedAt }) => removedAt }],
  factor: [{ header: 'Second factor', value: ({ factor }) => factor }],
  seen: [{ header: 'Last sign-in', value: ({ lastSignInAt }) => lastSignInAt }],
  joined: [{ header: 'Joined at', value: ({ joinedAt }) => joinedAt }],
};
