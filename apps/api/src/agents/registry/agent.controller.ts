import { Controller, Inject } from '@nestjs/common';
import { type Agent, endpoints } from '@loopstart/contracts';
import { LiveBus } from '../../core/bus/live-bus.ts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database, type PrismaTx } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { decodeCursor, likePattern, page } from '../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { SecretBox } from '../../core/secret/secret-box.ts';
import { AuditService } from '../../identity/audit/index.ts';
import { AgentSignals } from './agent-signals.ts';
import { AgentRepository } from './agent.repository.ts';
import { type TargetRow, toRows, toView } from './target-access.ts';

@Controller()
export class AgentController {
  constructor(
    private readonly agents: AgentRepository,
    private readonly db: Database,
    private readonly box: SecretBox,
    private readonly audit: AuditService,
    private readonly signals: AgentSignals,
    private readonly bus: LiveBus,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.listAgents)
  async list(@Call() { caller, query: { q, cursor, limit, ...filter } }: CallOf<typeof endpoints.listAgents>) {
    const { rows, total } = await this.agents.list(caller.scope, new Date(this.now()), {
      ...filter,
      search: likePattern(q),
      after: decodeCursor(cursor, ['text', 'uuid']),
      limit: limit + 1,
    });
    return { ...page(rows, limit, (row) => [row.hostname, row.id]), total };
  }

  @Implements(endpoints.getAgent)
  get(@Call() { caller, params }: CallOf<typeof endpoints.getAgent>) {
    return this.#one(caller.scope, params.agentId);
  }

