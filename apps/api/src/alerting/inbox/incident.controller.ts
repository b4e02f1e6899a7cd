import { Controller, Inject } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { IncidentReader } from './incident-reader.ts';
import { IncidentService } from './incident.service.ts';
import { incidentFilter } from './list/asked.ts';
import { IncidentListRepository } from './list/incident-list.repository.ts';

@Controller()
export class IncidentController {
  constructor(
    private readonly reader: IncidentReader,
    private readonly incidents: IncidentListRepository,
    private readonly service: IncidentService,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

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
    const ids =
      'ids' in body
        ? body.ids
        : await this.incidents.ids(caller.scope, new Date(this.now()), incidentFilter(body.filter, caller.userId));
    return this.service.acknowledgeAll({ caller, requestId }, ids);
  }

  @Implements(endpoints.listPeople)
  async people(@Call() { caller }: CallOf<typeof endpoints.listPeople>) {
    return { items: await this.reader.people(caller.scope) };
  }
}
