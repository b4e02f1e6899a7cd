import { Controller, type StreamableFile } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { likeWords } from '../../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../../core/http/implements.ts';
import { csvList } from '../../../core/list/csv-file.ts';
import { MEMBER_CSV } from './member-csv.ts';
import { MemberList } from './member-list.service.ts';

/** The members of an operator. */
@Controller()
export class MemberListController {
  constructor(private readonly members: MemberList) {}

  @Implements(endpoints.listMembers)
  list(@Call() { caller, query }: CallOf<typeof endpoints.listMembers>) {
    const { q, sort = 'name', cursor, limit, ...filter } = query;
    return this.members.list(caller, { ...filter, words: likeWords(q) }, { sort, cursor, limit });
  }

  @Implements(endpoints.getMemberFacet)
  facet(@Call() { caller, query: { q, facet, ...filter } }: CallOf<typeof endpoints.getMemberFacet>) {
    return this.members.facet(caller, { ...filter, words: likeWords(q) }, facet);
  }

  @Implements(endpoints.exportMembers)
  export(@Call() { caller, query }: CallOf<typeof endpoints.exportMembers>): StreamableFile {
    const { q, sort = 'name', columns, ...filter } = query;
    const asked = { ...filter, words: likeWords(q) };
    return csvList('people', MEMBER_CSV, columns, (page) => this.members.list(caller, asked, { sort, ...page }));
  }
}
