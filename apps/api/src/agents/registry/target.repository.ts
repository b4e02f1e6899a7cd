import { Injectable } from '@nestjs/common';
import { Database, type PrismaTx } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { type TargetRow, toView } from './target-access.ts';

/** Discovery targets of agents, with their access sealed. */
@Injectable()
export class TargetRepository {
  constructor(private readonly db: Database) {}

  /** The targets of an agent as people see them; null where there is no such agent. */
  of(scope: Scope, agentId: string) {
    return this.db.prismaTx(scope, (prisma) => this.view(prisma, agentId));
  }

  async view(prisma: PrismaTx, agentId: string) {
    const agents = await prisma.$queryRaw<
      { config_revision: number; trap_port: number }[]
    >`select config_revision, trap_port from agent where id = ${agentId}::uuid`;
    const agent = agents[0];
    if (agent === undefined) return null;
    const rows = await prisma.agentTarget.findMany({ where: { agentId }, orderBy: { ordinal: 'asc' } });
    return {
      revision: agent.config_revision,
      trapPort: agent.trap_port,
      targets: rows.map((row) => toView(row as TargetRow)),
    };
  }

  /** The stored targets of an agent that is locked for a change; null where there is no such agent. */
  async lock(prisma: PrismaTx, agentId: string): Promise<TargetRow[] | null> {
    const agents = await prisma.$queryRaw<unknown[]>`select 1 from agent where id = ${agentId}::uuid for update`;
    if (agents.length === 0) return null;
    return (await prisma.agentTarget.findMany({ where: { agentId } })) as TargetRow[];
  }

  /** Stores the targets and a new revision of the agent's settings. A null port is unchanged. */
  async replace(
    prisma: PrismaTx,
    agent: { operatorId: string; agentId: string; trapPort: number | null },
    rows: readonly TargetRow[],
  ): Promise<void> {
    const { agentId, operatorId, trapPort } = agent;
    await prisma.agentTarget.deleteMany({ where: { agentId } });
    await prisma.agentTarget.createMany({ data: rows.map((row) => ({ ...row, agentId, operatorId })) });
    await prisma.$executeRaw`update agent set config_revision = config_revision + 1, trap_port = coalesce(${trapPort}::int, trap_port) where id = ${agentId}::uuid`;
  }

  /** Records which gateways of an agent are no longer covered by a discovery target, and which are covered again. */
  async markUncovered(prisma: PrismaTx, agentId: string, now: Date): Promise<void> {
    await prisma.$executeRaw`update gateway g set target_removed_at = case
        when exists (select from agent_target t where t.agent_id = g.agent_id and target_covers(t.address, g.address)) then null
        else coalesce(g.target_removed_at, ${now}) end
      where g.agent_id = ${agentId}::uuid`;
  }
}
