import { fitsQuota, NO_QUOTAS, type Quotas } from '@loopstart/domain';
import type { Sql } from '../db/database.ts';
import { ProblemError } from '../http/problem-error.ts';

/** The quotas that the provider set for an operator. */
export async function quotasOf(sql: Sql, operatorId: string): Promise<Quotas> {
  const { rows } = await sql.query<Quotas>(
    `select quota_ports as ports, quota_agents as agents, quota_storage_bytes as "storageBytes" from operator_standing where operator_id = $1`,
    [operatorId],
  );
  return rows[0] ?? NO_QUOTAS;
}

/** Agents that are not revoked, in the whole operator: the scope must not be limited. */
export async function agentsOf(sql: Sql, operatorId: string): Promise<number> {
  const { rows } = await sql.query<{ agents: number }>(
    'select count(*)::int as agents from agent where operator_id = $1 and revoked_at is null',
    [operatorId],
  );
  return rows[0]!.agents;
}

/**
 * Throws `quota-reached` where the operator has no room for another agent. Until the transaction ends nobody else adds one, so
 * that two at once do not share the last place.
 */
export async function refuseAgentBeyond(sql: Sql, operatorId: string): Promise<void> {
  await sql.query(`select pg_advisory_xact_lock(hashtext('loopstart.quota'), hashtext($1))`, [operatorId]);
  const { agents: quota } = await quotasOf(sql, operatorId);
  const used = await agentsOf(sql, operatorId);
  if (fitsQuota(used, 1, quota)) return;
  throw new ProblemError('quota-reached', { detail: `The quota is ${quota} agents, and there are ${used}.` });
}

/** Why the operator is suspended; null: it is not. */
export async function suspensionOf(sql: Sql, operatorId: string): Promise<string | null> {
  const { rows } = await sql.query<{ reason: string | null }>(
    'select suspension_reason as reason from operator_standing where operator_id = $1',
    [operatorId],
  );
  return rows[0]?.reason ?? null;
}
