import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Presence } from '@loopstart/contracts';
import { AgentLink, type PresenceDelivery } from '../broker/index.ts';
import { LiveBus } from '../../core/bus/live-bus.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import { wholeOperator } from '../../core/db/scope.ts';
import { LOGGER, type Logger } from '../../core/observe/logger.ts';
import { AgentDirectory } from './agent-directory.ts';
import { IdentityConflicts } from './identity-conflicts.service.ts';

/** A last will has the time its connection began: one of an earlier connection does not affect the current one. */
const WILL_BEFORE_ONLINE_MS = 20_000;

/** Stores whether agents are connected, by their presences and last wills. */
@Injectable()
export class PresenceService implements OnModuleInit {
  constructor(
    @Inject(AgentLink) private readonly link: AgentLink,
    private readonly db: Database,
    private readonly directory: AgentDirectory,
    private readonly bus: LiveBus,
    private readonly conflicts: IdentityConflicts,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onModuleInit(): void {
    this.link.presence.on((delivery) => {
      this.#take(delivery).catch((error: unknown) => {
        this.log.warn({ err: error, agentId: delivery.agentId }, 'failed to store the presence of an agent');
      });
    });
  }

  async #take({ agentId, payload, receivedAtMs }: PresenceDelivery): Promise<void> {
    const presence = read(payload);
    // Before anything is awaited: the order of presences decides.
    if (presence?.online === true) this.conflicts.online(agentId, presence.epoch, receivedAtMs);
    const sender = (await this.directory.senders([agentId])).get(agentId);
    if (presence === null || sender === undefined) return;
    const { online, at, reason } = presence;
    const changed = await this.db.tx(wholeOperator(sender.operatorId), (sql) =>
      online
        ? this.#arrived(sql, agentId, at, receivedAtMs)
        : this.#left(sql, agentId, at, reason === 'stopping' ? new Date(receivedAtMs) : null),
    );
    if (changed) this.bus.publish(sender.operatorId, { type: 'agent', agentId, siteId: sender.siteId });
  }

  /** A presence is sent without delay, so it shows the difference of the clocks. */
  async #arrived(sql: Sql, agentId: string, at: number, receivedAtMs: number): Promise<boolean> {
    const { rowCount } = await sql.query(
      `update agent set online = true, stopped_at = null, presence_at = $2, last_seen_at = greatest(last_seen_at, $3), clock_skew_ms = $4
       where id = $1 and revoked_at is null`,
      [agentId, new Date(at), new Date(receivedAtMs), at - receivedAtMs],
    );
    return rowCount === 1;
  }

  /** `stoppedAt`: when it announced an orderly stop; null for a last will. */
  async #left(sql: Sql, agentId: string, at: number, stoppedAt: Date | null): Promise<boolean> {
    const { rowCount } = await sql.query(
      `update agent set online = false, stopped_at = $3
       where id = $1 and online and (presence_at is null or presence_at <= $2)`,
      [agentId, new Date(at + WILL_BEFORE_ONLINE_MS), stoppedAt],
    );
    return rowCount === 1;
  }
}

function read(payload: Uint8Array): Presence | null {
  try {
    return Presence.parse(JSON.parse(Buffer.from(payload).toString('utf8')));
  } catch {
    return null;
  }
}
