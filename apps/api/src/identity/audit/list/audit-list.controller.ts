import { Controller, type StreamableFile } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { likeWords } from '../../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../../core/http/implements.ts';
import { csvList } from '../../../core/list/csv-file.ts';
import { AUDIT_CSV } from './audit-csv.ts';
import { AuditListRepository } from './audit-list.repository.ts';

const NEWEST_FIRST = '-at';

/** Who changed what. */
@Controller()
export class AuditListController {
  constructor(private readonly entries: AuditListRepository) {}

  @Implements(endpoints.listAudit)
  list(@Call() { caller, query }: CallOf<typeof endpoints.listAudit>) {
    const { q, sort = NEWEST_FIRST, cursor, limit, ...filter } = query;
    return this.entries.list(caller.scope, { ...filter, words: likeWords(q) }, { sort, cursor, limit });
  }

  @Implements(endpoints.getAuditFacet)
  facet(@Call() { caller, query: { q, facet, ...filter } }: CallOf<typeof endpoints.getAuditFacet>) {
    return this.entries.facet(caller.scope, { ...filter, words: likeWords(q) }, facet);
  }

  @Implements(endpoints.exportAudit)
  export(@Call() { caller, query }: CallOf<typeof endpoints.exportAudit>): StreamableFile {
    const { q, sort = NEWEST_FIRST, columns, ...filter } = query;
    const asked = { ...filter, words: likeWords(q) };
    return csvList('audit', AUDIT_CSV, columns, (page) => this.entries.list(caller.scope, asked, { sort, ...page }));
  }

  @Implements(endpoints.getAuditEntry)
  get(@Call() { caller, params }: CallOf<typeof endpoints.getAuditEntry>) {
    return this.entries.one(caller.scope, params.entryId);
  }
}
