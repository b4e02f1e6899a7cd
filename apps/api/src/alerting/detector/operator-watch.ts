import { setImmediate } from 'node:timers/promises';
import type { LiveEvent } from '@loopstart/contracts';
import { type AgentFacts, childrenByCause, type EngineState, loadEngine, step } from '@loopstart/domain';
import type { Clock } from '../../core/clock.ts';
import type { Database, Sql } from '../../core/db/database.ts';
import { wholeOperator } from '../../core/db/scope.ts';
import { affectedBy } from '../incidents/index.ts';
import type { AlertRepository } from './alert.repository.ts';
import type { AlertStore } from './alert.store.ts';
import { Baselines } from './facts/baselines.ts';
import type { FactsRepository } from './facts/facts.repository.ts';
import { type Changes, FleetFacts } from './facts/fleet-facts.ts';
import type { SiteProbes } from './facts/site-probes.ts';
import type { Leader } from './leader.ts';
import { memoryDelta } from './memory.ts';
import { MemoryChanged, memoryRevision } from './memory-change.ts';
import type { PauseEnds } from './pause-ends.ts';
import type { PolicyPort } from './policy-port.ts';
import { restarted, type Start, startIsOver } from './start.ts';
import type { StepToStore } from './step-to-store.ts';

/** Gateways evaluated and written per batch; between batches the process yields. */
const CHUNK = 500;
/** After a pause of this length agents may seem silent only because their messages were not recorded. */
const INTERRUPTED_MS = 45_000;
const REJUDGE_MS = 60_000;
/** How long announcements wait while our own platform is the likely cause. */
const SUSPECT_MS = 300_000;

export interface WatchParts {
  db: Database;
  leader: Leader;
  repository: FactsRepository;
  alerts: AlertRepository;
  store: AlertStore;
  pauses: PauseEnds;
  policy: PolicyPort;
  probes: SiteProbes;
  now: Clock;
}

type Maintenance = ReadonlyMap<string, { windowId: string; until: number }>;

/** The alerting of one operator: facts of its fleet, state of the engine, and the next evaluation. */
export class OperatorWatch {
  readonly operatorId: string;
  readonly #parts: WatchParts;
  readonly #baselines: Baselines;
  readonly #facts: FleetFacts;
  #state: EngineState;
  #start: Start;
  /** The last interruption of monitoring. */
  #interruption: { from: number; to: number } | null;
  #nextAt: number | null = null;
  #sweptAt: number | null = null;
  #rejudgedAt = -Infinity;
  /** Number of changes by others, as of the last load. */
  #memoryRevision: number;
  /** Records must be reconciled with the fleet: at the start, and after a failed evaluation. */
  #recheck = true;

  private constructor(
    parts: WatchParts,
    operatorId: string,
    baselines: Baselines,
    state: EngineState,
    revision: number,
    judgedAt: number | null,
    now: number,
  ) {
    this.operatorId = operatorId;
    this.#parts = parts;
    this.#baselines = baselines;
    this.#facts = new FleetFacts(parts.repository, baselines, parts.probes, operatorId);
    this.#state = state;
    this.#memoryRevision = revision;
    this.#start = restarted(now);
    this.#interruption = judgedAt === null ? null : { from: judgedAt, to: now };
  }

  /** Loads the stored records. Suppression is evaluated afresh before anything is announced. */
  static load(parts: WatchParts, operatorId: string, now: number): Promise<OperatorWatch> {
    return parts.db.tx(wholeOperator(operatorId), async (sql) => {
      await parts.leader.enter(sql, operatorId);
      const baselines = new Baselines();
      await baselines.load(sql);
      const state = loadEngine(await parts.alerts.memory(sql, operatorId), restarted(now).until);
      const revision = await memoryRevision(sql, operatorId);
      const { rows } = await sql.query<{ judged_at: Date | null }>(
        'select judged_at from alerting_status where operator_id = $1',
        [operatorId],
      );
      return new OperatorWatch(
        parts,
        operatorId,
        baselines,
        state,
        revision,
        rows[0]?.judged_at?.getTime() ?? null,
        now,
      );
    });
  }

  /** Next timer-driven evaluation; null: the next sweep. */
  get nextAt(): number | null {
    return this.#nextAt;
  }

