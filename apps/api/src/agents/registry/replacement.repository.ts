import { Injectable } from '@nestjs/common';
import type { Sql } from '../../core/db/database.ts';
import { ProblemError } from '../../core/http/problem-error.ts';
import { Secrets } from '../../core/secret/secrets.ts';
import { AgentRepository } from './agent.repository.ts';
import { moveAccess, type TargetRow } from './target-access.ts';

/** What a new agent took over, for the audit trail. */
export interface TakenOver {
  gatewayIds: string[];
  targets: number;
  actions: number;
}

/** Puts new hardware in the place of an agent, in the transaction that enrols it. */
@Injectable()
export class ReplacementRepository {
  constructor(
    private readonly agents: AgentRepository,
    private readonly secrets: Secrets,
  ) {}

  /**
   * Hands everything that the former agent does over to the new one, and revokes the former. Of several that replace one
   * agent the first wins, the others throw `agent-replaced`. What happened stays with the former: its certificates,
   * quarantined messages, alerts and incidents, and actions that it was sent, which it may have carried out.
   */
  async takeOver(
    sql: Sql,
    ids: { operatorId: string; former: string; present: string },
    now: Date,
  ): Promise<TakenOver> {
    const { former, present } = ids;
    const locked = await sql.query<{ config_revision: number; trap_port: number }>(
      'select config_revision, trap_port from agent where id = $1 and revoked_at is null and replaced_by is null for update',
      [former],
    );
    const before = locked.rows[0];
    if (before === undefined) throw new ProblemError('agent-replaced');
    const targets = await this.#moveTargets(sql, ids);
    const actions = await sql.query(
      `update action set agent_id = $2, updated_at = $3 where agent_id = $1 and state = 'queued'`,
      [former, present, now],
    );
    const gatewayIds = await this.agents.moveGateways(sql, { from: former, to: present, gatewayIds: null });
    // Above the former's, so that the settings are sent even where the new agent has those of an earlier enrolment.
    await sql.query('update agent set trap_port = $2, config_revision = $3 where id = $1', [
      present,
      before.trap_port,
      before.config_revision + 1,
    ]);
    await this.agents.revoke(sql, former, now);
    await sql.query('update agent set replaced_by = $2 where id = $1', [former, present]);
    return { gatewayIds, targets, actions: actions.rowCount ?? 0 };
  }

  /** The access of a target is sealed for its agent: it is sealed anew for the other. */
  async #moveTargets(
    sql: Sql,
    { operatorId, former, present }: { operatorId: string; former: string; present: string },
  ): Promise<number> {
    const { rows } = await sql.query<Pick<TargetRow, 'id' | 'access'>>(
      'select id, access from agent_target where agent_id = $1 order by ordinal',
      [former],
    );
    const move = { operatorId, from: former, to: present };
    for (const row of rows)
      await sql.query('update agent_target set agent_id = $2, access = $4 where agent_id = $1 and id = $3', [
        former,
        present,
        row.id,
        await moveAccess(this.secrets, row, move),
      ]);
    return rows.length;
  }
}
