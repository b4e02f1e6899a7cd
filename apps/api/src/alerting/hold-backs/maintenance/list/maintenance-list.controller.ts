import { Controller, Inject, type StreamableFile } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../../../core/clock.ts';
import { likeWords } from '../../../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../../../core/http/implements.ts';
import { csvList } from '../../../../core/list/csv-file.ts';
import { MAINTENANCE_CSV } from './maintenance-csv.ts';
import { MaintenanceListRepository } from './maintenance-list.repository.ts';

/** Maintenance windows; the one planned last comes first where no order is asked for. */
@Controller()
export class MaintenanceListController {
  constructor(
    private readonly windows: MaintenanceListRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.listMaintenance)
  list(@Call() { caller, query }: CallOf<typeof endpoints.listMaintenance>) {
    const { q, sort = '-added', cursor, limit, ...filter } = query;
    const page = { sort, cursor, limit };
    return this.windows.list(caller.scope, new Date(this.now()), { ...filter, words: likeWords(q) }, page);
  }

  @Implements(endpoints.getMaintenanceFacet)
  facet(@Call() { caller, query: { q, facet, ...filter } }: CallOf<typeof endpoints.getMaintenanceFacet>) {
    return this.windows.facet(caller.scope, new Date(this.now()), { ...filter, words: likeWords(q) }, facet);
  }

  @Implements(endpoints.exportMaintenance)
  export(@Call() { caller, query }: CallOf<typeof endpoints.exportMaintenance>): StreamableFile {
    const { q, sort = '-added', columns, ...filter } = query;
    const [now, asked] = [new Date(this.now()), { ...filter, words: likeWords(q) }];
    return csvList('maintenance', MAINTENANCE_CSV, columns, (page) =>
      this.windows.list(caller.scope, now, asked, { sort, ...page }),
    );
  }
}
