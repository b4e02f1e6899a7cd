import { Injectable } from '@nestjs/common';
import type { DownMessage } from '@loopstart/contracts';
import { Database } from '../../core/db/database.ts';
import { wholeOperator, wholeOperators } from '../../core/db/scope.ts';
import type { Expired, Pending } from './kinds/desired-state-kind.ts';
import { DesiredStates } from './kinds/desired-states.ts';

/** Desired state that agents have not reported yet, of all kinds. */
@Injectable()
export class DesiredStateRepository {
  constructor(
    private readonly db: Database,
    private readonly states: DesiredStates,
  ) {}

  /** The messages to send to an agent. */
  pending(operatorId: string, agentId: string, now: Date): Promise<Pending<DownMessage>> {
    return this.db.tx(wholeOperator(operatorId), (sql) => this.states.pending(sql, agentId, now));
  }

  /** Of these agents, or of all that are online, those with unreported desired state. */
  async lagging(operatorIds: readonly string[], agentIds: readonly string[] | null, now: Date) {
    if (operatorIds.length === 0) return [];
    return this.db.tx(wholeOperators(operatorIds), async (sql) => {
      const { rows } = await sql.query<{ agentId: string; operatorId: string }>(
        `select a.id as "agentId", a.operator_id as "operatorId" from agent a
         where a.revoked_at is null and ($1::uuid[] is null and a.online or a.id = any ($1))
           and (${this.states.lagging})`,
        [agentIds, now],
      );
      return rows;
    });
  }

  /** Ids of all operators. */
  async operators(): Promise<string[]> {
    const { rows } = await this.db.query<{ id: string }>('select id from resolve_operators() as id');
    return rows.map((row) => row.id);
  }

  /** Ends desired state that was not reported in time. */
  async expire(operatorIds: readonly string[], now: Date): Promise<Expired[]> {
    if (operatorIds.length === 0) return [];
    return this.db.tx(wholeOperators(operatorIds), (sql) => this.states.expire(sql, now));
  }
}
