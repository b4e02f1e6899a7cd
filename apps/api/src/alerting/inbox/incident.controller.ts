import { Controller, Inject } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { incidentView } from '../incidents/index.ts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { decodeCursor, likePattern, page } from '../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { IncidentReader } from './incident-reader.ts';
import type { IncidentFilter } from './incident.queries.ts';
import { IncidentService } from './incident.service.ts';

type Asked = Omit<IncidentFilter, 'search'> & { q?: string | undefined };

@Controller()
export class IncidentController {
  constructor(
    private readonly reader: IncidentReader,
    private readonly service: IncidentService,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.listIncidents)
  async list(@Call() { caller, query }: CallOf<typeof endpoints.listIncidents>) {
    const now = this.now();
    const after = decodeCursor(query.cursor, ['integer', 'instant', 'uuid']);
    const { rows, total } = await this.reader.list(
      caller.scope,
      filterOf(query, caller.userId),
      { after, limit: query.limit + 1 },
      new Date(now),
    );
    const cut = page(rows, query.limit, (row) => [row.urgency, row.announced_at.toISOString(), row.id]);
    return { ...cut, items: cut.items.map((row) => incidentView(row, now)), total };
  }

  @Implements(endpoints.getIncidentCounts)
  counts(@Call() { caller }: CallOf<typeof endpoints.getIncidentCounts>) {
    return this.reader.counts(caller.scope);
  }

  @Implements(endpoints.getIncident)
  get(@Call() { caller, params }: CallOf<typeof endpoints.getIncident>) {
    const operator = { id: caller.operatorId, name: caller.operatorName };
    return this.reader.one(caller.scope, params.incidentId, operator);
  }

  @Implements(endpoints.acknowledgeIncident)
  acknowledge(@Call() { caller, params, body, requestId }: CallOf<typeof endpoints.acknowledgeIncident>) {
    return this.service.acknowledge({ caller, requestId }, params.incidentId, body.comment);
  }

  @Implements(endpoints.withdrawAcknowledgement)
  withdraw(@Call() { caller, params, requestId }: CallOf<typeof endpoints.withdrawAcknowledgement>) {
    return this.service.withdraw({ caller, requestId }, params.incidentId);
  }

  @Implements(endpoints.assignIncident)
  assign(@Call() { caller, params, body, requestId }: CallOf<typeof endpoints.assignIncident>) {
    return this.service.assign({ caller, requestId }, params.incidentId, body.userId);
  }

  @Implements(endpoints.snoozeIncident)
  snooze(@Call() { caller, params, body, requestId }: CallOf<typeof endpoints.snoozeIncident>) {
    return this.service.snooze({ caller, requestId }, params.incidentId, body.until, body.comment);
  }

  @Implements(endpoints.commentIncident)
  comment(@Call() { caller, params, body, requestId }: CallOf<typeof endpoints.commentIncident>) {
    return this.service.comment({ caller, requestId }, params.incidentId, body.text);
  }

  @Implements(endpoints.acknowledgeIncidents)
  async acknowledgeAll(@Call() { caller, body, requestId }: CallOf<typeof endpoints.acknowledgeIncidents>) {
    const ids = 'ids' in body ? body.ids : await this.reader.ids(caller.scope, filterOf(body.filter, caller.userId));
    return this.service.acknowledgeAll({ caller, requestId }, ids);
  }

  @Implements(endpoints.listPeople)
  async people(@Call() { caller }: CallOf<typeof endpoints.listPeople>) {
    return { items: await this.reader.people(caller.scope) };
  }
}

function filterOf({ q, ...query }: Asked, userId: string): IncidentFilter {
  return {
    ...query,
    search: likePattern(q),
    assignedTo: query.assignedTo === 'me' ? userId : query.assignedTo,
  };
}
