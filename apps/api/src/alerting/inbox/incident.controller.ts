import { Controller, Inject } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import {
  countLinesBehind,
  evidenceView,
  gatewaysBehind,
  IncidentRepository,
  incidentView,
} from '../incidents/index.ts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { decodeCursor, likePattern, page } from '../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { found } from '../../core/http/problem-error.ts';
import { AlertQueries } from './alerts/alert.queries.ts';
import { type IncidentFilter, IncidentQueries, meansOf } from './incident.queries.ts';
import { IncidentService } from './incident.service.ts';
import { MonitoringStatus } from './monitoring-status.ts';

const SUPPRESSED_MAX = 500;
const LINES_MAX = 200;
const NO_LINES = { lines: 0, lifeSafetyLines: 0, first: [] };

type Asked = Omit<IncidentFilter, 'search'> & { q?: string | undefined };

@Controller()
export class IncidentController {
  constructor(
    private readonly db: Database,
    private readonly queries: IncidentQueries,
    private readonly incidents: IncidentRepository,
    private readonly alerts: AlertQueries,
    private readonly service: IncidentService,
    private readonly monitoring: MonitoringStatus,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.listIncidents)
  async list(@Call() { caller, query }: CallOf<typeof endpoints.listIncidents>) {
    const now = this.now();
    const after = decodeCursor(query.cursor, ['integer', 'instant', 'uuid']);
    const { rows, total } = await this.db.tx(caller.scope, (sql) =>
      this.queries.list(sql, filterOf(query, caller.userId), { after, limit: query.limit + 1 }, new Date(now)),
    );
    const cut = page(rows, query.limit, (row) => [row.urgency, row.announced_at.toISOString(), row.id]);
    return { ...cut, items: cut.items.map((row) => incidentView(row, now)), total };
  }

  @Implements(endpoints.getIncidentCounts)
  counts(@Call() { caller }: CallOf<typeof endpoints.getIncidentCounts>) {
    const now = this.now();
    return this.db.tx(caller.scope, async (sql) => {
      const { open, acknowledged, snoozed, reachesNobody, ...bySeverity } = await this.queries.counts(
        sql,
        new Date(now),
      );
      const watched = await this.queries.watched(sql);
      const status = await this.monitoring.of(sql, now);
      return { open, acknowledged, snoozed, reachesNobody, bySeverity, watched, ...status };
    });
  }

  @Implements(endpoints.getIncident)
  get(@Call() { caller, params }: CallOf<typeof endpoints.getIncident>) {
    const now = this.now();
    return this.db.tx(caller.scope, async (sql) => {
      const row = found((await this.incidents.find(sql, [params.incidentId]))[0]);
      const behind = (await countLinesBehind(sql, [row.id], LINES_MAX)).get(row.id) ?? NO_LINES;
      const suppressed = await this.alerts.explained(sql, row.id, row.root_alert_id, SUPPRESSED_MAX);
      return {
        ...incidentView(row, now),
        behind: { ...behind, gateways: await gatewaysBehind(sql, row.id) },
        rootAlertId: row.root_alert_id,
        means: meansOf(row),
        evidence: evidenceView(row.kind, row.evidence, row.place),
        path: await this.queries.path(sql, { id: caller.operatorId, name: caller.operatorName }, row, new Date(now)),
        suppressed: suppressed.rows,
        suppressedTotal: suppressed.total,
        policy: await this.queries.policy(sql, row.policy_id),
        deliveries: await this.queries.deliveries(sql, row.id),
        timeline: await this.queries.timeline(sql, row.id),
      };
    });
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
    const ids = 'ids' in body ? body.ids : await this.#matching(caller, body.filter);
    return this.service.acknowledgeAll({ caller, requestId }, ids);
  }

  @Implements(endpoints.listPeople)
  async people(@Call() { caller }: CallOf<typeof endpoints.listPeople>) {
    const { rows } = await this.db.tx(caller.scope, (sql) =>
      sql.query<{ id: string; name: string; email: string }>(
        'select id, name, email from app_user order by lower(name), id',
      ),
    );
    return { items: rows };
  }

  #matching(caller: { scope: Scope; userId: string }, filter: Asked): Promise<string[]> {
    const now = new Date(this.now());
    return this.db.tx(caller.scope, (sql) => this.queries.ids(sql, filterOf(filter, caller.userId), now));
  }
}

function filterOf({ q, ...query }: Asked, userId: string): IncidentFilter {
  return {
    ...query,
    search: likePattern(q),
    assignedTo: query.assignedTo === 'me' ? userId : query.assignedTo,
  };
}
