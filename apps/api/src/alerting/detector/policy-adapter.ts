import { Injectable } from '@nestjs/common';
import { maintenanceNow, type SilenceMatcher } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { Escalations } from '../escalation/index.ts';
import { MaintenanceRepository } from '../hold-backs/maintenance/index.ts';
import { SilenceRepository } from '../hold-backs/silences/index.ts';
import { type EscalatedIncident, PolicyPort } from './policy-port.ts';

/** The operator's policies, maintenance windows and silences. */
@Injectable()
export class StoredPolicies extends PolicyPort {
  constructor(
    private readonly escalations: Escalations,
    private readonly windows: MaintenanceRepository,
    private readonly hushes: SilenceRepository,
  ) {
    super();
  }

  override start(sql: Sql, incident: EscalatedIncident, raiseMessageId: string, now: number) {
    return this.escalations.start(sql, incident, raiseMessageId, now);
  }

  override stop(sql: Sql, incidentId: string, reason: 'acknowledged' | 'resolved' | 'snoozed', now: number) {
    return this.escalations.stop(sql, incidentId, reason, now);
  }

  override resume(sql: Sql, incidentId: string, now: number) {
    return this.escalations.resume(sql, incidentId, now);
  }

  override async maintenance(sql: Sql, operatorId: string, now: number) {
    return maintenanceNow(await this.windows.active(sql, operatorId, now), now);
  }

  override silences(sql: Sql, operatorId: string, now: number): Promise<{ id: string; matcher: SilenceMatcher }[]> {
    return this.hushes.active(sql, operatorId, now);
  }
}
