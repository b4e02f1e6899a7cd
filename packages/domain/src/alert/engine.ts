import { advance, closed, forget, holdOf, nextMoment, notLaterThan, observe } from './alert-machine.ts';
import { derive, DERIVED } from './derived.ts';
import { conditionKey } from './keys.ts';
import { causeOf } from './root-cause.ts';
import { agentRules } from './rules/agent.rules.ts';
import type { RuleContext } from './rules/context.ts';
import { gatewayRules } from './rules/gateway.rules.ts';
import { isAnswered } from './rules/answered.ts';
import { Thresholds, valueOf } from './thresholds.ts';
import type {
  AgentFacts,
  AlertChange,
  AlertPlace,
  AlertRecord,
  ConditionKey,
  EngineInput,
  EngineState,
  EngineStep,
  GatewayFacts,
  Observation,
} from './types.ts';

/** An engine that knows of nothing wrong and tells nobody before `dispatchFrom` (ms). */
export function emptyEngine(dispatchFrom: number): EngineState {
  return { records: new Map(), dispatchFrom };
}

/** The engine as it was stored: its records. Suppression is judged afresh before anything is told. */
export function loadEngine(stored: readonly AlertRecord[], dispatchFrom: number): EngineState {
  return { records: new Map(stored.map((record) => [record.key, record])), dispatchFrom };
}

/** Judges what may have changed of one operator, and what time alone changes. Pure: same state and input, same step. */
export function step(state: EngineState, input: EngineInput): EngineStep {
  const run = new Run(state, input);
  return run.finish();
}

/** What is explained by `key` now. */
export function childrenOf(state: EngineState, key: ConditionKey): ConditionKey[] {
  return [...state.records.values()]
    .filter(({ hold }) => hold?.reason === 'suppressed' && hold.by === key)
    .map((record) => record.key);
}

class Run {
  readonly #input: EngineInput;
  readonly #dispatchFrom: number;
  readonly #before: ReadonlyMap<ConditionKey, AlertRecord>;
  readonly #records: Map<ConditionKey, AlertRecord>;
  readonly #thresholds: Thresholds;
  readonly #byAgent = new Map<string, AlertRecord[]>();
  readonly #byGateway = new Map<string, AlertRecord[]>();
  readonly #changes: AlertChange[] = [];
  #leaseAt: number | null = null;

