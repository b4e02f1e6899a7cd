import { randomUUID } from 'node:crypto';
import type { ActionProgress, GatewayEvent, GatewayIdentity, Target } from '@loopstart/contracts';
import { EMERGENCY_HOLD_MS, type EmergencyCall } from '@loopstart/domain';
import { interpretPoll, pollPlan, type EventDraft, type NotificationReading } from '@loopstart/drivers';
import { SnmpError, type SnmpTarget } from '@loopstart/snmp';
import { boundPorts } from '../discovery/bound-ports.ts';
import { marksOf, resolveGatewayId, type Unit } from '../discovery/gateway-id.ts';
import { draftInventory, enterInventory } from '../discovery/inventory.ts';
import { recognise } from '../discovery/recognise.ts';
import { resolveAddress } from '../discovery/resolve-address.ts';
import { canWrite, credentialsOf } from '../snmp/access.ts';
import { settleInventory, UNSETTLED, type Settling } from '../discovery/settle-inventory.ts';
import { executePlan, readMemory, SYS_UP_TIME, type ReadMemory } from '../snmp/read-plan.ts';
import { unreadable, type Unreadable } from '../snmp/unreadable.ts';
import { firmwareChanged, RESTARTED } from './gateway-events.ts';
import {
  applyOverrides,
  overridesOfNotification,
  overridesOfLineTest,
  type PendingOverrides,
} from './pending-overrides.ts';
import { impliedCells } from './implied.ts';
import { DeltaReporter } from './delta-reporter.ts';
import {
  answered,
  beginPace,
  failed,
  nextTurn,
  notLaterThan,
  pollSoon,
  started,
  succeeded,
  withInterval,
  type Pace,
} from './pace.ts';
import { ProblemWatch } from './problem-watch.ts';
import { hasRestarted } from './restart.ts';
import type { KnownGateway, SessionContext, SessionStatus } from './session-context.ts';

/** After a reading that lacked something the next comes so soon, a few times. */
const INCOMPLETE_AGAIN_MS = 5_000;
const INCOMPLETE_AGAIN_TIMES = 3;
/** How often one that is read under another address is looked at. */
const PARKED_MS = 600_000;
/** A start that the gateway told by itself lately is not told a second time. */
const START_TOLD_MS = 120_000;
const DEFAULT_INTERVAL_MS = 30_000;
const NOT_SAID: Unreadable = { code: 'unknown', text: 'It could not be read.' };
const ANOTHER_GATEWAY: Unreadable = { code: 'another-gateway', text: 'Another gateway answers at its address now.' };
const READ_ELSEWHERE: Unreadable = {
  code: 'read-elsewhere',
  text: 'The gateway is read under another address already.',
};
const TARGET_REMOVED: Unreadable = {
  code: 'target-removed',
  text: 'Its target was taken out of the list of the agent: nobody reads it any more.',
};

type Conflict = NonNullable<GatewayIdentity['conflict']>;

/** One address: recognises the gateway there, reads it at its own pace, and tells what changed. */
export class GatewaySession {
  readonly key: string;
  readonly address: string;
  readonly #context: SessionContext;
  readonly #reporter: DeltaReporter;
  readonly #problems = new ProblemWatch();
  readonly #memory: ReadMemory;
  #target: Target;
  #ip: string | null = null;
  #pace: Pace;
  #cancel: (() => void) | null = null;
  #busy = false;
  #stopped = false;
  #chain: Promise<unknown> = Promise.resolve();
  #known: KnownGateway | null = null;
  #inventoryResendDue = false;
  /** When it is asked again what it is; null: at the next turn. */
  #inventoryDueMs: number | null = null;
  #settling: Settling = UNSETTLED;
  /** Readings on end that lacked something. */
  #incomplete = 0;
  #readAtMs = 0;
  #uptimeS: number | null = null;
  #startToldAtMs = Number.NEGATIVE_INFINITY;
  #overrides: PendingOverrides = [];
  #unread: Unreadable | null = null;
  #emergencyCalls: readonly EmergencyCall[] = [];
  #lastAnswerAt: number | null;
  #parked = false;
  #unit: Unit | null = null;
  #conflict: Conflict | null = null;
  /** The reachability last reported to the cloud; null: none, or not by this session. */
  #announced: boolean | null = null;

