import { Inject, Injectable } from '@nestjs/common';
import { placeLines, type Touched } from '@loopstart/domain';
import { withdrawJobs } from '../../agents/config-jobs/index.ts';
import { AgentSignals } from '../../agents/registry/index.ts';
import { HandOverRepository } from '../../alerting/detector/index.ts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import type { Sql } from '../../core/db/database.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { refused } from '../../core/http/refuse.ts';
import { type AuditEntry, type By, Changes } from '../../identity/audit/index.ts';
import { refuseWiderThan } from '../../core/fleet/blast-radius.ts';
import { lockConfiguration } from '../../core/fleet/configuration-lock.ts';
import { PortRepository } from '../../core/fleet/port.repository.ts';
import { handOverConfiguration } from './configuration-hand-over.ts';
import { LifecycleRepository, type LockedGateway, type LockedPort } from './lifecycle.repository.ts';

interface TakeOver {
  from: string;
  to: string;
  because: 'replaced' | 'merged';
  acceptLeftOver: boolean;
}

type GatewayEntry = Extract<AuditEntry, { subjectType: 'gateway' }>;

/** Labels named in a refusal; more only counts. */
const NAMED_MAX = 5;

/** Takes gateways out of service and puts others in their place; each in one transaction, audited. */
@Injectable()
export class LifecycleService {
  constructor(
    private readonly gateways: LifecycleRepository,
    private readonly alerts: HandOverRepository,
    private readonly ports: PortRepository,
    private readonly changes: Changes,
    private readonly signals: AgentSignals,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async retire(
    by: By,
    gatewayId: string,
    { note, confirm }: { note: string; confirm?: Touched | undefined },
  ): Promise<void> {
    let learn: string[] = [];
    await this.#change(by, [gatewayId], async (sql, at, [gateway]) => {
      inService(gateway!);
      const { name, rights } = by.caller;
      await refuseWiderThan(sql, rights, { gatewayIds: [gatewayId] }, confirm);
      await this.gateways.retire(sql, gatewayId, 'retired', { name, note, successorId: null, at });
      learn = await withdrawChanges(sql, gatewayId, at);
      return { verb: 'retire', change: { note } };
    });
    this.#tell(by, learn);
  }

  async restore(by: By, gatewayId: string): Promise<void> {
    await this.#change(by, [gatewayId], async (sql, _at, [gateway]) => {
      if (gateway!.retired_at === null) throw new ProblemError('already-exists', { detail: 'It is in service.' });
      if (gateway!.retired_because !== 'retired') throw outOfService(gateway!);
      await this.gateways.restore(sql, gatewayId);
      return { verb: 'restore', change: {} };
    });
  }

  /** Another gateway was found at its address; this one is to be kept, wherever it is now. */
  async keep(by: By, gatewayId: string): Promise<void> {
    await this.#change(by, [gatewayId], async (sql, at, [gateway]) => {
      inService(gateway!);
      await this.gateways.keep(sql, gatewayId, at);
      return { verb: 'keep', change: {} };
    });
  }

  /** Hands all that is about the lines of `from` over to `to`, and retires `from`. */
  async takeOver(by: By, { from, to, because, acceptLeftOver }: TakeOver): Promise<void> {
    const field = because === 'replaced' ? 'body.byGatewayId' : 'body.intoGatewayId';
    if (from === to) throw refused(field, 'another gateway');
    const learn: string[] = [];
    await this.#change(by, [from, to], async (sql, at, [former, present]) => {
      inService(former!);
      inService(present!);
      if (former!.site_id !== present!.site_id) throw refused(field, 'a gateway of the same site');
      const lines = await this.gateways.ports(sql, from);
      const here = (await this.gateways.ports(sql, to)).filter((port) => !port.removed);
      const { placed, left } = placeLines(lines, here);
      const leftOver = lines.filter((line) => line.described && left.includes(line.position));
      if (leftOver.length > 0 && !acceptLeftOver) throw linesLeftOver(present!, leftOver);
      const { operatorId, name } = by.caller;
      await this.gateways.handOver(sql, operatorId, former!, present!, placed);
      await handOverConfiguration(sql, from, to, placed);
      learn.push(...(await withdrawChanges(sql, from, at)));
      const text = `${former!.name} was ${because === 'replaced' ? 'replaced by' : 'merged with'} ${present!.name}.`;
      await this.alerts.handOver(sql, {
        operatorId,
        from,
        to: { gatewayId: to, agentId: present!.agent_id },
        positions: new Map(placed.map((one) => [one.from, one.to])),
        by: name,
        text,
        now: at.getTime(),
      });
      if (because === 'merged') {
        await this.gateways.joinAlarms(sql, from, to, placed);
        await this.gateways.settleDisplaced(sql, to, from);
        learn.push(...(await this.gateways.agentsOf(sql, present!.site_id)));
      }
      await this.gateways.retire(sql, from, because, { name, note: '', successorId: to, at });
      await this.ports.recount(sql, to);
      const leftPositions = leftOver.map(({ position }) => position);
      return {
        verb: because === 'replaced' ? 'replace' : 'merge',
        change: { successorId: to, placed, leftOver: leftPositions },
      };
    });
    this.#tell(by, learn);
  }

  #tell({ caller: { operatorId } }: By, agentIds: readonly string[]): void {
    for (const agentId of new Set(agentIds)) this.signals.emit({ type: 'desired-state-changed', agentId, operatorId });
  }

  /** The gateways as they were asked for; 404 where one is not there or not the operator's. */
  async #change(
    by: By,
    ids: readonly string[],
    work: (sql: Sql, at: Date, gateways: LockedGateway[]) => Promise<Pick<GatewayEntry, 'verb' | 'change'>>,
  ): Promise<void> {
    await this.changes.make(by, async (sql) => {
      // Before the rows of gateways, as publications take it before they refer to them.
      await lockConfiguration(sql, by.caller.operatorId);
      const locked = await this.gateways.lock(sql, ids);
      const gateways = ids.map((id) => found(locked.get(id)));
      const entry = await work(sql, new Date(this.now()), gateways);
      const siteId = gateways[0]!.site_id;
      return {
        result: undefined,
        audit: { ...entry, subjectType: 'gateway', subjectId: ids[0]! },
        // What is shown of incidents and counts may be anywhere.
        live: [...ids.map((gatewayId) => ({ type: 'inventory' as const, gatewayId, siteId })), { type: 'resync' }],
      };
    });
  }
}

