import { endpoints, type MemberFacet } from '@loopstart/contracts';
import { query } from '../../../lib/api/query.ts';
import { t } from '../../../messages/people.ts';
import type { GridList } from '../../../ui/grid/grid-list.ts';
import { MEMBER_COLUMNS } from './columns.tsx';
import { MEMBER_FILTERS } from './filters.ts';

/** The list of members, those who were removed as well. They have no page of their own and open in the panel. */
export const MEMBERS: GridList<'listMembers'> = {
  endpoint: 'listMembers',
  id: 'members',
  columns: MEMBER_COLUMNS,
  filters: MEMBER_FILTERS,
  rowKey: ({ id }) => id,
  rowName: ({ name }) => name,
  counts: (facet, asked) => query('getMemberFacet', { query: { ...asked, facet: facet as MemberFacet } as never }),
  exportPath: endpoints.exportMembers.path,
  words: {
    search: t('searchPeople'),
    caption: t('membersCaption'),
    count: (shown, total) => t('count', { shown, total }),
    noMatch: [t('noPeopleMatch'), t('searchAnother')],
  },
};