  @Implements(endpoints.getAgentTargets)
  getTargets(@Call() { caller, params }: CallOf<typeof endpoints.getAgentTargets>) {
    return this.db.prismaTx(caller.scope, (prisma) => this.#targets(prisma, params.agentId));
  }

  @Implements(endpoints.putAgentTargets)
  async putTargets(@Call() { caller, params, body, requestId }: CallOf<typeof endpoints.putAgentTargets>) {
    const { agentId } = params;
    const result = await this.db.prismaTx(caller.scope, async (prisma) => {
      found((await prisma.$queryRaw<unknown[]>`select 1 from agent where id = ${agentId}::uuid for update`)[0]);
      const stored = await prisma.agentTarget.findMany({ where: { agentId } });
      const rows = toRows(this.box, agentId, body.targets, new Map(stored.map((row) => [row.id, row as TargetRow])));
      await prisma.agentTarget.deleteMany({ where: { agentId } });
      await prisma.agentTarget.createMany({
        data: rows.map((row) => ({ ...row, agentId, operatorId: caller.operatorId })),
      });
      await prisma.$executeRaw`update agent set config_revision = config_revision + 1, trap_port = coalesce(${body.trapPort ?? null}::int, trap_port) where id = ${agentId}::uuid`;
      await this.agents.markUncovered(prisma, agentId, new Date(this.now()));
      const change = {
        trapPort: body.trapPort ?? null,
        targets: rows.map(({ id, address, port, version }) => ({ id, address, port, version })),
      };
      await this.audit.record(
        prisma,
        { caller, requestId },
        { verb: 'set-targets', subjectType: 'agent', subjectId: agentId, change },
      );
      return this.#targets(prisma, agentId);
    });
    this.signals.emit({ type: 'config-changed', agentId, operatorId: caller.operatorId });
    return result;
  }

  @Implements(endpoints.revokeAgent)
  async revoke(@Call() { caller, params, requestId }: CallOf<typeof endpoints.revokeAgent>) {
    const { agentId } = params;
    await this.db.prismaTx(caller.scope, async (prisma) => {
      const now = new Date(this.now());
      const changed =
        await prisma.$executeRaw`update agent set revoked_at = coalesce(revoked_at, ${now}), online = false where id = ${agentId}::uuid`;
      found(changed === 1 ? agentId : null);
      await prisma.$executeRaw`update agent_certificate set revoked_at = coalesce(revoked_at, ${now}) where agent_id = ${agentId}::uuid`;
      await this.audit.record(
        prisma,
        { caller, requestId },
        { verb: 'revoke', subjectType: 'agent', subjectId: agentId, change: {} },
      );
    });
    this.signals.emit({ type: 'revoked', agentId, operatorId: caller.operatorId });
    const agent = await this.#one(caller.scope, agentId);
    this.bus.publish(caller.operatorId, { type: 'agent', agentId, siteId: agent.site.id });
    return agent;
  }

  @Implements(endpoints.settleIdentityConflict)
  async settle(@Call() { caller, params, requestId }: CallOf<typeof endpoints.settleIdentityConflict>) {
    const { agentId } = params;
    await this.db.prismaTx(caller.scope, async (prisma) => {
      const changed =
        await prisma.$executeRaw`update agent set identity_conflict_at = null where id = ${agentId}::uuid`;
      found(changed === 1 ? agentId : null);
      await this.audit.record(
        prisma,
        { caller, requestId },
        { verb: 'settle-identity-conflict', subjectType: 'agent', subjectId: agentId, change: {} },
      );
    });
    const agent = await this.#one(caller.scope, agentId);
    this.bus.publish(caller.operatorId, { type: 'agent', agentId, siteId: agent.site.id });
    return agent;
  }

  @Implements(endpoints.handOverGateways)
  async handOver(@Call() { caller, params, body, requestId }: CallOf<typeof endpoints.handOverGateways>) {
    const { agentId } = params;
    const { toAgentId, gatewayIds } = body;
    const { ids, siteId } = await this.db.prismaTx(caller.scope, async (prisma) => {
      const from = await prisma.$queryRaw<{ site_id: string }[]>`select site_id from agent where id = ${agentId}::uuid`;
      const { site_id: siteId } = found(from[0]);
      const to = await prisma.$queryRaw<
        unknown[]
      >`select 1 from agent where id = ${toAgentId}::uuid and id <> ${agentId}::uuid and site_id = ${siteId}::uuid and revoked_at is null for update`;
      if (to.length === 0)
        throw new ProblemError('invalid-input', {
          fields: [{ path: 'body.toAgentId', expected: 'another agent of the same site that is not revoked' }],
        });
      const moved = await prisma.$queryRaw<
        { id: string }[]
      >`update gateway set agent_id = ${toAgentId}::uuid where agent_id = ${agentId}::uuid and (${gatewayIds ?? null}::uuid[] is null or id = any (${gatewayIds ?? null}::uuid[])) returning id`;
      // A new revision of its settings has the agent say again what it was refused.
      await prisma.$executeRaw`update agent set config_revision = config_revision + 1 where id = ${toAgentId}::uuid`;
      const ids = moved.map(({ id }) => id);
      await this.audit.record(
        prisma,
        { caller, requestId },
        { verb: 'hand-over', subjectType: 'agent', subjectId: agentId, change: { toAgentId, gatewayIds: ids } },
      );
      return { ids, siteId };
    });
    const { operatorId } = caller;
    this.signals.emit({ type: 'handed-over', agentId, operatorId });
    this.signals.emit({ type: 'config-changed', agentId: toAgentId, operatorId });
    for (const id of [agentId, toAgentId]) this.bus.publish(operatorId, { type: 'agent', agentId: id, siteId });
    return { gateways: ids.length };
  }

  async #one(scope: Scope, id: string): Promise<Agent> {
    const { rows } = await this.agents.list(scope, new Date(this.now()), {
      id,
      search: null,
      after: null,
      limit: 1,
    });
    return found(rows[0]);
  }

  async #targets(prisma: PrismaTx, agentId: string) {
    const agents = await prisma.$queryRaw<
      { config_revision: number; trap_port: number }[]
    >`select config_revision, trap_port from agent where id = ${agentId}::uuid`;
    const agent = found(agents[0]);
    const rows = await prisma.agentTarget.findMany({ where: { agentId }, orderBy: { ordinal: 'asc' } });
    return {
      revision: agent.config_revision,
      trapPort: agent.trap_port,
      targets: rows.map((row) => toView(row as TargetRow)),
    };
  }
}
