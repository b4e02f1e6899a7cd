import type { ActionProgress, Target } from '@loopstart/contracts';
import type { EmergencyCall } from '@loopstart/domain';
import type { NotificationReading } from '@loopstart/drivers';
import type { Unit } from '../discovery/gateway-id.ts';
import type { DeviceLinks } from '../transport/transports.ts';
import type { Unreadable } from '../transport/unreadable.ts';
import { GatewayAccess } from './gateway-access.ts';
import { DEFAULT_INTERVAL_MS, GatewayReader } from './gateway-reader.ts';
import { InventoryTaker } from './inventory-taker.ts';
import { Poller } from './poller.ts';
import { Reachability } from './reachability.ts';
import type { Claimant, Conflict, KnownGateway, SessionContext, SessionStatus } from './session-context.ts';
import { Turns, type NextTurn } from './turns.ts';

const TARGET_REMOVED: Unreadable = {
  code: 'target-removed',
  text: 'Its target was taken out of the list of the agent: nobody reads it any more.',
};

/** One address: recognises the gateway there, reads it on its own schedule, and reports changes. */
export class GatewaySession implements Claimant {
  readonly key: string;
  readonly address: string;
  readonly links: DeviceLinks;
  readonly #context: SessionContext;
  readonly #access: GatewayAccess;
  readonly #reachability: Reachability;
  readonly #inventory: InventoryTaker;
  readonly #poller: Poller;
  readonly #reader: GatewayReader;
  readonly #turns: Turns;

  constructor(target: Target, address: string, context: SessionContext) {
    const { book, clock, limits, transports } = context;
    const key = `${address}:${target.port}`;
    const remembered = book.get(key);
    const access = new GatewayAccess(target, address, limits);
    const links = transports.linksOf(access, remembered?.requestSize, () => clock.now());
    const intervalMs = target.pollIntervalMs ?? DEFAULT_INTERVAL_MS;
    const isStopped = () => this.#turns.isStopped;
    const isReadElsewhere = (gatewayId: string) => context.isReadElsewhere(gatewayId, this);
    this.address = address;
    this.key = key;
    this.links = links;
    this.#context = context;
    this.#access = access;
    const poller = (this.#poller = new Poller(context, links));
    const reachability = (this.#reachability = new Reachability(context, intervalMs, remembered?.lastAnswerAt ?? null));
    const inventory = (this.#inventory = new InventoryTaker({
      ...context,
      key,
      access,
      link: links.snmp,
      isStopped,
      claim: (gatewayId) => context.claim(gatewayId, this),
      isReadElsewhere,
    }));
    const parts = { key, access, links, reachability, inventory, poller, isStopped, isReadElsewhere };
    this.#reader = new GatewayReader(context, parts);
    this.#turns = new Turns({ clock, next: () => this.#next(), run: (turn) => this.#run(turn) });
  }

  get target(): Target {
    return this.#access.target;
  }

  /** The IP address in use; null for a name that was not resolved yet. */
  get ip(): string | null {
    return this.#access.ip;
  }

  /** Whether the target's access may change the gateway; null where only an attempt shows it. */
  get canWrite(): boolean | null {
    return this.#access.canWrite;
  }

  get gatewayId(): string | null {
    return this.#reader.gatewayId;
  }

  /** Whether it is parked because another session is responsible for the same gateway. */
  get parked(): boolean {
    return this.#reader.parked;
  }

  get known(): KnownGateway | null {
    return this.#reader.known;
  }

  get reachable(): boolean | null {
    return this.#reachability.reachable;
  }

  /** Recent emergency calls that the gateway reported. */
  get emergencyCalls(): readonly EmergencyCall[] {
    return this.#poller.emergencyCalls;
  }

  get unit(): Unit | null {
    const { unit } = this.#inventory;
    const { boot } = this.#poller;
    if (unit === null || boot === null || boot.readAtMs < unit.readAtMs) return unit;
    return { ...unit, bootedAtMs: boot.atMs, readAtMs: boot.readAtMs };
  }

