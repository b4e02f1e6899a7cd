import { type Target, TARGET_ADDRESSES_MAX } from '@loopstart/contracts';
import type { Logger } from 'pino';
import { GatewaySession } from '../polling/gateway-session.ts';
import type { SessionContext, SessionStatus } from '../polling/session-context.ts';
import { Slots } from '../core/slots.ts';
import { accessProblem } from '../snmp/access.ts';
import { type HostRange, plainAddress, readAddress } from './address-range.ts';
import { sameUnit } from './gateway-id.ts';
import { sweep } from './sweep.ts';

/** How often ranges are searched again for gateways that are new. */
const SWEEP_AGAIN_MS = 900_000;
/** Ranges that are searched at once; each asks a bounded number of addresses at once. */
const SWEEPS_AT_ONCE = 4;

/** A range that is searched. */
interface Range {
  target: Target;
  hosts: HostRange;
  /** How many addresses answered at the last search; null before the first. */
  answered: number | null;
  cancel: () => void;
  abort: AbortController;
}

export type FleetContext = Omit<SessionContext, 'claim' | 'isReadElsewhere' | 'onUnreachable'>;

/** The gateways of a site: one session for each address that is given or was found in a range. */
export class Fleet {
  readonly #context: SessionContext;
  readonly #log: Logger;
  #sessions = new Map<string, GatewaySession>();
  #ranges = new Map<string, Range>();
  /** Targets that cannot be used, and why. */
  #refused: SessionStatus[] = [];
  #owners = new Map<string, GatewaySession>();
  readonly #sweeps = new Slots(SWEEPS_AT_ONCE);

  constructor(context: FleetContext) {
    this.#log = context.log;
    this.#context = {
      ...context,
      claim: (gatewayId, session) => this.#claim(gatewayId, session),
      isReadElsewhere: (gatewayId, session) => (this.#owners.get(gatewayId) ?? session) !== session,
      onUnreachable: () => this.#retryParked(),
    };
  }

