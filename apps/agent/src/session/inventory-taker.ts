import type { GatewayIdentity, Inventory } from '@loopstart/contracts';
import type { Driver, EventDraft, Identity } from '@loopstart/drivers';
import { boundPorts } from '../discovery/bound-ports.ts';
import type { BookEntry } from '../discovery/book-entry.ts';
import {
  marksOf,
  marksThatMake,
  resolveGatewayId,
  type KnownIdentity,
  type Marks,
  type Unit,
} from '../discovery/gateway-id.ts';
import { draftInventory, enterInventory } from '../discovery/inventory.ts';
import { recognise, type Recognised } from '../discovery/recognise.ts';
import { settleInventory, UNSETTLED, type Settled, type Settling } from '../discovery/settle-inventory.ts';
import { firmwareChanged } from '../polling/gateway-events.ts';
import type { SnmpLink } from '../transport/snmp/snmp-transport.ts';
import type { Unreadable } from '../transport/unreadable.ts';
import type { GatewayAccess } from './gateway-access.ts';
import type { ClaimVerdict, Conflict, SessionContext } from './session-context.ts';

/** How often an address is checked whose gateway is read at another one. */
export const PARKED_MS = 600_000;
const CONFLICT_ADDRESSES_MAX = 16;
const ANOTHER_GATEWAY: Unreadable = { code: 'another-gateway', text: 'Another gateway answers at its address now.' };

export interface InventoryTakerContext extends Pick<SessionContext, 'siteId' | 'clock' | 'book' | 'collector'> {
  /** Address and port: the gateway's place in the book. */
  key: string;
  access: GatewayAccess;
  link: SnmpLink;
  isStopped: () => boolean;
  claim: (gatewayId: string) => ClaimVerdict;
  isReadElsewhere: (gatewayId: string) => boolean;
}

/** The result of an inventory: `unchanged` was reported before, `parked` is another session's to report. */
export type Taken =
  | { outcome: 'stopped' | 'parked' | 'unchanged' }
  | { outcome: 'reported'; driver: Driver; inventory: Inventory; events: EventDraft[] };

interface ClaimedId {
  id: KnownIdentity;
  verdict: ClaimVerdict;
  /** Marks that more than one unit has. */
  spent: ReadonlySet<string>;
}

/** Reads the inventory of the gateway at an address, and reports it where it changed. */
export class InventoryTaker {
  readonly #context: InventoryTakerContext;
  /** When the inventory is read again; null: at the next turn. */
  #dueMs: number | null = null;
  #settling: Settling = UNSETTLED;
  #unit: Unit | null = null;
  #conflict: Conflict | null = null;
  #resendDue = false;

  constructor(context: InventoryTakerContext) {
    this.#context = context;
  }

  /** The unit that answered last. */
  get unit(): Unit | null {
    return this.#unit;
  }

  get isDue(): boolean {
    return this.#dueMs === null || this.#context.clock.monotonicMs() >= this.#dueMs;
  }

  /** When a reading that lacked something is to be repeated, monotonic ms; null: it lacked nothing. */
  get repeatAtMs(): number | null {
    return this.#settling.lacking > 0 ? this.#dueMs : null;
  }

  /** The inventory is read again at the next turn. */
  makeDue(): void {
    this.#dueMs = null;
  }

  /** The next inventory is reported even where it is unchanged. */
  resendNext(): void {
    this.#resendDue = true;
  }

