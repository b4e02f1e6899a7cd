import { Injectable } from '@nestjs/common';
import type { AgentReturn } from '@loopstart/contracts';
import type { ReturnReason } from '@loopstart/domain';
import type { Sql } from '../../../core/db/database.ts';

/** What is known of a returning agent, its row locked. */
export interface LockedReturn {
  siteId: string;
  conflict: boolean;
  answeredAt: Date | null;
  approved: boolean | null;
  decidedAt: Date | null;
}

export interface NewReturn {
  agentId: string;
  operatorId: string;
  keySha256: string;
  reason: ReturnReason;
  address: string;
  hostname: string;
  version: string;
  expiredAt: Date;
}

const RETURN = `r.agent_id as "agentId", r.hostname, r.key_sha256 as "keySha256", r.reason, r.address, r.version,
  json_build_object('id', s.id, 'name', s.name, 'timeZone', s.time_zone) as site,
  r.expired_at as "expiredAt", r.first_asked_at as "firstAskedAt", r.last_asked_at as "lastAskedAt",
  r.approved, r.decided_at as "decidedAt", r.decided_by_name as "decidedBy"
  from agent_return r join agent a on a.id = r.agent_id join site s on s.id = a.site_id`;

/** Agents that ask to come back, and what was decided of them. */
@Injectable()
export class ReturnRepository {
  /** Locks the agent, so that its requests are handled one after the other. */
  async lock(sql: Sql, agentId: string, keySha256: string): Promise<LockedReturn | undefined> {
    const { rows } = await sql.query<LockedReturn>(
      `select a.site_id as "siteId", a.identity_conflict_at is not null as conflict, a.return_challenge_at as "answeredAt",
         r.approved, r.decided_at as "decidedAt"
       from agent a left join agent_return r on r.agent_id = a.id and r.key_sha256 = $2 where a.id = $1 for update of a`,
      [agentId, keySha256],
    );
    return rows[0];
  }

  async markAnswered(sql: Sql, agentId: string, challengeAt: Date): Promise<void> {
    await sql.query('update agent set return_challenge_at = $2 where id = $1', [agentId, challengeAt]);
  }

  /** Whoever proves an older key has a copy of the identity, or a restored backup: people are alerted. */
  async noteOlderKey(sql: Sql, agentId: string, now: Date): Promise<void> {
    await sql.query('update agent set identity_conflict_at = $2 where id = $1', [agentId, now]);
  }

  /** Stores that the agent asks, and from where; a former approval has run out. */
  async ask(sql: Sql, asks: NewReturn, now: Date): Promise<void> {
    await sql.query(
      `insert into agent_return (agent_id, operator_id, key_sha256, reason, address, hostname, version, expired_at, first_asked_at, last_asked_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
       on conflict (agent_id, key_sha256) do update set reason = excluded.reason, address = excluded.address,
         hostname = excluded.hostname, version = excluded.version, expired_at = excluded.expired_at, last_asked_at = excluded.last_asked_at,
         approved = null, decided_at = null, decided_by_name = null`,
      [
        asks.agentId,
        asks.operatorId,
        asks.keySha256,
        asks.reason,
        asks.address,
        asks.hostname,
        asks.version,
        asks.expiredAt,
        now,
      ],
    );
  }

  /** Of agents that are not revoked; undecided ones first. */
  async list(sql: Sql): Promise<AgentReturn[]> {
    const { rows } = await sql.query<Row>(
      `select ${RETURN} where a.revoked_at is null order by r.approved is not null, r.first_asked_at, r.agent_id limit 500`,
    );
    return rows.map(toReturn);
  }

  /** Stores a person's decision; undefined where no such agent asks with this key. */
  async decide(
    sql: Sql,
    asked: { agentId: string; keySha256: string },
    decision: { approve: boolean; by: string; at: Date },
  ): Promise<AgentReturn | undefined> {
    const { agentId, keySha256 } = asked;
    await sql.query(
      `update agent_return r set approved = $3, decided_at = $4, decided_by_name = $5 from agent a
       where r.agent_id = $1 and r.key_sha256 = $2 and a.id = r.agent_id and a.revoked_at is null`,
      [agentId, keySha256, decision.approve, decision.at, decision.by],
    );
    const { rows } = await sql.query<Row>(
      `select ${RETURN} where r.agent_id = $1 and r.key_sha256 = $2 and a.revoked_at is null`,
      [agentId, keySha256],
    );
    return rows.map(toReturn)[0];
  }
}

type Row = Omit<AgentReturn, 'expiredAt' | 'firstAskedAt' | 'lastAskedAt' | 'decidedAt'> &
  Record<'expiredAt' | 'firstAskedAt' | 'lastAskedAt', Date> & { decidedAt: Date | null };

function toReturn(row: Row): AgentReturn {
  return {
    ...row,
    expiredAt: row.expiredAt.toISOString(),
    firstAskedAt: row.firstAskedAt.toISOString(),
    lastAskedAt: row.lastAskedAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
  };
}
