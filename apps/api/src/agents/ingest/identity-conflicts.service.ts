import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { AgentLink } from '../broker/index.ts';
import { LiveBus } from '../../core/bus/live-bus.ts';
import { Database } from '../../core/db/database.ts';
import { wholeOperator } from '../../core/db/scope.ts';
import { LimitedLog } from '../../core/observe/limited-log.ts';
import { LOGGER, type Logger } from '../../core/observe/logger.ts';
import { Metrics } from '../../core/observe/metrics.ts';
import { AgentDirectory } from './agent-directory.ts';
import { notePresence, type PresenceMemory } from './decide/presence-epochs.ts';

const REMEMBERED_MAX = 50_000;

/** Records that two machines use one agent's identity: found by our broker, or by the presences. */
@Injectable()
export class IdentityConflicts implements OnModuleInit {
  readonly #presences = new Map<string, PresenceMemory>();
  readonly #lines: LimitedLog;

  constructor(
    @Inject(AgentLink) private readonly link: AgentLink,
    private readonly db: Database,
    private readonly directory: AgentDirectory,
    private readonly bus: LiveBus,
    private readonly metrics: Metrics,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    this.#lines = new LimitedLog(log, Date.now);
  }

  onModuleInit(): void {
    const found = this.metrics.counter(
      'agent_identity_conflicts_total',
      'Times two machines were seen with one identity',
    );
    this.link.conflict.on(({ agentId, atMs }) => {
      found.inc();
      this.#store(agentId, atMs).catch((error: unknown) => {
        this.log.error({ err: error, agentId }, 'failed to store an identity conflict');
      });
    });
  }

  /** Takes the presence `online` of a known agent. */
  online(agentId: string, epoch: number, atMs: number): void {
    if (this.#presences.size >= REMEMBERED_MAX) this.#presences.clear();
    const { memory, conflict } = notePresence(this.#presences.get(agentId), epoch, atMs);
    this.#presences.set(agentId, memory);
    if (conflict) this.link.conflict.emit({ agentId, atMs });
  }

  async #store(agentId: string, atMs: number): Promise<void> {
    const sender = (await this.directory.senders([agentId])).get(agentId);
    if (sender === undefined) return;
    this.#lines.warn(agentId, { agentId }, 'two machines use the identity of this agent');
    await this.db.tx(wholeOperator(sender.operatorId), (sql) =>
      sql.query(
        'update agent set identity_conflict_at = greatest(identity_conflict_at, $2) where id = $1 and revoked_at is null',
        [agentId, new Date(atMs)],
      ),
    );
    this.bus.publish(sender.operatorId, { type: 'agent', agentId, siteId: sender.siteId });
  }
}