/** What waits for a gateway that is taken out of service is not written to it any more. */
const withdrawChanges = (sql: Sql, gatewayId: string, at: Date): Promise<string[]> =>
  withdrawJobs(sql, 'j.gateway_id = $1', gatewayId, 'withdrawn', at.getTime());

function inService(gateway: LockedGateway): void {
  if (gateway.retired_at !== null) throw outOfService(gateway);
}

function outOfService({ name, retired_because: because, successor_name: successor }: LockedGateway): ProblemError {
  const how =
    because === 'retired'
      ? 'is retired'
      : `was ${because} ${because === 'merged' ? 'with' : 'by'} ${successor ?? 'another'}`;
  return new ProblemError('gateway-retired', { detail: `${name} ${how}.` });
}

function linesLeftOver(to: LockedGateway, lines: readonly LockedPort[]): ProblemError {
  const named = lines.slice(0, NAMED_MAX).map((line) => {
    const called = line.label ?? line.number;
    return called === null ? `port ${line.position}` : `port ${line.position} (${called})`;
  });
  const more = lines.length > NAMED_MAX ? ` and ${lines.length - NAMED_MAX} more` : '';
  return new ProblemError('lines-left-over', { detail: `${to.name} has no such port for ${named.join(', ')}${more}.` });
}
