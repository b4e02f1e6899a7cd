import { SnmpError } from '@loopstart/snmp';
import type { DeviceLinks } from '../transport/transports.ts';
import type { Unreadable } from '../transport/unreadable.ts';
import type { GatewayAccess } from './gateway-access.ts';
import { PARKED_MS, type InventoryTaker } from './inventory-taker.ts';
import type { Poller } from './poller.ts';
import type { Reachability } from './reachability.ts';
import type { KnownGateway, SessionContext } from './session-context.ts';

/** After a reading that lacked something the next follows this soon, a few times. */
const INCOMPLETE_AGAIN_MS = 5_000;
const INCOMPLETE_AGAIN_TIMES = 3;
export const DEFAULT_INTERVAL_MS = 30_000;
const READ_ELSEWHERE: Unreadable = {
  code: 'read-elsewhere',
  text: 'The gateway is read under another address already.',
};

export interface ReaderParts {
  key: string;
  access: GatewayAccess;
  links: DeviceLinks;
  reachability: Reachability;
  inventory: InventoryTaker;
  poller: Poller;
  isStopped: () => boolean;
  isReadElsewhere: (gatewayId: string) => boolean;
}

/** Reads the gateway at an address: its inventory where that is due, then its state. */
export class GatewayReader {
  readonly #context: SessionContext;
  readonly #parts: ReaderParts;
  readonly #inventory: InventoryTaker;
  readonly #poller: Poller;
  readonly #reachability: Reachability;
  #known: KnownGateway | null = null;
  #parked = false;

  constructor(context: SessionContext, parts: ReaderParts) {
    this.#context = context;
    this.#parts = parts;
    this.#inventory = parts.inventory;
    this.#poller = parts.poller;
    this.#reachability = parts.reachability;
  }

  get known(): KnownGateway | null {
    return this.#known;
  }

  /** Whether it is parked because another session is responsible for the same gateway. */
  get parked(): boolean {
    return this.#parked;
  }

  get gatewayId(): string | null {
    return this.#known?.inventory.gatewayId ?? this.#context.book.get(this.#parts.key)?.gatewayId ?? null;
  }

  /**
   * Whether this session reports that the gateway is silent: not where the gateway was read at another address since.
   */
  get speaks(): boolean {
    const { gatewayId } = this;
    const { book } = this.#context;
    return (
      gatewayId !== null && !this.#parts.isReadElsewhere(gatewayId) && !book.answeredElsewhereSince(this.#parts.key)
    );
  }

  /** A probe between two polls: does it still answer? Never rejects. */
  async probe(): Promise<void> {
    try {
      await this.#parts.links.snmp.probe();
      this.#reachability.probed();
    } catch (error) {
      if (!this.#parts.isStopped()) this.#fail(error);
    }
  }

  /** A turn: never rejects. */
  async read(): Promise<void> {
    const { clock, counters, log } = this.#context;
    this.#reachability.started();
    try {
      if (this.#inventory.isDue || this.#known === null) await this.takeInventory();
      if (!this.#parked) await this.poll();
      counters.ok += 1;
      this.#reachability.succeeded();
      const { incompleteInARow } = this.#poller;
      if (incompleteInARow > 0 && incompleteInARow <= INCOMPLETE_AGAIN_TIMES)
        this.#reachability.pollNotLaterThan(clock.monotonicMs() + INCOMPLETE_AGAIN_MS);
      for (const atMs of [this.#inventory.repeatAtMs, this.#poller.readAgainAtMs])
        if (atMs !== null) this.#reachability.pollNotLaterThan(atMs);
    } catch (error) {
      if (this.#parts.isStopped()) return;
      counters.failed += 1;
      log[error instanceof SnmpError ? 'debug' : 'error'](
        { error, address: this.#parts.key },
        'failed to read a gateway',
      );
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    const becameUnreachable = this.#reachability.failed(error);
    this.#parts.access.forgetIp();
    if (!becameUnreachable) return;
    const { gatewayId } = this;
    if (gatewayId !== null && !this.#parked && this.speaks) {
      this.#reachability.reportUnreachable(gatewayId);
      this.#context.onUnreachable();
    }
    this.#poller.forgetReported();
    this.#context.onChange();
  }

  /** Reads the inventory. Rejects where the gateway does not answer. */
  async takeInventory(): Promise<void> {
    const taken = await this.#inventory.take(this.#known?.inventory ?? null);
    if (taken.outcome === 'stopped') return;
    this.#parked = taken.outcome === 'parked';
    if (taken.outcome === 'parked') return this.#park();
    if (taken.outcome !== 'reported') return;
    const { driver, inventory, events } = taken;
    this.#poller.reportEvents(events, inventory.gatewayId);
    if (this.#known !== null && this.#known.inventory.gatewayId !== inventory.gatewayId) {
      // Nothing reported about the former gateway here holds for this one.
      this.#poller.forgetReported();
      this.#reachability.forgetReported();
    }
    this.#known = { driver, inventory, reading: null, readAt: null };
    this.setInterval();
    this.#context.onChange();
  }

  /** Its gateway has another id now: it is recognised again, and all known data are reported under that id. */
  rename(): void {
    this.#known = null;
    this.#inventory.makeDue();
    this.#inventory.resendNext();
    this.#poller.forgetReported();
    const { gatewayId } = this;
    if (gatewayId !== null && this.speaks) this.#reachability.resend(gatewayId);
    this.#context.onChange();
  }

  /** Another session reads this gateway already: check again later. */
  #park(): void {
    this.#known = null;
    this.#poller.forgetReported();
    this.#reachability.standBack(READ_ELSEWHERE, PARKED_MS);
    this.#context.onChange();
  }

  /** Polls a gateway that is known. Rejects where it does not answer. */
  async poll(): Promise<void> {
    let known = this.#known;
    if (known === null) return;
    let poll = await this.#poller.poll(known);
    if (this.#parts.isStopped()) return;
    if (this.#poller.noticeRestart(poll, known)) {
      this.#inventory.makeDue();
      await this.takeInventory();
      known = this.#known;
      if (known === null) return;
      this.#poller.reportRestart(known);
      poll = await this.#poller.poll(known);
      if (this.#parts.isStopped()) return;
    }
    known.reading = this.#poller.complete(poll, known);
    known.readAt = poll.at;
    this.#rememberRequestSize();
    if (this.#reachability.answered(known.inventory.gatewayId, poll.at)) {
      this.#poller.forgetReported();
      this.#context.onChange();
    }
    this.#poller.report(poll, known.reading, known);
  }

  /** The largest request that it can answer outlives the agent. */
  #rememberRequestSize(): void {
    const { book } = this.#context;
    const { memory } = this.#parts.links.snmp.memory.sizer;
    if ((book.get(this.#parts.key)?.requestSize ?? null) !== memory)
      book.update(this.#parts.key, { requestSize: memory });
  }

  /** Polls at the target's interval, else at that of the driver. */
  setInterval(): void {
    const { pollIntervalMs } = this.#parts.access.target;
    this.#reachability.setInterval(pollIntervalMs ?? this.#known?.driver.pollIntervalMs ?? DEFAULT_INTERVAL_MS);
  }
}
