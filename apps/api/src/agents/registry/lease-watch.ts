import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { LiveBus } from '../../core/bus/live-bus.ts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database } from '../../core/db/database.ts';
import { wholeOperators } from '../../core/db/scope.ts';
import { AGENT_LEASE_S } from '../../core/fleet/effective-gateway.ts';
import { LOGGER, type Logger } from '../../core/observe/logger.ts';

const LOOK_MS = 5_000;

/**
 * Notifies browsers of agents that became silent without a last will (their broker died, or they hang): no message
 * comes in such a case. This process reports each expired lease once.
 */
@Injectable()
export class LeaseWatch implements OnApplicationBootstrap, OnModuleDestroy {
  #lookedAtMs: number;
  #timer: NodeJS.Timeout | undefined;
  #looking = false;

  constructor(
    private readonly db: Database,
    private readonly bus: LiveBus,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    this.#lookedAtMs = now();
  }

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => {
      this.look().catch((error: unknown) => this.log.warn({ err: error }, 'failed to check the leases of agents'));
    }, LOOK_MS);
    this.#timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.#timer);
  }

  /** Reports the leases that expired since the last check. One check at a time. */
  async look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      const nowMs = this.now();
      for (const { operatorId, agentId, siteId } of await this.#expired(this.#lookedAtMs, nowMs))
        this.bus.publish(operatorId, { type: 'agent', agentId, siteId });
      // Only now: a failed check is repeated next time.
      this.#lookedAtMs = nowMs;
    } finally {
      this.#looking = false;
    }
  }

  async #expired(afterMs: number, untilMs: number): Promise<{ operatorId: string; agentId: string; siteId: string }[]> {
    const operators = await this.db.query<{ id: string }>('select id from resolve_operators() as id');
    if (operators.rows.length === 0) return [];
    const ids = operators.rows.map(({ id }) => id);
    const lastSeen = (ms: number) => new Date(ms - AGENT_LEASE_S * 1_000);
    return this.db.tx(wholeOperators(ids), async (sql) => {
      const { rows } = await sql.query(
        `select operator_id as "operatorId", id as "agentId", site_id as "siteId" from agent
         where revoked_at is null and online and last_seen_at > $1 and last_seen_at <= $2`,
        [lastSeen(afterMs), lastSeen(untilMs)],
      );
      return rows;
    });
  }
}
