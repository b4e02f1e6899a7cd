import { Inject, Injectable } from '@nestjs/common';
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
import { found } from '../../core/http/problem-error.ts';
import { AlertQueries } from './alerts/alert.queries.ts';
import { IncidentQueries, meansOf } from './incident.queries.ts';
import { MonitoringStatus } from './monitoring-status.ts';

const SUPPRESSED_MAX = 500;
const LINES_MAX = 200;
const NO_LINES = { lines: 0, lifeSafetyLines: 0, first: [] };

/** Reads incidents, each answer in one transaction. */
@Injectable()
export class IncidentReader {
  constructor(
    private readonly db: Database,
    private readonly queries: IncidentQueries,
    private readonly incidents: IncidentRepository,
    private readonly alerts: AlertQueries,
    private readonly monitoring: MonitoringStatus,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  counts(scope: Scope) {
    const now = this.now();
    return this.db.tx(scope, async (sql) => {
      const { open, acknowledged, snoozed, reachesNobody, ...bySeverity } = await this.queries.counts(
        sql,
        new Date(now),
      );
      const watched = await this.queries.watched(sql);
      const status = await this.monitoring.of(sql, now);
      return { open, acknowledged, snoozed, reachesNobody, bySeverity, watched, ...status };
    });
  }

  /** Everything the page of an incident shows. Throws `not-found`. */
  one(scope: Scope, id: string, operator: { id: string; name: string }) {
    const now = this.now();
    return this.db.tx(scope, async (sql) => {
      const row = found((await this.incidents.find(sql, [id]))[0]);
      const behind = (await countLinesBehind(sql, [row.id], LINES_MAX)).get(row.id) ?? NO_LINES;
      const suppressed = await this.alerts.explained(sql, row.id, row.root_alert_id, SUPPRESSED_MAX);
      return {
        ...incidentView(row, now),
        behind: { ...behind, gateways: await gatewaysBehind(sql, row.id) },
        rootAlertId: row.root_alert_id,
        means: meansOf(row),
        evidence: evidenceView(row.kind, row.evidence, row.place),
        path: await this.queries.path(sql, operator, row, new Date(now)),
        suppressed: suppressed.rows,
        suppressedTotal: suppressed.total,
        policy: await this.queries.policy(sql, row.policy_id),
        deliveries: await this.queries.deliveries(sql, row.id),
        timeline: await this.queries.timeline(sql, row.id),
      };
    });
  }

  people(scope: Scope): Promise<{ id: string; name: string; email: string }[]> {
    return this.db.tx(scope, (sql) => this.queries.people(sql));
  }
}
