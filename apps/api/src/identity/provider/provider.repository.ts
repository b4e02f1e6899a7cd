import { Injectable } from '@nestjs/common';
import type { ProviderOperator } from '@loopstart/contracts';
import type { ProviderEntry, Quotas } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';

interface OperatorRow {
  id: string;
  name: string;
  created_at: Date;
  members: number;
  agents: number;
  ports: number;
  storage_bytes: number | null;
  storage_at: Date | null;
  quota_ports: number | null;
  quota_agents: number | null;
  quota_storage_bytes: number | null;
  suspended_at: Date | null;
  suspension_reason: string | null;
  deletion_requested_at: Date | null;
  deletion_due_at: Date | null;
  deletion_by_provider: boolean;
}

const TRAIL_BATCH = 1_000;

/**
 * What the provider decides about operators. Everything goes through functions of the database that refuse a transaction
 * whose account is not of the provider, and that answer with counts: no table of an operator is read here.
 */
@Injectable()
export class ProviderRepository {
  async operators(sql: Sql, operatorId: string | null = null): Promise<ProviderOperator[]> {
    const { rows } = await sql.query<OperatorRow>('select * from provider_operators($1)', [operatorId]);
    return rows.map(toOperator);
  }

  async setQuotas(sql: Sql, operatorId: string, { ports, agents, storageBytes }: Quotas): Promise<void> {
    await sql.query('select provider_set_quotas($1, $2, $3, $4)', [operatorId, ports, agents, storageBytes]);
  }

  /** A reason of null resumes. */
  async setSuspension(sql: Sql, operatorId: string, reason: string | null, at: Date): Promise<void> {
    await sql.query('select provider_set_suspension($1, $2, $3)', [operatorId, at, reason]);
  }

  /** A due time of null withdraws what the provider requested. False where there is nothing to do so with. */
  async setDeletion(sql: Sql, operatorId: string, at: Date, dueAt: Date | null): Promise<boolean> {
    const { rows } = await sql.query<{ done: boolean }>('select provider_set_deletion($1, $2, $3) as done', [
      operatorId,
      at,
      dueAt,
    ]);
    return rows[0]!.done;
  }

  async record(sql: Sql, verb: string, operatorId: string, change: object, at: Date): Promise<void> {
    await sql.query('select provider_record($1, $2, $3, $4)', [at, verb, operatorId, JSON.stringify(change)]);
  }

  /** The whole trail from its beginning: people of a provider do a few things a day. */
  async trail(sql: Sql): Promise<ProviderEntry[]> {
    const all: ProviderEntry[] = [];
    for (let full = true; full;) {
      const { rows } = await sql.query<TrailRow>('select * from provider_trail($1, $2)', [
        all.at(-1)?.seq ?? 0,
        TRAIL_BATCH,
      ]);
      all.push(...rows.map(toEntry));
      full = rows.length === TRAIL_BATCH;
    }
    return all;
  }
}

interface TrailRow {
  seq: number;
  at: Date;
  account_id: string | null;
  name: string;
  verb: string;
  subject_id: string;
  subject_name: string;
  change: string;
  previous: string;
  hash: string;
}

const toEntry = (row: TrailRow): ProviderEntry => ({
  seq: row.seq,
  at: row.at.getTime(),
  accountId: row.account_id,
  name: row.name,
  verb: row.verb,
  subjectId: row.subject_id,
  subjectName: row.subject_name,
  change: row.change,
  previous: row.previous,
  hash: row.hash,
});

const toOperator = (row: OperatorRow): ProviderOperator => ({
  id: row.id,
  name: row.name,
  createdAt: row.created_at.toISOString(),
  members: row.members,
  quotas: { ports: row.quota_ports, agents: row.quota_agents, storageBytes: row.quota_storage_bytes },
  usage: {
    ports: row.ports,
    agents: row.agents,
    storageBytes: row.storage_bytes,
    storageAt: row.storage_at?.toISOString() ?? null,
  },
  suspension:
    row.suspended_at === null || row.suspension_reason === null
      ? null
      : { since: row.suspended_at.toISOString(), reason: row.suspension_reason },
  deletion:
    row.deletion_requested_at === null || row.deletion_due_at === null
      ? null
      : {
          requestedAt: row.deletion_requested_at.toISOString(),
          dueAt: row.deletion_due_at.toISOString(),
          byProvider: row.deletion_by_provider,
        },
});