  get sessions(): GatewaySession[] {
    return [...this.#sessions.values()];
  }

  /** The session that speaks for a gateway; also one that does not answer but is remembered. */
  find(gatewayId: string): GatewaySession | null {
    const owner = this.#owners.get(gatewayId);
    if (owner !== undefined && this.#sessions.get(owner.key) === owner) return owner;
    return this.sessions.find((session) => session.gatewayId === gatewayId) ?? null;
  }

  /** Sessions at an IP address, as the sender of a notification has one. */
  at(ip: string): GatewaySession[] {
    const plain = plainAddress(ip);
    return this.sessions.filter((session) => plainAddress(session.ip ?? session.address) === plain);
  }

  /** Every target and what became of it, for health. */
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

  /** Brings sessions and searches in line with these targets; what stays the same is not disturbed. */
  setTargets(targets: readonly Target[]): void {
    const wanted = new Map<string, { target: Target; address: string }>();
    const ranges = new Map<string, { target: Target; hosts: HostRange }>();
    let addresses = 0;
    this.#refused = [];
    for (const target of targets) {
      const spec = readAddress(target.address);
      addresses += spec.kind === 'range' ? spec.hosts.count : 1;
      const problem = spec.kind === 'refused' ? spec.reason : (tooMany(addresses) ?? accessProblem(target.access));
      if (problem !== null || spec.kind === 'refused') {
        this.#refused.push(refusedTarget(target, problem ?? ''));
      } else if (spec.kind === 'one') {
        const key = `${spec.address}:${target.port}`;
        if (!wanted.has(key)) wanted.set(key, { target, address: spec.address });
      } else ranges.set(JSON.stringify([target.address, target.port, target.access]), { target, hosts: spec.hosts });
    }
    // What was found in a range before is read at once, without waiting for the search.
    const remembered = [...new Set([...this.#sessions.keys(), ...this.#context.book.addresses()])];
    for (const { target, hosts } of ranges.values()) {
      const ending = `:${target.port}`;
      for (const key of remembered) {
        const host = key.endsWith(ending) ? key.slice(0, -ending.length) : '';
        if (hosts.includes(host) && !wanted.has(key)) wanted.set(key, { target, address: host });
      }
    }
    for (const [key, session] of this.#sessions) if (!wanted.has(key)) this.#end(session);
    for (const { target, address } of wanted.values()) this.#begin(target, address);
    for (const [key, range] of this.#ranges) {
      if (ranges.has(key)) continue;
      this.#endRange(range);
      this.#ranges.delete(key);
    }
    for (const [key, { target, hosts }] of ranges) {
      const present = this.#ranges.get(key);
      if (present !== undefined) {
        present.target = target;
        continue;
      }
      const range: Range = { target, hosts, answered: null, cancel: () => undefined, abort: new AbortController() };
      this.#ranges.set(key, range);
      void this.#search(range);
    }
    this.#context.onChange();
  }

  /** The next report of every gateway is a full one. */
  forceFull(): void {
    for (const session of this.#sessions.values()) session.forceFull();
  }

  /** Inventories were lost: reads the inventory of every gateway anew and sends it. */
  resendInventories(): void {
    for (const session of this.#sessions.values()) session.resendInventory();
  }

  /** The cloud lacks these gateways: resends all that is known of them. */
  resend(gatewayIds: readonly string[]): void {
    for (const gatewayId of gatewayIds) this.find(gatewayId)?.resend();
  }

  stop(): void {
    for (const session of this.#sessions.values()) session.stop();
    for (const range of this.#ranges.values()) this.#endRange(range);
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
    for (const [gatewayId, owner] of this.#owners) if (owner === session) this.#owners.delete(gatewayId);
  }

  /** A gateway with two addresses is read by one of them; by the other when the first does not answer any more. */
  #claim(gatewayId: string, session: GatewaySession): 'granted' | 'elsewhere' | 'other-unit' {
    this.#release(session, gatewayId);
    const owner = this.#owners.get(gatewayId);
    if (owner === undefined || owner === session || owner.reachable === false) {
      this.#owners.set(gatewayId, session);
      return 'granted';
    }
    const verdict = owner.unit === null || session.unit === null ? 'unknown' : sameUnit(owner.unit, session.unit);
    if (verdict === 'same') return 'elsewhere';
    owner.noteConflict(verdict === 'different' ? 'cloned-identity' : 'same-identity', session.address);
    return verdict === 'different' ? 'other-unit' : 'elsewhere';
  }

  /** What answers at the address of a session is another gateway now: the one it spoke for may be read by another. */
  #release(session: GatewaySession, present: string): void {
    let released = false;
    for (const [id, owner] of this.#owners) if (owner === session && id !== present) released = this.#owners.delete(id);
    if (released) this.#retryParked();
  }

  /** A gateway may have moved to an address where a session stood back for the one that lost it. */
  #retryParked(): void {
    for (const session of this.#sessions.values()) if (session.parked) session.pollSoon({ inventory: true });
  }

  async #search(range: Range): Promise<void> {
    const { client, clock, onChange } = this.#context;
    const { signal } = range.abort;
    try {
      let known = 0;
      const isKnown = (host: string) => this.#sessions.has(`${host}:${range.target.port}`);
      const unknown = function* () {
        for (const host of range.hosts)
          if (isKnown(host)) known += 1;
          else yield host;
      };
      const answered = await this.#sweeps.run(() => sweep(client, range.target, unknown(), signal));
      if (signal.aborted) return;
      for (const host of answered) this.#begin(range.target, host);
      range.answered = known + answered.length;
      this.#log.info({ range: range.target.address, answered: range.answered }, 'searched a range');
      onChange();
    } catch (error) {
      this.#log.error({ error, range: range.target.address }, 'could not search a range');
    }
    if (!signal.aborted) range.cancel = clock.schedule(SWEEP_AGAIN_MS, () => void this.#search(range));
  }

  #endRange(range: Range): void {
    range.abort.abort();
    range.cancel();
  }
}

function tooMany(addresses: number): string | null {
  if (addresses <= TARGET_ADDRESSES_MAX) return null;
  return `Left out: the targets before it and this one name more than ${TARGET_ADDRESSES_MAX} addresses.`;
}

function refusedTarget(target: Target, reason: string): SessionStatus {
  return {
    address: target.address,
    gatewayId: null,
    reachable: null,
    code: 'target-refused',
    reason,
    lastAnswerAt: null,
  };
}
