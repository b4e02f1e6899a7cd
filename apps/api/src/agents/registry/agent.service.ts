import { Inject, Injectable } from '@nestjs/common';
import type { Agent, endpoints, LiveEvent } from '@loopstart/contracts';
import type { Touched } from '@loopstart/domain';
import type { z } from 'zod';
import { CLOCK, type Clock } from '../../core/clock.ts';
import type { Scope } from '../../core/db/scope.ts';
import { refuseWiderThan } from '../../core/fleet/blast-radius.ts';
import { found } from '../../core/http/problem-error.ts';
import { refused } from '../../core/http/refuse.ts';
import { Secrets } from '../../core/secret/secrets.ts';
import { type By, Changes, former } from '../../identity/audit/index.ts';
import { AgentSignals } from './agent-signals.ts';
import { AgentRepository } from './agent.repository.ts';
import { type TargetRow, toRows } from './target-access.ts';
import { TargetRepository } from './target.repository.ts';

type TargetsInput = z.output<typeof endpoints.putAgentTargets.body>;
type HandOver = z.output<typeof endpoints.handOverGateways.body>;

const SUBJECT = 'agent';

/** Changes of agents, each audited; the process with the agent's connection is signalled. */
@Injectable()
export class AgentService {
  constructor(
    private readonly agents: AgentRepository,
    private readonly targets: TargetRepository,
    private readonly changes: Changes,
    private readonly secrets: Secrets,
    private readonly signals: AgentSignals,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async one(scope: Scope, id: string): Promise<Agent> {
    return found(await this.agents.one(scope, this.#date(), id));
  }

  /** Replaces the discovery targets; a target without secrets keeps the stored ones. */
  async putTargets(by: By, agentId: string, input: TargetsInput) {
    const { targets } = input;
    const trapPort = input.trapPort ?? null;
    const { operatorId } = by.caller;
    const result = await this.changes.makeInPrisma(by, async (prisma) => {
      const stored = found(await this.targets.lock(prisma, agentId));
      const view = found(await this.targets.view(prisma, agentId));
      const before = new Map(stored.map((row) => [row.id, row]));
      const rows = await toRows(this.secrets, { operatorId, agentId }, targets, before);
      await this.targets.replace(prisma, { operatorId, agentId, trapPort }, rows);
      await this.targets.markUncovered(prisma, agentId, this.#date());
      // A port of null stays as it was.
      const change = { ...(trapPort === null ? {} : { trapPort }), targets: withoutAccess(rows) };
      const formerly = { trapPort: view.trapPort, targets: withoutAccess(stored) };
      return {
        result: found(await this.targets.view(prisma, agentId)),
        audit: {
          verb: 'set-targets',
          subjectType: SUBJECT,
          subjectId: agentId,
          change,
          before: former(formerly, change),
        },
      };
    });
    this.signals.emit({ type: 'desired-state-changed', agentId, operatorId });
    return result;
  }

  async revoke(by: By, agentId: string, confirm?: Touched): Promise<Agent> {
    await this.changes.make(by, async (sql) => {
      const siteId = found(await this.agents.revoke(sql, agentId, this.#date()));
      await refuseWiderThan(sql, by.caller.rights, { agentId }, confirm);
      return {
        result: undefined,
        audit: { verb: 'revoke', subjectType: SUBJECT, subjectId: agentId, change: {} },
        live: [changed(agentId, siteId)],
      };
    });
    this.signals.emit({ type: 'revoked', agentId, operatorId: by.caller.operatorId });
    return this.one(by.caller.scope, agentId);
  }

  async settleIdentityConflict(by: By, agentId: string): Promise<Agent> {
    await this.changes.make(by, async (sql) => {
      const siteId = found(await this.agents.settleIdentityConflict(sql, agentId, this.#date()));
      return {
        result: undefined,
        audit: { verb: 'settle-identity-conflict', subjectType: SUBJECT, subjectId: agentId, change: {} },
        live: [changed(agentId, siteId)],
      };
    });
    this.signals.emit({ type: 'desired-state-changed', agentId, operatorId: by.caller.operatorId });
    return this.one(by.caller.scope, agentId);
  }

  /** Hands gateways over to another agent of the same site; all of them where none are named. */
  async handOver(by: By, agentId: string, { toAgentId, gatewayIds, confirm }: HandOver): Promise<{ gateways: number }> {
    const ids = await this.changes.make(by, async (sql) => {
      const siteId = found(await this.agents.siteOf(sql, agentId));
      if (!(await this.agents.lockHeir(sql, { agentId: toAgentId, instead: agentId, siteId })))
        throw refused('body.toAgentId', 'another agent of the same site that is not revoked');
      await refuseWiderThan(sql, by.caller.rights, { agentId, gatewayIds }, confirm);
      const moved = await this.agents.moveGateways(sql, {
        from: agentId,
        to: toAgentId,
        gatewayIds: gatewayIds ?? null,
      });
      return {
        result: moved,
        audit: {
          verb: 'hand-over',
          subjectType: SUBJECT,
          subjectId: agentId,
          change: { toAgentId, gatewayIds: moved },
        },
        live: [changed(agentId, siteId), changed(toAgentId, siteId)],
      };
    });
    const { operatorId } = by.caller;
    this.signals.emit({ type: 'handed-over', agentId, operatorId });
    this.signals.emit({ type: 'desired-state-changed', agentId: toAgentId, operatorId });
    return { gateways: ids.length };
  }

  #date(): Date {
    return new Date(this.now());
  }
}

/** What the audit trail keeps of targets: how they are read stays sealed. */
const withoutAccess = (rows: readonly TargetRow[]) =>
  rows.map(({ id, address, port, version }) => ({ id, address, port, version }));

const changed = (agentId: string, siteId: string): LiveEvent => ({ type: 'agent', agentId, siteId });
