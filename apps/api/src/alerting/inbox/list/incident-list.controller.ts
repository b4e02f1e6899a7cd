import { Controller, Inject, type StreamableFile } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../../core/clock.ts';
import { Call, type CallOf, Implements } from '../../../core/http/implements.ts';
import { csvList } from '../../../core/list/csv-file.ts';
import { incidentFilter } from './asked.ts';
import { INCIDENT_CSV } from './incident-csv.ts';
import { BY_URGENCY } from './incident-filter.ts';
import { IncidentListRepository } from './incident-list.repository.ts';

/** The incidents of the whole fleet. */
@Controller()
export class IncidentListController {
  constructor(
    private readonly incidents: IncidentListRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.listIncidents)
  list(@Call() { caller, query }: CallOf<typeof endpoints.listIncidents>) {
    const { sort = BY_URGENCY, cursor, limit, ...asked } = query;
    const filter = incidentFilter(asked, caller.userId);
    return this.incidents.list(caller.scope, new Date(this.now()), filter, { sort, cursor, limit });
  }

  @Implements(endpoints.getIncidentFacet)
  facet(@Call() { caller, query: { facet, ...asked } }: CallOf<typeof endpoints.getIncidentFacet>) {
    const filter = incidentFilter(asked, caller.userId);
    return this.incidents.facet(caller.scope, new Date(this.now()), filter, facet);
  }

  @Implements(endpoints.exportIncidents)
  export(@Call() { caller, query }: CallOf<typeof endpoints.exportIncidents>): StreamableFile {
    const { sort = BY_URGENCY, columns, ...asked } = query;
    const [now, filter] = [new Date(this.now()), incidentFilter(asked, caller.userId)];
    return csvList('incidents', INCIDENT_CSV, columns, (page) =>
      this.incidents.list(caller.scope, now, filter, { sort, ...page }),
    );
  }
}