  /** Time of the last full evaluation; null: none yet. */
  get sweptAt(): number | null {
    return this.#sweptAt;
  }

  get counts(): { open: number; announced: number; agents: number; gateways: number; ports: number } {
    let open = 0;
    let announced = 0;
    for (const record of this.#state.records.values()) {
      if (record.phase !== 'open' && record.phase !== 'recovering') continue;
      open += 1;
      if (record.announced) announced += 1;
    }
    return { open, announced, ...this.#facts.size };
  }

  get agents(): Iterable<AgentFacts> {
    return this.#facts.agents.values();
  }

  /** The path to our platform may be cut: announcements wait until the agents of this operator are back, or time is up. */
  suspect(now: number): void {
    this.#start = { at: now, until: now + SUSPECT_MS };
  }

  /** Sites with an agent that is away and was not stopped. */
  *sitesWithLostAgents(): Iterable<string> {
    for (const { siteId, online, stoppedAt, lastSeenAt } of this.#facts.agents.values())
      if (lastSeenAt !== null && !online && stoppedAt === null) yield siteId;
    for (const record of this.#state.records.upper())
      if (record.kind === 'agent-silent' && record.phase !== null && record.where.siteId !== null)
        yield record.where.siteId;
  }

  *agentsAt(siteId: string): Iterable<string> {
    for (const agent of this.#facts.agents.values()) if (agent.siteId === siteId) yield agent.agentId;
  }

  /** Full evaluation; returns live events. Nothing has changed when it throws. */
  async sweep(now: number): Promise<LiveEvent[]> {
    if (this.#sweptAt !== null && now - this.#sweptAt > INTERRUPTED_MS) {
      this.#start = restarted(now);
      this.#interruption = { from: this.#sweptAt, to: now };
    }
    const wanted = this.#wanted(now);
    const recheck = this.#recheck;
    const live = await this.#look(
      now,
      async (sql) => {
        const changes = await this.#facts.sweep(sql, now, wanted);
        const gone = recheck ? [...changes.gone, ...this.#removedSubjects()] : changes.gone;
        return this.#withRetired(sql, { ...changes, gone });
      },
      async (sql) => {
        await this.#baselines.write(sql, this.operatorId, now);
        await sql.query(
          `insert into alerting_status (operator_id, judged_at, dispatch_from) values ($1, $2, $3)
           on conflict (operator_id) do update set judged_at = excluded.judged_at, dispatch_from = excluded.dispatch_from`,
          [this.operatorId, new Date(now), new Date(this.#start.until)],
        );
        return this.#parts.pauses.end(sql, this.operatorId, now);
      },
    );
    this.#sweptAt = now;
    this.#recheck = false;
    return live;
  }

  /** Evaluates the subjects of events, and what is due by time. */
  touch(
    changed: { agents: ReadonlySet<string>; gateways: ReadonlySet<string> },
    now: number,
    options: { allAgents: boolean },
  ): Promise<LiveEvent[]> {
    return this.#look(now, async (sql) => this.#withRetired(sql, await this.#facts.touch(sql, now, changed, options)));
  }

  async #look(
    now: number,
    read: (sql: Sql) => Promise<Changes>,
    also?: (sql: Sql) => Promise<LiveEvent[]>,
  ): Promise<LiveEvent[]> {
    const { db, policy, store } = this.#parts;
    try {
      const [changes, maintenance] = await db.tx(wholeOperator(this.operatorId), async (sql) => {
        const maintenance = await policy.maintenance(sql, this.operatorId, now);
        return [await read(sql), maintenance] as const;
      });
      if (now < this.#start.until && startIsOver(this.#start, this.#facts.agents.values(), now))
        this.#start = { ...this.#start, until: now };
      const live: LiveEvent[] = [];
      let nextAt: number | null = null;
      this.#state = { ...this.#state, dispatchFrom: this.#start.until };
      const todo = parts(changes);
      for (let part = todo.shift(); part !== undefined; part = todo.shift()) {
        // A large evaluation takes a while; what is due meanwhile is announced meanwhile.
        const work = this.#judge(part, maintenance, Math.max(now, this.#parts.now()));
        if (store.hasWork(work)) live.push(...(await this.#write((sql) => store.write(sql, work))));
        this.#state = work.step.state;
        nextAt = work.step.nextAt;
        if (work.step.unfinished && todo.length === 0) todo.push({ ...changes, agents: [], gateways: [], gone: [] });
        await setImmediate();
      }
      if (also !== undefined) live.push(...(await this.#write(also)));
      // An evaluation of a few agents does not know when the leases of the others expire.
      this.#nextAt = earlier(nextAt, this.#nextAt !== null && this.#nextAt > now ? this.#nextAt : null);
      return live;
    } catch (error) {
      // The facts were read but not evaluated: everything is evaluated again.
      this.#facts.distrust();
      this.#recheck = true;
      if (error instanceof MemoryChanged) await this.#takeUpAnew();
      throw error;
    }
  }

  #judge(changes: Changes, maintenance: Maintenance, now: number): StepToStore {
    const before = this.#state;
    const { topology } = changes;
    const result = step(before, { ...changes, now, maintenance, interruption: this.#interruption, dueMax: CHUNK });
    let children: ReturnType<typeof childrenByCause> | null = null;
    return {
      operatorId: this.operatorId,
      now,
      step: result,
      memory: memoryDelta(before.records, result.state.records),
      explains: (record) => {
        children ??= childrenByCause(result.state);
        const explained = children.get(record.key) ?? [];
        const affected = affectedBy(record, explained, result.state, topology, (id) => this.#facts.portsOf(id));
        return { children: explained, affected };
      },
    };
  }

  /** Gateways with an open condition are re-evaluated also without a new reading; of very many only a part each time. */
  #wanted(now: number): ReadonlySet<string> {
    const wanted = new Set(this.#state.records.gatewayIds());
    if (wanted.size > CHUNK && now - this.#rejudgedAt < REJUDGE_MS) return new Set();
    this.#rejudgedAt = now;
    return wanted;
  }

  /** A transaction of the leader. */
  #write(work: (sql: Sql) => Promise<LiveEvent[]>): Promise<LiveEvent[]> {
    return this.#parts.db.tx(wholeOperator(this.operatorId), async (sql) => {
      await this.#parts.leader.enter(sql, this.operatorId);
      if ((await memoryRevision(sql, this.operatorId)) !== this.#memoryRevision) throw new MemoryChanged();
      return work(sql);
    });
  }

  /** Reloads the records: a gateway handed its incidents over to another. */
  async #takeUpAnew(): Promise<void> {
    const { db, leader, alerts } = this.#parts;
    await db.tx(wholeOperator(this.operatorId), async (sql) => {
      await leader.enter(sql, this.operatorId);
      this.#state = loadEngine(await alerts.memory(sql, this.operatorId), this.#start.until);
      this.#memoryRevision = await memoryRevision(sql, this.operatorId);
    });
  }

  /** The retired gateways among the subjects that are gone. */
  async #withRetired(sql: Sql, changes: Changes): Promise<Changes> {
    const ids = changes.gone.flatMap((name) => (name.startsWith('gateway:') ? [name.slice('gateway:'.length)] : []));
    return { ...changes, retired: await this.#parts.repository.retired(sql, ids) };
  }

  /** Subjects of stored alerts that were removed while no process evaluated. */
  #removedSubjects(): string[] {
    const { sites, agents, gateways } = this.#facts.topology;
    const gone = new Set<string>();
    for (const { where } of this.#state.records.values()) {
      const { siteId, agentId, gatewayId, position } = where;
      if (siteId !== null && !sites.has(siteId)) gone.add(`site:${siteId}`);
      if (agentId !== null && !agents.has(agentId)) gone.add(`agent:${agentId}`);
      if (gatewayId === null) continue;
      if (!gateways.has(gatewayId)) gone.add(`gateway:${gatewayId}`);
      else if (position !== null && !this.#facts.hasPort(gatewayId, position))
        gone.add(`port:${gatewayId}/${position}`);
    }
    return [...gone];
  }
}

/** The changes in batches that are evaluated and written in turn: agents first, since they explain the rest. */
function parts(changes: Changes): Changes[] {
  const list: Changes[] = [];
  for (let at = 0; at === 0 || at < changes.gateways.length; at += CHUNK)
    list.push({
      ...changes,
      agents: at === 0 ? changes.agents : [],
      gone: at === 0 ? changes.gone : [],
      gateways: changes.gateways.slice(at, at + CHUNK),
    });
  return list;
}

function earlier(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}
