import { Injectable } from '@nestjs/common';
import type { Sql } from '../../../core/db/database.ts';
import type { BatchWork } from '../decide/batch-work.ts';

/** The same is written again after this: a transaction that was undone left nothing. */
const AGAIN_MS = 600_000;
const REMEMBERED_MAX = 50_000;

/**
 * Notes which certificate an agent uses, by the expiry in its health. The first use of a later one supersedes the ones
 * before; an agent that uses a superseded one is behind, and two machines have its identity. The broker of this process
 * refuses such a connection at once; behind another broker this is how it shows.
 */
@Injectable()
export class CertificateUseRepository {
  readonly #noted = new Map<string, { expiresAt: number; atMs: number }>();

  async write(sql: Sql, batch: BatchWork, nowMs: number): Promise<void> {
    const uses: { agentId: string; expiresAt: string }[] = [];
    for (const [agentId, { change }] of batch.agentChanges) {
      const expiresAt = change.health?.certificateExpiresAt;
      if (expiresAt === undefined || this.#isNoted(agentId, expiresAt, nowMs)) continue;
      uses.push({ agentId, expiresAt: new Date(expiresAt).toISOString() });
      if (this.#noted.size >= REMEMBERED_MAX) this.#noted.clear();
      this.#noted.set(agentId, { expiresAt, atMs: nowMs });
    }
    if (uses.length === 0) return;
    const now = new Date(nowMs);
    const { rows } = await sql.query<{ agentId: string; superseded: boolean }>(
      `update agent_certificate c set used_at = coalesce(c.used_at, $2)
       from jsonb_to_recordset($1) as u ("agentId" uuid, "expiresAt" timestamptz)
       where c.agent_id = u."agentId" and c.not_after = u."expiresAt" and c.revoked_at is null
       returning c.agent_id as "agentId", c.superseded_at is not null as superseded`,
      [JSON.stringify(uses), now],
    );
    const behind = rows.filter((row) => row.superseded).map((row) => row.agentId);
    const ahead = rows.map((row) => row.agentId).filter((id) => !behind.includes(id));
    if (ahead.length > 0) await this.#supersede(sql, ahead, now);
    if (behind.length > 0)
      await sql.query('update agent set identity_conflict_at = $2 where id = any ($1::uuid[])', [behind, now]);
  }

  #isNoted(agentId: string, expiresAt: number, nowMs: number): boolean {
    const noted = this.#noted.get(agentId);
    return noted !== undefined && noted.expiresAt === expiresAt && nowMs - noted.atMs < AGAIN_MS;
  }

  /** A return that was approved is over when its certificate is used. */
  async #supersede(sql: Sql, agentIds: string[], now: Date): Promise<void> {
    await sql.query(
      `update agent_certificate c set superseded_at = $2 from agent_certificate u
       where u.agent_id = any ($1::uuid[]) and u.used_at = (select max(m.used_at) from agent_certificate m where m.agent_id = u.agent_id)
         and c.agent_id = u.agent_id and c.not_after < u.not_after and c.superseded_at is null`,
      [agentIds, now],
    );
    await sql.query('delete from agent_return where agent_id = any ($1::uuid[]) and approved', [agentIds]);
  }
}
