import { advance, closed, holdOf, isRemembered, nextMoment, notLaterThan, observe, stirsAt } from './alert-machine.ts';
import { derive, DERIVED } from './derived/derive.ts';
import { conditionKey } from './keys.ts';
import type { ConditionKind } from './kinds.ts';
import { Records, RecordsDraft, UPPER } from './records.ts';
import { causesAbove } from './causes.ts';
import { causeOf, explainsUntil, toldOutageOf } from './root-cause.ts';
import { agentRules } from './rules/agent.rules.ts';
import type { RuleContext } from './rules/context.ts';
import { gatewayRules } from './rules/gateway.rules.ts';
import { operatorRules } from './rules/operator.rules.ts';
import { isAnswered } from './rules/answered.ts';
import { Thresholds, valueOf } from './thresholds.ts';
import type {
  AgentFacts,
  AlertChange,
  AlertPlace,
  AlertRecord,
  ConditionKey,
  EndReason,
  EngineInput,
  GatewayFacts,
  Judged,
  Observation,
} from './types.ts';
import type { EngineState, EngineStep } from './engine-state.ts';

/** Conditions of an agent that the cloud itself observes, whether the agent is connected or not. */
const KNOWN_WITHOUT_AGENT: ReadonlySet<ConditionKind> = new Set([
  'agent-silent',
  'agent-stopped',
  'certificate-expiring',
  'identity-used-twice',
  'agent-asks-to-return',
]);
/** Why a gateway is not read: one at a time. */
const NOT_READ: ReadonlySet<ConditionKind> = new Set([
  'gateway-unreachable',
  'gateway-not-readable',
  'gateway-not-polled',
]);

/** An engine without open conditions that announces nothing before `dispatchFrom` (ms). */
export function emptyEngine(dispatchFrom: number): EngineState {
  return loadEngine([], dispatchFrom);
}

/** The engine from its stored records. Suppression is evaluated afresh before anything is announced. */
export function loadEngine(stored: readonly AlertRecord[], dispatchFrom: number): EngineState {
  return { records: Records.of(stored), dispatchFrom, judged: null };
}

/** Judges what may have changed of one operator, and what time alone changes. Pure: same state and input, same step. */
export function step(state: EngineState, input: EngineInput): EngineStep {
  const run = new Run(state, input);
  return run.finish();
}

/** Of each condition that explains others: what it explains now. */
export function childrenByCause(state: EngineState): ReadonlyMap<ConditionKey, readonly ConditionKey[]> {
  const children = new Map<ConditionKey, ConditionKey[]>();
  for (const { hold, key } of state.records.values()) if (hold?.reason === 'suppressed') push(children, hold.by, key);
  return children;
}

/**
 * One step. It looks at the shelves that it was given facts of, at those that are due by time, and at those over which
 * something changed that explains or holds back what is on them; the others stay as they are. That this is the same as
 * looking at everything is checked by engine.property.spec.ts.
 */
class Run {
  readonly #input: EngineInput;
  readonly #state: EngineState;
  readonly #draft: RecordsDraft;
  readonly #thresholds: Thresholds;
  readonly #changes: AlertChange[] = [];
  #leaseAt: number | null = null;
  #unfinished = false;

  constructor(state: EngineState, input: EngineInput) {
    this.#input = input;
    this.#state = state;
    this.#draft = new RecordsDraft(state.records);
    this.#thresholds = new Thresholds(input.thresholds);
    if (state.judged === null || input.now < state.judged.at) this.#setBack();
    this.#draft.take(UPPER);
    this.#takeWhatIsDue();
  }

