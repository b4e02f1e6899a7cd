import type { SilenceMatcher } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';

/** The part of an incident that policies match. */
export interface EscalatedIncident {
  id: string;
  operatorId: string;
  severity: string;
  kind: string;
  customerId: string | null;
  siteId: string | null;
  lineDeviceClass: string | null;
}

/** Port to the policies: who is notified, what is suppressed. */
export abstract class PolicyPort {
  /** In the transaction that announces an incident: starts its escalation; null: no policy matches. */
  abstract start(
    sql: Sql,
    incident: EscalatedIncident,
    raiseMessageId: string,
    now: number,
  ): Promise<{ policyId: string } | null>;
  abstract stop(
    sql: Sql,
    incidentId: string,
    reason: 'acknowledged' | 'resolved' | 'snoozed',
    now: number,
  ): Promise<void>;
  abstract resume(sql: Sql, incidentId: string, now: number): Promise<void>;
  /** Places in maintenance now, as `customer:<id>`, `site:<id>`, `gateway:<id>`. */
  abstract maintenance(
    sql: Sql,
    operatorId: string,
    now: number,
  ): Promise<ReadonlyMap<string, { windowId: string; until: number }>>;
  /** Silences in force. */
  abstract silences(sql: Sql, operatorId: string, now: number): Promise<{ id: string; matcher: SilenceMatcher }[]>;
}
