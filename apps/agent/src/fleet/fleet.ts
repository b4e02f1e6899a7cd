import type { Target } from '@loopstart/contracts';
import { Slots } from '../core/slots.ts';
import { plainAddress } from '../discovery/address-range.ts';
import { GatewaySession } from '../session/gateway-session.ts';
import type { SessionContext, SessionStatus } from '../session/session-context.ts';
import { Ownership } from './ownership.ts';
import { RangeSearch } from './range-search.ts';
import { sortTargets, type SortedTargets } from './sort-targets.ts';

/** Ranges that are searched at once. */
const SEARCHES_AT_ONCE = 4;

export type FleetContext = Omit<SessionContext, 'claim' | 'isReadElsewhere' | 'onUnreachable'>;

/** The gateways of a site: one session for each address of a target or found in a range. */
export class Fleet {
  readonly #context: SessionContext;
  readonly #sessions = new Map<string, GatewaySession>();
  readonly #ranges = new Map<string, RangeSearch>();
  readonly #ownership = new Ownership(() => this.#retryParked());
  readonly #searches = new Slots(SEARCHES_AT_ONCE);
  #refused: SessionStatus[] = [];

  constructor(context: FleetContext) {
    this.#context = {
      ...context,
      claim: (gatewayId, session) => this.#ownership.claim(gatewayId, session),
      isReadElsewhere: (gatewayId, session) => this.#ownership.isReadElsewhere(gatewayId, session),
      onUnreachable: () => this.#retryParked(),
    };
  }

  get sessions(): GatewaySession[] {
    return [...this.#sessions.values()];
  }

  /** The session that is responsible for a gateway; also one that does not answer but is stored. */
  find(id: string): GatewaySession | null {
    const gatewayId = this.#context.book.merged.present(id);
    const owner = this.#ownership.ownerOf(gatewayId);
    const session = owner === null ? undefined : this.#sessions.get(owner.key);
    if (session !== undefined && session === owner) return session;
    return this.sessions.find((one) => one.gatewayId === gatewayId) ?? null;
  }

  /** Sessions at an IP address, such as that of the sender of a notification. */
  at(ip: string): GatewaySession[] {
    const plain = plainAddress(ip);
    return this.sessions.filter((session) => plainAddress(session.ip ?? session.address) === plain);
  }

  /** Every target and its state, for health. */
  statuses(): SessionStatus[] {
    const ranges = [...this.#ranges.values()].map(({ target, hosts, answered }) => ({
      address: target.address,
      gatewayId: null,
      reachable: null,
      code: null,
      reason: answered === null ? 'Being searched.' : `${answered} of ${hosts.count} addresses answer.`,
      lastAnswerAt: null,
    }));
    return [...this.sessions.map((session) => session.status), ...ranges, ...this.#refused];
  }

  /** The accesses of all targets, by which gateways may also send notifications. */
  targets(): Target[] {
    return [
      ...this.sessions.map((session) => session.target),
      ...[...this.#ranges.values()].map((range) => range.target),
    ];
  }

  /** Adapts sessions and searches to these targets; unchanged ones are not disturbed. */
  setTargets(targets: readonly Target[]): void {
    const remembered = new Set([...this.#sessions.keys(), ...this.#context.book.addresses()]);
    const { wanted, ranges, refused } = sortTargets(targets, remembered);
    this.#refused = refused;
    for (const [key, session] of this.#sessions) if (!wanted.has(key)) this.#end(session);
    for (const { target, address } of wanted.values()) this.#begin(target, address);
    this.#setRanges(ranges);
    this.#context.onChange();
  }

  /** Applies the merges that are known now; resolves when no message has a former id any more. */
  async merge(): Promise<void> {
    const { book } = this.#context;
    const before = new Map(
      this.sessions.map((session) => [session, session.known?.inventory.gatewayId ?? session.gatewayId]),
    );
    book.merge();
    const renamed = [...before].filter(([, id]) => id !== null && book.merged.present(id) !== id);
    for (const [, id] of renamed) this.#ownership.forget(id as string);
    await Promise.all(renamed.map(([session]) => session.rename()));
  }

  /** The next report of every gateway is a full one. */
  forceFull(): void {
    for (const session of this.#sessions.values()) session.forceFull();
  }

  /** Inventories were lost: reads the inventory of every gateway again and sends it. */
  resendInventories(): void {
    for (const session of this.#sessions.values()) session.resendInventory();
  }

  /** The cloud lacks these gateways: resends all known data of them. */
  resend(gatewayIds: readonly string[]): void {
    for (const gatewayId of gatewayIds) this.find(gatewayId)?.resend();
  }

  stop(): void {
    for (const session of this.#sessions.values()) session.stop();
    for (const range of this.#ranges.values()) range.stop();
  }

  #begin(target: Target, address: string): void {
    const key = `${address}:${target.port}`;
    const present = this.#sessions.get(key);
    if (present !== undefined) return present.retarget(target);
    const session = new GatewaySession(target, address, this.#context);
    this.#sessions.set(key, session);
    session.start();
  }

  #end(session: GatewaySession): void {
    session.abandon();
    this.#sessions.delete(session.key);
    this.#ownership.drop(session);
  }

  #setRanges(wanted: SortedTargets['ranges']): void {
    for (const [key, range] of this.#ranges) {
      if (wanted.has(key)) continue;
      range.stop();
      this.#ranges.delete(key);
    }
    const { transports, clock, log, onChange } = this.#context;
    for (const [key, { target, hosts }] of wanted) {
      const present = this.#ranges.get(key);
      if (present !== undefined) {
        present.target = target;
        continue;
      }
      const range = new RangeSearch(target, hosts, {
        client: transports.snmp.client,
        clock,
        log,
        slots: this.#searches,
        isKnown: (host, port) => this.#sessions.has(`${host}:${port}`),
        onFound: (found, host) => this.#begin(found, host),
        onChange,
      });
      this.#ranges.set(key, range);
      range.start();
    }
  }

  /** A gateway may have moved to an address whose session was parked for the session that lost it. */
  #retryParked(): void {
    for (const session of this.#sessions.values()) if (session.parked) session.pollSoon({ inventory: true });
  }
}