  #takeWhatIsDue(): void {
    const { now, dueMax } = this.#input;
    let left = dueMax;
    for (const [id, shelf] of this.#state.records.shelves) {
      if (shelf.dueAt > now || id === UPPER) continue;
      // Of gateways other conditions are derived, so all of them are judged; lines can wait for the next step.
      if (shelf.ownDueAt > now && left <= 0) this.#unfinished = true;
      else {
        left -= 1;
        this.#draft.take(id);
      }
    }
  }

  /** The clock may have been set back since the records were made. */
  #setBack(): void {
    for (const stored of this.#state.records.values()) {
      const record = notLaterThan(stored, this.#input.now);
      if (record !== stored) this.#draft.put(record);
    }
  }

  finish(): EngineStep {
    this.#dropGone();
    const context: RuleContext = {
      now: this.#input.now,
      thresholds: this.#thresholds,
      isBad: (key) => {
        const phase = this.#draft.get(key)?.phase ?? null;
        return phase === 'open' || phase === 'pending';
      },
      agentLost: (agentId) => this.#agentLost(agentId),
    };
    this.#operator(context);
    const byAgent = this.#recordsOfAgents();
    for (const facts of this.#input.agents) this.#agent(facts, byAgent.get(facts.agentId) ?? [], context);
    for (const facts of this.#input.gateways) this.#gateway(facts, context);
    this.#advance(this.#draft.taken, isObserved);
    this.#derived();
    this.#advance([UPPER], ({ kind }) => DERIVED.has(kind));
    const judged = this.#takeWhatIsBelowAChange();
    for (const id of this.#draft.taken) if (this.#mayHoldOtherwise(id, judged)) this.#holdAndAnnounce(id);
    this.#noteChanges();
    const records = this.#publish(judged);
    const state = { records, dispatchFrom: this.#state.dispatchFrom, judged };
    return { state, changes: this.#changes, nextAt: this.#nextAt(records), unfinished: this.#unfinished };
  }

  #dropGone(): void {
    const { gone, retired, now } = this.#input;
    if (gone.length === 0) return;
    const names = new Set(gone);
    for (const record of this.#draft.values()) {
      const { siteId, agentId, gatewayId, position } = record.where;
      const within = [`site:${siteId}`, `agent:${agentId}`, `gateway:${gatewayId}`, `port:${gatewayId}/${position}`];
      if (!within.some((name) => names.has(name))) continue;
      this.#end(record, now, gatewayId !== null && retired?.has(gatewayId) === true ? 'retired' : 'gone');
    }
  }

  #operator(context: RuleContext): void {
    const told = this.#take(operatorRules(this.#input.interruption, context));
    for (const record of this.#draft.on(UPPER))
      if (record.kind === 'monitoring-interrupted' && !told.has(record.key)) this.#say(record, 'good', context.now);
  }

  #recordsOfAgents(): ReadonlyMap<string, AlertRecord[]> {
    const byAgent = new Map<string, AlertRecord[]>();
    if (this.#input.agents.length === 0) return byAgent;
    for (const record of this.#draft.on(UPPER))
      if (record.subject.type === 'agent') push(byAgent, record.subject.id, record);
    return byAgent;
  }

  #agent(facts: AgentFacts, records: readonly AlertRecord[], context: RuleContext): void {
    const site = this.#input.topology.sites.get(facts.siteId);
    const observations = agentRules(facts, site?.customerId ?? null, context);
    const lost = observations.some(({ kind }) => kind === 'agent-silent' || kind === 'agent-stopped');
    const told = this.#take(observations);
    for (const record of records) {
      if (told.has(record.key) || record.kind === 'lan-segment-down') continue;
      const certain = KNOWN_WITHOUT_AGENT.has(record.kind);
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
    for (const record of this.#draft.on(facts.gatewayId)) {
      if (told.has(record.key)) continue;
      const about = NOT_READ.has(record.kind);
      // It answers: whether its readings are fresh is another matter.
      const answers = about && facts.reachability === 'reachable' && !context.agentLost(facts.agentId);
      const replaced = about && observations.some(({ kind }) => NOT_READ.has(kind));
      const good = (known && isAnswered(facts, record)) || answers || replaced;
      this.#say(record, good ? 'good' : 'unknown', known ? at : context.now);
    }
  }

  #take(observations: readonly Observation[]): Set<ConditionKey> {
    const told = new Set<ConditionKey>();
    for (const observation of observations) {
      told.add(observation.key);
      this.#observe(observation);
    }
    return told;
  }

  /** A kind is not watched any more where its rule is off and yields nothing. */
  #say(record: AlertRecord, verdict: 'good' | 'unknown', at: number): void {
    const present = this.#draft.get(record.key);
    if (present === undefined) return;
    if (this.#thresholds.at(record.kind, record.where).off && present.phase !== null) {
      this.#end(present, this.#input.now, 'not-watched');
      return;
    }
    const { key, kind, subject, severity, where, evidence, raiseAfterMs, clearAfterMs } = present;
    const since = Math.max(at, present.observedAt);
    this.#observe({
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
    });
  }

  #derived(): void {
    const { now, topology } = this.#input;
    const observations = derive({
      now,
      topology,
      thresholds: this.#thresholds,
      records: this.#draft,
      inMaintenance: (place) => this.#maintenanceOf(place) !== null,
    });
    for (const observation of observations) this.#observe(observation);
  }

  /** Crosses the borders that are due. */
  #advance(ids: Iterable<string>, which: (record: AlertRecord) => boolean): void {
    const { now } = this.#input;
    for (const id of ids)
      for (const record of this.#draft.on(id)) {
        if (!which(record)) continue;
        const advanced = advance(record, now);
        if (advanced.crossed === 'resolved') this.#end(advanced.record, advanced.record.goodSince ?? now, 'recovered');
        else if (advanced.record !== record) this.#draft.put(advanced.record);
      }
  }

  /** Takes the shelves over which something changed since they were judged last. */
  #takeWhatIsBelowAChange(): Judged {
    const { now, topology, maintenance } = this.#input;
    const causes = new Set<ConditionKey>();
    for (const record of this.#draft.on(UPPER)) if (record.phase !== null) causes.add(record.key);
    const judged: Judged = { at: now, dispatchFrom: this.#state.dispatchFrom, topology, maintenance, causes };
    const before = this.#state.judged;
    const allAfresh = before === null || before.dispatchFrom !== judged.dispatchFrom;
    if (!allAfresh && sameAbove(before, judged)) return judged;
    const below: string[] = [];
    for (const [id, shelf] of this.#state.records.shelves)
      if (!this.#draft.taken.has(id) && (allAfresh || this.#aboveOf(id, shelf.places, judged) !== shelf.above))
        below.push(id);
    for (const id of below) this.#draft.take(id);
    this.#advance(below, isObserved);
    return judged;
  }

  /** Whether something decides otherwise now than when the shelf was judged last. */
  #mayHoldOtherwise(id: string, judged: Judged): boolean {
    const shelf = this.#state.records.shelves.get(id);
    if (id === UPPER || shelf === undefined || shelf.dueAt <= judged.at) return true;
    if (this.#state.judged?.dispatchFrom !== judged.dispatchFrom) return true;
    for (const { before, record } of this.#draft.changed(id))
      if (
        before?.phase !== record.phase ||
        before.verdict !== record.verdict ||
        !hasSameAbove(before.where, record.where)
      )
        return true;
    return this.#aboveOf(id, shelf.places, judged) !== shelf.above;
  }

  #holdAndAnnounce(id: string): void {
    const { now, topology } = this.#input;
    for (const record of this.#draft.on(id)) {
      if (record.phase === null || record.phase === 'pending' || record.announced) continue;
      const hold = holdOf(record, {
        now,
        dispatchFrom: this.#state.dispatchFrom,
        cause: causeOf(this.#draft, topology, record, now),
        told: toldOutageOf(this.#draft, topology, record),
        maintenance: this.#maintenanceOf(record.where),
      });
      const announced = record.phase === 'open' && hold === null && record.verdict === 'bad';
      if (hold !== record.hold || announced) this.#draft.put({ ...record, hold, announced });
    }
  }

  /** Emits the differences between before and now, record by record; announcements come last. */
  #noteChanges(): void {
    const announced: AlertChange[] = [];
    for (const id of this.#draft.taken)
      for (const { before, record } of this.#draft.changed(id)) {
        if (record.phase === null || record.phase === 'pending') continue;
        const wasOpen = before !== undefined && (before.phase === 'open' || before.phase === 'recovering');
        if (!wasOpen) this.#changes.push({ type: 'opened', record });
        else for (const what of differences(before, record)) this.#changes.push({ type: 'changed', record, what });
        if (record.announced && before?.announced !== true) announced.push({ type: 'announce', record });
        else if (record.announced && before !== undefined && before.flapping !== record.flapping)
          this.#changes.push({ type: 'flapping', record, started: record.flapping });
      }
    this.#changes.push(...announced);
  }

  #end(record: AlertRecord, at: number, reason: EndReason): void {
    const { now } = this.#input;
    const before = this.#state.records.get(record.key);
    if (before !== undefined && (before.phase === 'open' || before.phase === 'recovering'))
      this.#changes.push({ type: 'resolved', record, at, reason });
    // A subject that no longer exists needs no record.
    if (reason === 'gone' || reason === 'retired') this.#draft.delete(record.key);
    else this.#draft.put(closed(record, now));
  }

  #agentLost(agentId: string): boolean {
    return (['agent-silent', 'agent-stopped'] as const).some((kind) => {
      const record = this.#draft.get(conditionKey(kind, { type: 'agent', id: agentId }));
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

  #observe(observation: Observation): void {
    const record = observe(this.#draft.get(observation.key), observation);
    if (record !== undefined) this.#draft.put(record);
  }

  /** Drops records that are not needed, and notes when each shelf is due again. */
  #publish(judged: Judged): Records {
    const { now } = this.#input;
    for (const id of this.#draft.taken)
      for (const record of this.#draft.on(id)) if (!isRemembered(record, now)) this.#draft.delete(record.key);
    return this.#draft.publish((id, records) => {
      let wakeAt = Number.POSITIVE_INFINITY;
      let dueAt = Number.POSITIVE_INFINITY;
      let ownDueAt = Number.POSITIVE_INFINITY;
      const places: AlertPlace[] = [];
      for (const record of records) {
        const moment = nextMoment(record) ?? Number.POSITIVE_INFINITY;
        wakeAt = Math.min(wakeAt, moment);
        for (const at of [moment, stirsAt(record, now), explainsUntil(record, now)]) {
          // What is past was evaluated just now.
          if (at <= now || at >= Number.POSITIVE_INFINITY) continue;
          dueAt = Math.min(dueAt, at);
          if (record.where.position === null) ownDueAt = Math.min(ownDueAt, at);
        }
        // The upper shelf is judged in each step: nobody asks where its records are, and they may be of thousands of agents.
        if (id !== UPPER && !places.some((place) => hasSameAbove(place, record.where))) places.push(record.where);
      }
      return { dueAt, ownDueAt, wakeAt, places, above: id === UPPER ? '' : this.#aboveOf(id, places, judged) };
    });
  }

  /** A fingerprint of what could explain or hold back the records of a shelf: equal as long as that is unchanged. */
  #aboveOf(gatewayId: string, places: readonly AlertPlace[], { causes, topology }: Judged): string {
    let above = '';
    for (const place of places) {
      for (const key of causesAbove(place, topology.gateways.get(gatewayId))) if (causes.has(key)) above += `${key} `;
      const maintenance = this.#maintenanceOf(place);
      if (maintenance !== null) above += `${maintenance.windowId} ${maintenance.until} `;
    }
    return above;
  }

  #nextAt(records: Records): number | null {
    let next = this.#leaseAt ?? Number.POSITIVE_INFINITY;
    for (const { wakeAt } of records.shelves.values()) next = Math.min(next, wakeAt);
    return next === Number.POSITIVE_INFINITY ? null : next;
  }
}

const isObserved = ({ phase, kind }: AlertRecord) => phase !== null && !DERIVED.has(kind);

/** Both are below the same agent, so the same things can explain them. */
function hasSameAbove(a: AlertPlace, b: AlertPlace): boolean {
  return a === b || (a.agentId === b.agentId && a.siteId === b.siteId && a.customerId === b.customerId);
}

/** Nothing that explains or holds back changed between two steps. */
function sameAbove(before: Judged, now: Judged): boolean {
  if (before.topology !== now.topology || before.causes.size !== now.causes.size) return false;
  for (const key of now.causes) if (!before.causes.has(key)) return false;
  if (before.maintenance.size !== now.maintenance.size) return false;
  for (const [name, { windowId, until }] of now.maintenance) {
    const known = before.maintenance.get(name);
    if (known?.windowId !== windowId || known.until !== until) return false;
  }
  return true;
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