  constructor(state: EngineState, input: EngineInput) {
    this.#input = input;
    this.#dispatchFrom = state.dispatchFrom;
    this.#before = state.records;
    this.#records = new Map(state.records);
    this.#thresholds = new Thresholds(input.thresholds);
    for (const stored of state.records.values()) {
      const record = notLaterThan(stored, input.now);
      if (record !== stored) this.#records.set(record.key, record);
      if (record.subject.type === 'agent') push(this.#byAgent, record.subject.id, record);
      else if (record.where.gatewayId !== null) push(this.#byGateway, record.where.gatewayId, record);
    }
  }

  finish(): EngineStep {
    this.#dropGone();
    const context: RuleContext = {
      now: this.#input.now,
      thresholds: this.#thresholds,
      isBad: (key) => {
        const phase = this.#records.get(key)?.phase ?? null;
        return phase === 'open' || phase === 'pending';
      },
      agentLost: (agentId) => this.#agentLost(agentId),
    };
    for (const facts of this.#input.agents) this.#agent(facts, context);
    for (const facts of this.#input.gateways) this.#gateway(facts, context);
    this.#advanceAll(false);
    this.#derived();
    this.#advanceAll(true);
    this.#holdAndAnnounce();
    this.#noteChanges();
    return {
      state: { records: this.#kept(), dispatchFrom: this.#dispatchFrom },
      changes: this.#changes,
      nextAt: this.#nextAt(),
    };
  }

  #dropGone(): void {
    const { gone, now } = this.#input;
    if (gone.length === 0) return;
    const names = new Set(gone);
    for (const record of this.#records.values()) {
      const { siteId, agentId, gatewayId, position } = record.where;
      const within = [`site:${siteId}`, `agent:${agentId}`, `gateway:${gatewayId}`, `port:${gatewayId}/${position}`];
      if (within.some((name) => names.has(name))) this.#end(record, now, 'gone');
    }
  }

  #agent(facts: AgentFacts, context: RuleContext): void {
    const site = this.#input.topology.sites.get(facts.siteId);
    const observations = agentRules(facts, site?.customerId ?? null, context);
    const lost = observations.some(({ kind }) => kind === 'agent-silent' || kind === 'agent-stopped');
    const told = this.#take(observations);
    for (const record of this.#byAgent.get(facts.agentId) ?? []) {
      if (told.has(record.key) || record.kind === 'lan-segment-down') continue;
      const certain =
        record.kind === 'agent-silent' || record.kind === 'agent-stopped' || record.kind === 'certificate-expiring';
      const untold = lost || (record.kind === 'clock-wrong' && facts.clockSkewMs === null);
      this.#say(record, untold && !certain ? 'unknown' : 'good', context.now);
    }
    if (!lost && facts.lastSeenAt !== null) {
      const place = {
        customerId: site?.customerId ?? null,
        siteId: facts.siteId,
        agentId: facts.agentId,
        gatewayId: null,
        position: null,
        lineDeviceClass: null,
      };
      const leaseMs = valueOf(this.#thresholds.at('agent-silent', place), 'leaseS') * 1000;
      this.#leaseAt = Math.min(this.#leaseAt ?? Number.POSITIVE_INFINITY, facts.lastSeenAt + leaseMs + 1);
    }
  }

  #gateway(facts: GatewayFacts, context: RuleContext): void {
    const { known, at, observations } = gatewayRules(facts, context);
    const told = this.#take(observations);
    for (const record of this.#byGateway.get(facts.gatewayId) ?? []) {
      if (told.has(record.key) || record.subject.type === 'shared') continue;
      const about = record.kind === 'gateway-unreachable' || record.kind === 'gateway-not-readable';
      // It answers: whether its readings are fresh is another matter.
      const answers = about && facts.reachability === 'reachable' && !context.agentLost(facts.agentId);
      const replaced =
        about && observations.some(({ kind }) => kind === 'gateway-unreachable' || kind === 'gateway-not-readable');
      const good = (known && isAnswered(facts, record)) || answers || replaced;
      this.#say(record, good ? 'good' : 'unknown', known ? at : context.now);
    }
  }

  #take(observations: readonly Observation[]): Set<ConditionKey> {
    const told = new Set<ConditionKey>();
    for (const observation of observations) {
      told.add(observation.key);
      this.#put(observation.key, observe(this.#records.get(observation.key), observation));
    }
    return told;
  }

  /** The kind is not watched any more where a rule says nothing because it is off. */
  #say(record: AlertRecord, verdict: 'good' | 'unknown', at: number): void {
    const present = this.#records.get(record.key);
    if (present === undefined) return;
    if (this.#thresholds.at(record.kind, record.where).off && present.phase !== null) {
      this.#end(present, this.#input.now, 'not-watched');
      return;
    }
    const { key, kind, subject, severity, where, evidence, raiseAfterMs, clearAfterMs } = present;
    const since = Math.max(at, present.observedAt);
    this.#put(
      key,
      observe(present, {
        key,
        kind,
        subject,
        verdict,
        at: since,
        since,
        severity,
        where,
        evidence,
        raiseAfterMs,
        clearAfterMs,
      }),
    );
  }

