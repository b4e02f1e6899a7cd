import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database } from '../../core/db/database.ts';
import type { Sender } from './item.ts';
import { isUuid } from './rows/uuid.ts';

const REMEMBER_MS = 30_000;
const REMEMBERED_MAX = 50_000;

interface Entry {
  sender: Sender | null;
  untilMs: number;
}

/** The operator and site of agents. Results are cached for half a minute. */
@Injectable()
export class AgentDirectory {
  readonly #known = new Map<string, Entry>();

  constructor(
    private readonly db: Database,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** The senders among these agents; those that do not exist or are revoked are missing. */
  async senders(agentIds: readonly string[]): Promise<Map<string, Sender>> {
    const nowMs = this.now();
    if (this.#known.size + agentIds.length > REMEMBERED_MAX) this.#known.clear();
    const unknown = agentIds.filter((id) => isUuid(id) && !this.#isFresh(id, nowMs));
    if (unknown.length > 0) await this.#load(unknown, nowMs);
    const senders = new Map<string, Sender>();
    for (const id of agentIds) {
      const sender = this.#known.get(id)?.sender;
      if (sender !== null && sender !== undefined) senders.set(id, sender);
    }
    return senders;
  }

  /** Looks an agent up again at its next message. */
  forget(agentId: string): void {
    this.#known.delete(agentId);
  }

  #isFresh(id: string, nowMs: number): boolean {
    const entry = this.#known.get(id);
    return entry !== undefined && entry.untilMs > nowMs;
  }

  async #load(ids: readonly string[], nowMs: number): Promise<void> {
    const { rows } = await this.db.query<{ id: string; operator_id: string; site_id: string; revoked: boolean }>(
      'select id, operator_id, site_id, revoked from resolve_agents($1)',
      [ids],
    );
    const untilMs = nowMs + REMEMBER_MS;
    for (const id of ids) this.#known.set(id, { sender: null, untilMs });
    for (const row of rows) {
      if (row.revoked) continue;
      this.#known.set(row.id, {
        sender: { agentId: row.id, operatorId: row.operator_id, siteId: row.site_id },
        untilMs,
      });
    }
  }
}