  constructor(target: Target, address: string, context: SessionContext) {
    this.#target = target;
    this.address = address;
    this.key = `${address}:${target.port}`;
    this.#context = context;
    this.#lastAnswerAt = context.book.get(this.key)?.lastAnswerAt ?? null;
    const { clock, random, collector, limits } = context;
    this.#memory = readMemory(context.book.get(this.key)?.requestSize, () => clock.now());
    this.#reporter = new DeltaReporter(collector, clock, () => limits().fullIntervalMs);
    this.#pace = beginPace(target.pollIntervalMs ?? DEFAULT_INTERVAL_MS, clock.monotonicMs(), random());
  }

  get target(): Target {
    return this.#target;
  }

  /** The IP address in use; null for a name that was not resolved yet. */
  get ip(): string | null {
    return this.#ip;
  }

  get gatewayId(): string | null {
    return this.#known?.inventory.gatewayId ?? this.#context.book.get(this.key)?.gatewayId ?? null;
  }

  /** Whether it stands back for another session that speaks for the same gateway. */
  get parked(): boolean {
    return this.#parked;
  }

  get known(): KnownGateway | null {
    return this.#known;
  }

  /** The unit that answered last. */
  get unit(): Unit | null {
    if (this.#unit === null || this.#uptimeS === null || this.#readAtMs < this.#unit.readAtMs) return this.#unit;
    return { ...this.#unit, bootedAtMs: this.#readAtMs - this.#uptimeS * 1000, readAtMs: this.#readAtMs };
  }

  /** The same identity answers at another address too: the next inventory tells it. */
  noteConflict(kind: Conflict['kind'], address: string): void {
    const addresses = this.#conflict?.addresses ?? [];
    if (this.#conflict?.kind === kind && addresses.includes(address)) return;
    this.#conflict = { kind, addresses: [...addresses.filter((one) => one !== address), address].slice(-16) };
    this.resendInventory();
  }

  get reachable(): boolean | null {
    return this.#pace.reachable;
  }

  get status(): SessionStatus {
    const { address, gatewayId, reachable } = this;
    const { code = null, text = null } = this.#unread ?? {};
    return { address, gatewayId, reachable, code, reason: text, lastAnswerAt: this.#lastAnswerAt };
  }

  start(): void {
    this.#arm();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  /** Ends because its target was taken away: who watches the gateway has to know that nobody reads it any more. */
  abandon(): void {
    this.stop();
    const { gatewayId } = this;
    const { collector, clock } = this.#context;
    if (gatewayId !== null && !this.#parked) collector.reachability(gatewayId, clock.now(), TARGET_REMOVED);
  }

  /** Takes a changed target for the same address; other access or another interval counts from now on. */
  retarget(target: Target): void {
    const accessChanged = JSON.stringify(target.access) !== JSON.stringify(this.#target.access);
    this.#target = target;
    this.#setInterval();
    if (accessChanged) {
      this.#inventoryDueMs = null;
      this.pollSoon();
    }
    this.#arm();
  }

  /** Reads out of turn, soon; see `pace.ts` for how often. */
  pollSoon(options: { inventory?: boolean } = {}): void {
    if (options.inventory === true) this.#inventoryDueMs = null;
    this.#pace = pollSoon(this.#pace, this.#context.clock.monotonicMs());
    this.#arm();
  }

  /** The next report is a full one: the cloud may have missed something. */
  forceFull(): void {
    this.#reporter.forceFull();
  }

  /** The inventory that was sent may be lost: reads it anew and sends it. */
  resendInventory(): void {
    this.#inventoryResendDue = true;
    this.pollSoon({ inventory: true });
  }

  /** The cloud lacks this gateway: resends its inventory, its reachability and, after the next poll, a full report. */
  resend(): void {
    if (this.#parked) return;
    const inventory = this.#known?.inventory;
    if (inventory === undefined) return this.resendInventory();
    const { collector, clock } = this.#context;
    collector.inventory(inventory);
    this.#announced = null;
    if (this.#pace.reachable === false) {
      this.#announced = false;
      collector.reachability(inventory.gatewayId, clock.now(), this.#unread ?? NOT_SAID);
    }
    this.pollSoon();
  }

  /** Runs something that talks to the gateway while nothing else does. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#chain.then(work);
    this.#chain = result.catch(() => undefined);
    return result;
  }

  /**
   * Reads and tells at once, with `inventory` also what the gateway is; for use inside `exclusively`. Null when
   * another session speaks for the gateway. Rejects with SnmpError.
   */
  async readNow(options: { inventory?: boolean } = {}): Promise<KnownGateway | null> {
    if (options.inventory === true) this.#inventoryResendDue = true;
    if (options.inventory === true || this.#known === null) await this.#takeInventory();
    await this.#poll();
    return this.#known;
  }

  /** Whether the target's access may change the gateway; null where only trying shows it. */
  get canWrite(): boolean | null {
    return canWrite(this.#target.access);
  }

  /** Emergency calls that the gateway told of lately. */
  get emergencyCalls(): readonly EmergencyCall[] {
    return this.#emergencyCalls;
  }

  /** How the gateway is asked; with `write`, with the right to change it. */
  async snmpTarget(write = false): Promise<SnmpTarget> {
    this.#ip ??= await resolveAddress(this.address);
    const { timeoutMs, retries } = this.#context.limits();
    const credentials = credentialsOf(this.#target.access, write);
    return { host: this.#ip, port: this.#target.port, credentials, timeoutMs, retries };
  }

  /** Tells at once what a notification implies, ahead of the poll that confirms it, and asks for that poll. */
  hear(heard: NotificationReading): void {
    const known = this.#known;
    const nowMs = this.#context.clock.monotonicMs();
    const starts = heard.events.some(({ kind }) => kind === 'cold-start' || kind === 'warm-start');
    if (starts) this.#startToldAtMs = nowMs;
    this.#noteEmergency(heard.events);
    this.#overrides = overridesOfNotification(this.#overrides, heard, nowMs);
    if (known !== null && !this.#parked) {
      const cells = impliedCells(heard.implies, known.inventory.ports);
      this.#reporter.reportImplied(known.inventory, cells, this.#context.clock.now());
    }
    if (heard.pollNow || heard.implies.length > 0) this.pollSoon({ inventory: starts });
  }

  /** One that stands back is not watched: the session that speaks for the gateway does that. */
  #next(): ReturnType<typeof nextTurn> {
    return this.#parked ? { atMs: this.#pace.nextAtMs, what: 'poll' } : nextTurn(this.#pace);
  }

  /** What a line test measured is told with the next reading, as if it had been read. */
  keepTested(position: number, result: ActionProgress['result']): void {
    this.#overrides = overridesOfLineTest(this.#overrides, position, result, this.#context.clock.monotonicMs());
    this.pollSoon();
  }

  #arm(): void {
    this.#cancel?.();
    const { atMs } = this.#next();
    if (this.#stopped || this.#busy || !Number.isFinite(atMs)) return;
    const { clock } = this.#context;
    this.#cancel = clock.schedule(atMs - clock.monotonicMs(), () => void this.#turn());
  }

  async #turn(): Promise<void> {
    if (this.#busy || this.#stopped) return;
    this.#busy = true;
    const { slots, counters, clock } = this.#context;
    const { atMs: dueAtMs, what } = this.#next();
    const room = this.#pace.reachable === true && this.#pace.failures === 0 ? slots.answering : slots.doubtful;
    try {
      await this.exclusively(() =>
        room.run(async () => {
          if (this.#stopped) return;
          counters.lagMs = Math.max(counters.lagMs, Math.round(clock.monotonicMs() - dueAtMs));
          await (what === 'probe' ? this.#probe() : this.#work());
        }),
      );
    } finally {
      this.#busy = false;
      this.#arm();
    }
  }

  /** Between two polls: is it still there? */
  async #probe(): Promise<void> {
    const { client, clock } = this.#context;
    try {
      await client.get(await this.snmpTarget(), [SYS_UP_TIME]);
      this.#pace = answered(this.#pace, clock.monotonicMs());
      this.#lastAnswerAt = clock.now();
    } catch (error) {
      if (!this.#stopped) this.#fail(error);
    }
  }

  async #work(): Promise<void> {
    const { clock, counters, random, log } = this.#context;
    this.#pace = started(this.#pace, clock.monotonicMs());
    try {
      const due = this.#inventoryDueMs === null || clock.monotonicMs() >= this.#inventoryDueMs;
      if (due || this.#known === null) await this.#takeInventory();
      if (!this.#parked) await this.#poll();
      counters.ok += 1;
      this.#pace = succeeded(this.#pace, clock.monotonicMs(), random());
      if (this.#incomplete > 0 && this.#incomplete <= INCOMPLETE_AGAIN_TIMES)
        this.#pace = notLaterThan(this.#pace, clock.monotonicMs() + INCOMPLETE_AGAIN_MS);
      if (this.#settling.lacking > 0 && this.#inventoryDueMs !== null)
        this.#pace = notLaterThan(this.#pace, this.#inventoryDueMs);
    } catch (error) {
      if (this.#stopped) return;
      counters.failed += 1;
      log[error instanceof SnmpError ? 'debug' : 'error']({ error, address: this.key }, 'could not read a gateway');
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    const { clock, random, collector, onChange, onUnreachable } = this.#context;
    const before = this.#pace.reachable;
    this.#pace = failed(this.#pace, clock.monotonicMs(), random());
    this.#unread = unreadable(error);
    this.#ip = null;
    if (this.#pace.reachable !== false || before === false) return;
    const { gatewayId } = this;
    if (gatewayId !== null && !this.#parked) {
      this.#announced = false;
      collector.reachability(gatewayId, clock.now(), this.#unread);
      onUnreachable();
    }
    this.#reporter.forget();
    onChange();
  }

  async #takeInventory(): Promise<void> {
    const { client, clock, book, collector, siteId, claim, isReadElsewhere, onChange } = this.#context;
    const before = book.get(this.key);
    const recognised = await recognise(client, await this.snmpTarget(), this.#memory, before?.driverId);
    if (this.#stopped) return;
    const { driver, identity } = recognised;
    const nowMs = clock.monotonicMs();
    this.#inventoryDueMs = nowMs + PARKED_MS;
    const marks = marksOf(identity.gateway);
    const bootedAtMs = recognised.uptimeS === null ? null : nowMs - recognised.uptimeS * 1000;
    this.#unit = { marks, bootedAtMs, readAtMs: nowMs };
    const remembered = book.rememberedAt(this.key);
    const spent = new Set(book.spent);
    const resolve = () =>
      resolveGatewayId(siteId, this.key, identity.gateway, remembered, book.rememberedElsewhere(this.key), spent);
    let id = resolve();
    let claimed = claim(id.gatewayId, this);
    if (claimed === 'other-unit') {
      // Its marks are those of a unit that is read at another address: they name neither.
      for (const mark of Object.values(marks)) if (id.name === mark) spent.add(mark);
      this.#conflict = { kind: 'cloned-identity', addresses: [] };
      id = resolveGatewayId(siteId, this.key, identity.gateway, null, book.rememberedElsewhere(this.key), spent);
      claimed = claim(id.gatewayId, this);
    }
    this.#parked = claimed !== 'granted';
    if (this.#parked) return this.#park();
    let formerGatewayId = before?.gatewayId === id.gatewayId ? before.formerGatewayId : null;
    if (before !== null && before.gatewayId !== id.gatewayId && !isReadElsewhere(before.gatewayId, this)) {
      formerGatewayId = before.gatewayId;
      collector.reachability(before.gatewayId, clock.now(), ANOTHER_GATEWAY);
    }
    const conflict = this.#conflict ?? (before?.gatewayId === id.gatewayId ? before.conflict : null);
    const pollIntervalMs = this.#target.pollIntervalMs ?? driver.pollIntervalMs;
    const former = this.#known?.inventory ?? null;
    const { address } = this;
    const { gatewayId } = id;
    const sameGateway = before?.gatewayId === gatewayId;
    const known = former?.gatewayId === gatewayId ? former : sameGateway ? before.found : null;
    const numbered = boundPorts(book.portsOf(gatewayId), identity.ports);
    const fresh = { ...identity, ports: numbered.ports };
    // Rows without their names may stand for other ports than before.
    const read = { ...recognised, portsComplete: recognised.portsComplete && numbered.comparable };
    const settled = settleInventory(known, fresh, read, sameGateway ? this.#settling : UNSETTLED, nowMs);
    const { gateway, ports, portList } = settled;
    this.#settling = settled.settling;
    this.#inventoryDueMs = nowMs + settled.againInMs;
    const settledIdentity = { ...identity, gateway, ports };
    const draft = draftInventory({
      ...recognised,
      identity: settledIdentity,
      gatewayId,
      address,
      pollIntervalMs,
      canWrite: this.canWrite,
      former,
      known: { basis: id.basis, formerGatewayId, conflict },
      portList,
    });
    const kept = {
      ports: numbered.remembered,
      spent: [...spent].filter((mark) => Object.values(marks).includes(mark)),
    };
    const inventory = enterInventory(book, this.key, id, draft, kept, clock.now());
    if (!this.#inventoryResendDue && former?.revision === inventory.revision) return;
    this.#inventoryResendDue = false;
    collector.inventory(inventory);
    const { firmware } = inventory.gateway;
    if (
      before?.gatewayId === id.gatewayId &&
      before.firmware !== null &&
      firmware !== null &&
      before.firmware !== firmware
    ) {
      this.#tell([firmwareChanged(before.firmware, firmware)], id.gatewayId);
    }
    this.#known = { driver, inventory, reading: null, readAt: null };
    this.#setInterval();
    onChange();
  }

  /** Another session reads this gateway already: look again later. */
  #park(): void {
    this.#known = null;
    this.#reporter.forget();
    this.#announced = null;
    this.#unread = READ_ELSEWHERE;
    this.#pace = withInterval(this.#pace, PARKED_MS, this.#context.clock.monotonicMs());
    this.#context.onChange();
  }

  async #poll(again = false): Promise<void> {
    const { client, clock, collector, onChange } = this.#context;
    const known = this.#known;
    if (known === null) return;
    const target = await this.snmpTarget();
    const startedMs = clock.monotonicMs();
    const at = clock.now();
    const { answers, problems, unread } = await executePlan(client, target, pollPlan(known.driver), this.#memory);
    const read = interpretPoll(known.driver, known.inventory.ports, answers);
    if (this.#stopped) return;
    const nowMs = clock.monotonicMs();
    if (!again && this.#noticeRestart(read.gatewayMeasures.uptimeS, nowMs)) {
      this.#overrides = [];
      this.#reporter.forget();
      await this.#takeInventory();
      return this.#poll(true);
    }
    const { reading, overrides } = applyOverrides(this.#overrides, read, known.inventory.ports, nowMs);
    this.#overrides = overrides;
    this.#incomplete = unread.size === 0 ? 0 : this.#incomplete + 1;
    this.#rememberRequestSize();
    known.reading = reading;
    known.readAt = at;
    this.#lastAnswerAt = at;
    this.#unread = null;
    const { gatewayId } = known.inventory;
    if (this.#announced !== true) {
      this.#announced = true;
      this.#reporter.forget();
      this.#pace = { ...this.#pace, reachable: true };
      collector.reachability(gatewayId, at, null);
      onChange();
    }
    this.#reporter.reportReading(known.inventory, reading, at, Math.round(nowMs - startedMs));
    const problem = this.#problems.see([...problems, ...reading.problems], nowMs);
    if (problem !== null) this.#tell([problem], gatewayId);
  }

  /** How large a question it bears outlives the agent. */
  #rememberRequestSize(): void {
    const { book } = this.#context;
    const { memory } = this.#memory.sizer;
    if ((book.get(this.key)?.requestSize ?? null) !== memory) book.update(this.key, { requestSize: memory });
  }

  /** Notes the up time; true when the gateway started again since the last reading. */
  #noticeRestart(uptimeS: number | null, nowMs: number): boolean {
    if (uptimeS === null) return false;
    const restarted = hasRestarted(this.#uptimeS, uptimeS, (nowMs - this.#readAtMs) / 1000);
    this.#uptimeS = uptimeS;
    this.#readAtMs = nowMs;
    const { gatewayId } = this;
    if (restarted && gatewayId !== null && nowMs - this.#startToldAtMs > START_TOLD_MS)
      this.#tell([RESTARTED], gatewayId);
    return restarted;
  }

  #noteEmergency(drafts: readonly EventDraft[]): void {
    const atMs = this.#context.clock.now();
    const told = drafts.flatMap(({ kind, position }) => (kind === 'emergency-call' ? [{ position, atMs }] : []));
    if (told.length === 0) return;
    const recent = this.#emergencyCalls.filter((call) => atMs - call.atMs < EMERGENCY_HOLD_MS);
    this.#emergencyCalls = [...recent, ...told];
  }

  #setInterval(): void {
    const interval = this.#target.pollIntervalMs ?? this.#known?.driver.pollIntervalMs ?? DEFAULT_INTERVAL_MS;
    this.#pace = withInterval(this.#pace, interval, this.#context.clock.monotonicMs());
  }

  #tell(drafts: readonly EventDraft[], gatewayId: string): void {
    const at = this.#context.clock.now();
    const events = drafts.map((draft): GatewayEvent => ({ ...draft, id: randomUUID(), gatewayId, at, source: 'poll' }));
    this.#context.collector.events(events);
  }
}
