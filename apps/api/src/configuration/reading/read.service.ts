import { Inject, Injectable } from '@nestjs/common';
import type { ConfigRead } from '@loopstart/contracts';
import { dueReads } from '@loopstart/domain';
import { stepJobs } from '../../agents/config-jobs/index.ts';
import { AgentSignals } from '../../agents/registry/index.ts';
import { LiveBus } from '../../core/bus/live-bus.ts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database } from '../../core/db/database.ts';
import { type Scope, wholeOperator } from '../../core/db/scope.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { type By, Changes } from '../../identity/audit/index.ts';
import { ReadRepository } from './read.repository.ts';

/** How long a reading waits for its gateway. It stands until then, so that people see since when. */
const WAITS_MS = 7 * 86_400_000;

/** Has the running configurations of gateways read: daily, after a notified change, and where a person asks. */
@Injectable()
export class ReadService {
  constructor(
    private readonly db: Database,
    private readonly reads: ReadRepository,
    private readonly signals: AgentSignals,
    private readonly bus: LiveBus,
    private readonly changes: Changes,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  list(scope: Scope, filter: Parameters<ReadRepository['list']>[2]) {
    return this.db.tx(scope, (sql) => this.reads.list(sql, scope.operatorId, filter));
  }

  /** Idempotent: a reading that waits already is the answer. Throws `nothing-changed` while a change is under way. */
  async ask(by: By, gatewayId: string): Promise<ConfigRead> {
    const { operatorId } = by.caller;
    const now = this.now();
    const { read, agentId, siteId } = await this.changes.make(by, async (sql) => {
      const { rows } = await sql.query<{ agentId: string; siteId: string }>(
        'select agent_id as "agentId", site_id as "siteId" from gateway where id = $1 and retired_at is null',
        [gatewayId],
      );
      const gateway = found(rows[0]);
      const at = new Date(now);
      const expiresAt = new Date(now + WAITS_MS);
      const data = { gatewayId, cause: 'asked', readFor: at, at, expiresAt } as const;
      const isNew = await this.reads.insert(sql, operatorId, data);
      const read = await this.reads.open(sql, gatewayId);
      if (read === null)
        throw new ProblemError('nothing-changed', {
          detail: 'A change of this gateway is under way; it reads the configuration itself.',
        });
      const change = { reading: read.id };
      return {
        result: { read, ...gateway },
        audit: isNew ? { verb: 'read', subjectType: 'running-config', subjectId: gatewayId, change } : null,
      };
    });
    this.signals.emit({ type: 'desired-state-changed', agentId, operatorId });
    this.bus.publish(operatorId, { type: 'configuration', deploymentId: null, gatewayId, siteId });
    return read;
  }

  /** Issues what is due, and ends what waited too long, of all operators. */
  async issueAll(): Promise<void> {
    const { rows } = await this.db.query<{ id: string }>('select id from resolve_operators() as id');
    for (const { id } of rows) await this.#issue(id);
  }

  async #issue(operatorId: string): Promise<void> {
    const now = this.now();
    const agentIds = await this.db.tx(wholeOperator(operatorId), async (sql) => {
      const tooLate = `j.operator_id = $1 and j.purpose = 'read' and j.expires_at <= $2`;
      await stepJobs(sql, tooLate, [operatorId, new Date(now)], { kind: 'tick' }, now);
      await this.reads.prune(sql, operatorId, now);
      const managed = await this.reads.managed(sql, operatorId, now);
      const agentOf = new Map(managed.map(({ gatewayId, agentId }) => [gatewayId, agentId]));
      const issued = new Set<string>();
      for (const { gatewayId, cause, readFor } of dueReads(managed, await this.reads.underWay(sql, operatorId), now)) {
        const data = { gatewayId, cause, readFor: new Date(readFor), at: new Date(now) };
        const isNew = await this.reads.insert(sql, operatorId, { ...data, expiresAt: new Date(now + WAITS_MS) });
        if (isNew) issued.add(agentOf.get(gatewayId)!);
      }
      return issued;
    });
    for (const agentId of agentIds) this.signals.emit({ type: 'desired-state-changed', agentId, operatorId });
  }
}