  /**
   * The same identity answers at another address too; true where that is new and the next inventory must include it.
   */
  noteConflict(kind: Conflict['kind'], address: string): boolean {
    const addresses = this.#conflict?.addresses ?? [];
    if (this.#conflict?.kind === kind && addresses.includes(address)) return false;
    const others = addresses.filter((one) => one !== address);
    this.#conflict = { kind, addresses: [...others, address].slice(-CONFLICT_ADDRESSES_MAX) };
    return true;
  }

  /** `former`: the inventory of this run of the agent. Rejects where the gateway does not answer. */
  async take(former: Inventory | null): Promise<Taken> {
    const { key, clock, book, collector, link, isStopped } = this.#context;
    const before = book.get(key);
    const recognised = await recognise(link.client, await link.target(), link.memory, before?.driverId);
    if (isStopped()) return { outcome: 'stopped' };
    const nowMs = clock.monotonicMs();
    const { driver, identity, uptimeS } = recognised;
    const marks = marksOf(identity.gateway);
    this.#dueMs = nowMs + PARKED_MS;
    this.#unit = { marks, bootedAtMs: uptimeS === null ? null : nowMs - uptimeS * 1000, readAtMs: nowMs };
    const { id, verdict, spent } = this.#claimId(identity, marks);
    if (verdict !== 'granted') return { outcome: 'parked' };
    const known = this.#knownAs(id, before);
    const { settled, remembered } = this.#settle(recognised, id, former, before, nowMs);
    const draft = draftInventory({
      ...recognised,
      identity: { ...identity, gateway: settled.gateway, ports: settled.ports },
      gatewayId: id.gatewayId,
      address: this.#context.access.address,
      pollIntervalMs: this.#context.access.target.pollIntervalMs ?? driver.pollIntervalMs,
      canWrite: this.#context.access.canWrite,
      former,
      known,
      portList: settled.portList,
    });
    const ownSpent = [...spent].filter((mark) => Object.values(marks).includes(mark));
    const inventory = enterInventory(book, key, id, draft, { ports: remembered, spent: ownSpent }, clock.now());
    const isKnown = former?.gatewayId === inventory.gatewayId && former.revision === inventory.revision;
    if (!this.#resendDue && isKnown) return { outcome: 'unchanged' };
    this.#resendDue = false;
    collector.inventory(inventory);
    return { outcome: 'reported', driver, inventory, events: firmwareEvents(before, inventory) };
  }

  /** The id of the gateway, and whether this session is responsible for it. */
  #claimId({ gateway }: Identity, marks: Marks): ClaimedId {
    const { siteId, key, book, claim } = this.#context;
    const spent = new Set(book.spent);
    const elsewhere = book.rememberedElsewhere(key);
    const { merges } = book.merged;
    const resolve = (known: ReturnType<typeof book.rememberedAt>) =>
      resolveGatewayId(siteId, key, gateway, known, elsewhere, spent, merges);
    const id = resolve(book.rememberedAt(key));
    const verdict = claim(id.gatewayId);
    if (verdict !== 'other-unit') return { id, verdict, spent };
    // Its marks belong to a unit that is read at another address: they identify neither.
    for (const mark of marksThatMake(siteId, id, marks, merges)) spent.add(mark);
    this.#conflict = { kind: 'cloned-identity', addresses: [] };
    const own = resolve(null);
    return { id: own, verdict: claim(own.gatewayId), spent };
  }

  /** The gateway's identity. The former gateway at this address is reported as gone, where it is not read anywhere. */
  #knownAs({ gatewayId, basis }: KnownIdentity, before: BookEntry | null): GatewayIdentity {
    const { clock, collector, isReadElsewhere } = this.#context;
    const isSame = before?.gatewayId === gatewayId;
    let formerGatewayId = isSame ? before.formerGatewayId : null;
    if (before !== null && !isSame && !isReadElsewhere(before.gatewayId)) {
      formerGatewayId = before.gatewayId;
      collector.reachability(before.gatewayId, clock.now(), ANOTHER_GATEWAY);
    }
    return { basis, formerGatewayId, conflict: this.#conflict ?? (isSame ? before.conflict : null) };
  }

  /** The part of this reading that counts, given the known data, and the ports to store. */
  #settle(
    recognised: Recognised,
    { gatewayId }: KnownIdentity,
    former: Inventory | null,
    before: BookEntry | null,
    nowMs: number,
  ): { settled: Settled; remembered: BookEntry['ports'] } {
    const isSame = before?.gatewayId === gatewayId;
    const known = former?.gatewayId === gatewayId ? former : isSame ? before.found : null;
    const { identity } = recognised;
    const numbered = boundPorts(this.#context.book.portsOf(gatewayId), identity.ports);
    // Rows without their names may belong to other ports than before.
    const read = { ...recognised, portsComplete: recognised.portsComplete && numbered.comparable };
    const fresh = { ...identity, ports: numbered.ports };
    const settled = settleInventory(known, fresh, read, isSame ? this.#settling : UNSETTLED, nowMs);
    this.#settling = settled.settling;
    this.#dueMs = nowMs + settled.againInMs;
    return { settled, remembered: numbered.remembered };
  }
}

/** The gateway's firmware is another than when it was last read here. */
function firmwareEvents(before: BookEntry | null, { gatewayId, gateway }: Inventory): EventDraft[] {
  const from = before?.gatewayId === gatewayId ? before.firmware : null;
  const { firmware: to } = gateway;
  return from === null || to === null || from === to ? [] : [firmwareChanged(from, to)];
}
