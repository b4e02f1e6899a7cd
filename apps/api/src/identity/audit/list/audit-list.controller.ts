import { Controller, Inject, type StreamableFile } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../../core/clock.ts';
import { Call, type CallOf, Implements } from '../../../core/http/implements.ts';
import { csvList } from '../../../core/list/csv-file.ts';
import { auditFilter } from './audit-filter.ts';
import { AUDIT_CSV } from './audit-csv.ts';
import { AuditListRepository } from './audit-list.repository.ts';

const NEWEST_FIRST = '-at';

/** Who changed what. */
@Controller()
export class AuditListController {
  constructor(
    private readonly entries: AuditListRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.listAudit)
  list(@Call() { caller, query }: CallOf<typeof endpoints.listAudit>) {
    const { sort = NEWEST_FIRST, cursor, limit, ...asked } = query;
    return this.entries.list(caller.scope, auditFilter(asked, this.now()), { sort, cursor, limit });
  }

  @Implements(endpoints.getAuditFacet)
  facet(@Call() { caller, query: { facet, ...asked } }: CallOf<typeof endpoints.getAuditFacet>) {
    return this.entries.facet(caller.scope, auditFilter(asked, this.now()), facet);
  }

  @Implements(endpoints.exportAudit)
  export(@Call() { caller, query }: CallOf<typeof endpoints.exportAudit>): StreamableFile {
    const { sort = NEWEST_FIRST, columns, ...asked } = query;
    const filter = auditFilter(asked, this.now());
    return csvList('audit', AUDIT_CSV, columns, (page) => this.entries.list(caller.scope, filter, { sort, ...page }));
  }

  @Implements(endpoints.getAuditEntry)
  get(@Call() { caller, params }: CallOf<typeof endpoints.getAuditEntry>) {
    return this.entries.one(caller.scope, params.entryId);
  }
}