  #derived(): void {
    const { now, topology } = this.#input;
    const observations = derive({
      now,
      topology,
      thresholds: this.#thresholds,
      records: this.#records,
      inMaintenance: (place) => this.#maintenanceOf(place) !== null,
    });
    for (const observation of observations)
      this.#put(observation.key, observe(this.#records.get(observation.key), observation));
  }

  /** Crosses the borders that are due: first those of what was observed, then those of what was derived from it. */
  #advanceAll(derived: boolean): void {
    const { now } = this.#input;
    for (const record of this.#records.values()) {
      // What is put together from others is judged only when it was looked at in this step.
      if (!derived && (record.phase === null || DERIVED.has(record.kind))) continue;
      const advanced = advance(record, now);
      if (advanced.crossed === 'resolved') this.#end(advanced.record, advanced.record.goodSince ?? now, 'recovered');
      else if (advanced.record !== record) this.#put(record.key, advanced.record);
    }
  }

  #holdAndAnnounce(): void {
    const { now, topology } = this.#input;
    const children = new Map<ConditionKey, ConditionKey[]>();
    for (const record of this.#records.values()) {
      if (record.phase === null || record.phase === 'pending' || record.announced) continue;
      const cause = causeOf(this.#records, topology, record, now);
      const hold = holdOf(record, {
        now,
        dispatchFrom: this.#dispatchFrom,
        cause,
        maintenance: this.#maintenanceOf(record.where),
      });
      if (cause !== null) push(children, cause, record.key);
      if (hold !== record.hold) this.#put(record.key, { ...record, hold });
    }
    for (const record of this.#records.values()) {
      if (record.phase !== 'open' || record.announced || record.hold !== null || record.verdict !== 'bad') continue;
      this.#put(record.key, { ...record, announced: true });
    }
    this.#children = children;
  }
  #children = new Map<ConditionKey, ConditionKey[]>();

  /** Tells the difference between before and now, one record after the other. */
  #noteChanges(): void {
    const announced: AlertChange[] = [];
    for (const record of this.#records.values()) {
      const before = this.#before.get(record.key);
      if (before === record || record.phase === null || record.phase === 'pending') continue;
      const wasOpen = before !== undefined && (before.phase === 'open' || before.phase === 'recovering');
      if (!wasOpen) this.#changes.push({ type: 'opened', record });
      else for (const what of differences(before, record)) this.#changes.push({ type: 'changed', record, what });
      if (record.announced && before?.announced !== true)
        announced.push({ type: 'announce', record, children: this.#children.get(record.key) ?? [] });
      else if (record.announced && before !== undefined && before.flapping !== record.flapping)
        this.#changes.push({ type: 'flapping', record, started: record.flapping });
    }
    this.#changes.push(...announced);
  }

  #end(record: AlertRecord, at: number, reason: 'recovered' | 'gone' | 'not-watched'): void {
    const before = this.#before.get(record.key);
    if (before !== undefined && (before.phase === 'open' || before.phase === 'recovering'))
      this.#changes.push({ type: 'resolved', record, at, reason });
    this.#put(record.key, closed(record));
  }

  #agentLost(agentId: string): boolean {
    return (['agent-silent', 'agent-stopped'] as const).some((kind) => {
      const record = this.#records.get(conditionKey(kind, { type: 'agent', id: agentId }));
      return record !== undefined && record.phase !== null && record.phase !== 'recovering';
    });
  }

  #maintenanceOf(where: AlertPlace): { windowId: string; until: number } | null {
    const { maintenance } = this.#input;
    if (maintenance.size === 0) return null;
    return (
      maintenance.get(`gateway:${where.gatewayId}`) ??
      maintenance.get(`site:${where.siteId}`) ??
      maintenance.get(`customer:${where.customerId}`) ??
      null
    );
  }

  #put(key: ConditionKey, record: AlertRecord | undefined): void {
    if (record === undefined) this.#records.delete(key);
    else this.#records.set(key, record);
  }

  #kept(): ReadonlyMap<ConditionKey, AlertRecord> {
    for (const record of this.#records.values()) if (forget(record) === undefined) this.#records.delete(record.key);
    return this.#records;
  }

  #nextAt(): number | null {
    let next = this.#leaseAt ?? Number.POSITIVE_INFINITY;
    for (const record of this.#records.values()) next = Math.min(next, nextMoment(record) ?? Number.POSITIVE_INFINITY);
    return next === Number.POSITIVE_INFINITY ? null : next;
  }
}

function differences(
  before: AlertRecord,
  now: AlertRecord,
): ('severity' | 'evidence' | 'hold' | 'flapping' | 'stale')[] {
  const what: ('severity' | 'evidence' | 'hold' | 'flapping' | 'stale')[] = [];
  if (before.severity !== now.severity) what.push('severity');
  if (before.evidence.text !== now.evidence.text) what.push('evidence');
  if (before.hold !== now.hold) what.push('hold');
  if (before.flapping !== now.flapping) what.push('flapping');
  if ((before.verdict === 'unknown') !== (now.verdict === 'unknown')) what.push('stale');
  return what;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