  get status(): SessionStatus {
    const { address, gatewayId, reachable } = this;
    const { unread, lastAnswerAt } = this.#reachability;
    return { address, gatewayId, reachable, code: unread?.code ?? null, reason: unread?.text ?? null, lastAnswerAt };
  }

  start(): void {
    this.#turns.arm();
  }

  stop(): void {
    this.#turns.stop();
  }

  /** Ends because its target was removed: the cloud must know that the gateway is not read any more. */
  abandon(): void {
    this.stop();
    const { gatewayId } = this;
    const { collector, clock } = this.#context;
    if (gatewayId !== null && !this.parked && this.#reader.speaks)
      collector.reachability(gatewayId, clock.now(), TARGET_REMOVED);
  }

  /** Takes a changed target for the same address; other access or another interval counts from now on. */
  retarget(target: Target): void {
    const accessChanged = this.#access.retarget(target);
    this.#reader.setInterval();
    if (accessChanged) this.pollSoon({ inventory: true });
    this.#turns.arm();
  }

  /** Requests an extra reading; see `pace.ts` for how often. */
  pollSoon(options: { inventory?: boolean } = {}): void {
    if (options.inventory === true) this.#inventory.makeDue();
    this.#reachability.pollSoon();
    this.#turns.arm();
  }

  /** The next report is a full one: the cloud may have missed something. */
  forceFull(): void {
    this.#poller.forceFull();
  }

  noteConflict(kind: Conflict['kind'], address: string): void {
    if (this.#inventory.noteConflict(kind, address)) this.resendInventory();
  }

  /** The inventory that was sent may be lost: reads it again and sends it. */
  resendInventory(): void {
    this.#inventory.resendNext();
    this.pollSoon({ inventory: true });
  }

  /** The cloud lacks this gateway: resends its inventory, its reachability and, after the next poll, a full report. */
  resend(): void {
    if (this.parked) return;
    const inventory = this.known?.inventory;
    if (inventory === undefined) return this.resendInventory();
    this.#context.collector.inventory(inventory);
    this.#reachability.resend(inventory.gatewayId);
    this.pollSoon();
  }

  /** Its gateway has another id now; resolves when work in progress under the former id has ended. */
  async rename(): Promise<void> {
    await this.exclusively(async () => this.#reader.rename());
    this.pollSoon({ inventory: true });
  }

  /** Runs work that talks to the gateway while nothing else does. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    return this.#turns.exclusively(work);
  }

  /**
   * Reads and reports at once, with `inventory` also the inventory; for use inside `exclusively`. Null when another
   * session is responsible for the gateway. Rejects where it does not answer.
   */
  async readNow(options: { inventory?: boolean } = {}): Promise<KnownGateway | null> {
    if (options.inventory === true) this.#inventory.resendNext();
    if (options.inventory === true || this.known === null) await this.#reader.takeInventory();
    await this.#reader.poll();
    return this.known;
  }

  /**
   * Reports at once the states that a notification implies, before the poll that confirms them, and requests that poll.
   */
  takeNotification(reading: NotificationReading): void {
    const starts = this.#poller.takeNotification(reading, this.parked ? null : this.known);
    if (reading.pollNow || reading.implies.length > 0) this.pollSoon({ inventory: starts });
  }

  /** The measurements of a line test are reported with the next reading, as if they had been read. */
  keepTested(position: number, result: ActionProgress['result']): void {
    this.#poller.keepTested(position, result);
    this.pollSoon();
  }

  /** A parked session does not watch its gateway: the responsible session does. */
  #next(): NextTurn {
    return this.parked ? { atMs: this.#reachability.nextPollAtMs, what: 'poll' } : this.#reachability.next;
  }

  async #run({ atMs, what }: NextTurn): Promise<void> {
    const { slots, counters, clock } = this.#context;
    await (this.#reachability.isSteady ? slots.answering : slots.doubtful).run(async () => {
      if (this.#turns.isStopped) return;
      counters.lagMs = Math.max(counters.lagMs, Math.round(clock.monotonicMs() - atMs));
      await (what === 'probe' ? this.#reader.probe() : this.#reader.read());
    });
  }
}
