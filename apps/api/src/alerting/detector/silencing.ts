import { Injectable } from '@nestjs/common';
import { silenceMatches } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { PolicyPort } from './policy-port.ts';
import type { IncidentRow } from '../incidents/index.ts';

/** The silence that covers an incident. */
@Injectable()
export class Silencing {
  constructor(private readonly policy: PolicyPort) {}

  /** Null: none. */
  async of(sql: Sql, operatorId: string, row: IncidentRow, now: number): Promise<string | null> {
    const silences = await this.policy.silences(sql, operatorId, now);
    const about = {
      kind: row.kind,
      severity: row.severity,
      where: {
        customerId: row.place.customer?.id ?? null,
        siteId: row.site_id,
        agentId: row.agent_id,
        gatewayId: row.gateway_id,
        position: row.position,
        lineDeviceClass: row.place.port?.lineDeviceClass ?? null,
      },
    };
    return silences.find((silence) => silenceMatches(silence, about))?.id ?? null;
  }
}
