import type { Member } from '@loopstart/contracts';
import { t } from '../../../messages/people.ts';
import type { GridColumn } from '../../../ui/grid/model.ts';
import { Moment } from '../../../ui/moment.tsx';
import { limitWords } from '../place-fields.tsx';
import { FactorWords, MemberName } from './member-words.tsx';

/** Columns of the list of members. The ids are those the API sorts by. */
export const MEMBER_COLUMNS: readonly GridColumn<Member>[] = [
  {
    id: 'name',
    header: t('name'),
    width: 'minmax(12rem, 1.3fr)',
    rowHeader: true,
    card: 'title',
    cell: (row) => <MemberName member={row} />,
  },
  {
    id: 'status',
    header: t('status'),
    width: '7rem',
    card: 'aside',
    cell: ({ removedAt }) => t.group('statuses')[removedAt === null ? 'member' : 'removed'],
  },
  { id: 'email', header: t('eMail'), width: 'minmax(12rem, 1.2fr)', cell: ({ email }) => email },
  {
    id: 'role',
    header: t('role'),
    width: 'minmax(10rem, 1fr)',
    card: 'line',
    cell: ({ roleTitle, limitedTo }) =>
      limitedTo === null
        ? (roleTitle ?? t('roleGone'))
        : t('roleLimited', { role: roleTitle ?? t('roleGone'), limited: limitWords(limitedTo) }),
  },
  {
    id: 'factor',
    header: t('factor'),
    width: 'minmax(9rem, 0.8fr)',
    cell: ({ factor }) => <FactorWords factor={factor} />,
  },
  {
    id: 'seen',
    descendingFirst: true,
    header: t('lastSignIn'),
    width: 'minmax(9rem, 0.8fr)',
    card: 'end',
    cell: ({ lastSignInAt }) => (lastSignInAt === null ? t('never') : <Moment at={lastSignInAt} siteZone={null} />),
  },
  {
    id: 'joined',
    descendingFirst: true,
    optional: true,
    header: t('joined'),
    width: '10rem',
    cell: ({ joinedAt }) => <Moment at={joinedAt} siteZone={null} />,
  },
];
