import { FAULT_REASONS, type LineDeviceClass, OPER_STATES, REGISTRATION_STATES } from '../../line/vocabulary.ts';
import { emptyEngine, loadEngine, step } from '../engine.ts';
import type { AgentFacts, AlertChange, AlertRecord, EngineInput, GatewayFacts, ThresholdOverride } from '../types.ts';
import type { EngineState } from '../engine-state.ts';

/**
 * A fleet in software for tests of the engine: what is true, and what of it an agent with polls, a broker with
 * keep-alives and a lossy uplink let the engine know. Deterministic: all chance comes from `random`.
 */
export interface WorldShape {
  sites: number;
  gatewaysPerSite: number;
  portsPerGateway: number;
  customers?: number;
  pollMs?: number;
  random: () => number;
}

/** The connection is noticed to be dead after 1.5 keep-alives of 5 s and a will delay of 26 s. */
const BROKER_NOTICES_MS = 33_500;
const SIGN_OF_LIFE_MS = 10_000;
/** Tries of an agent that gets no answer: at once, after 2 s and after 4 s more, each with its time-out. */
const MISSES_MS = [0, 4_000, 10_000];
export const START = 1_800_000_000_000;

interface Gateway {
  id: string;
  site: number;
  nextPollAt: number;
  missedSince: number | null;
  told: { reachable: boolean; since: number };
  observedAt: number | null;
  ports: { dead: boolean; lost: boolean; since: number }[];
  /** What the last reading said. */
  read: { dead: boolean; lost: boolean; since: number }[];
  restartedAt: number | null;
  devices: LineDeviceClass[];
}

interface Site {
  id: string;
  agentId: string;
  lastSeenAt: number;
  online: boolean;
  cutAt: number | null;
  backAt: number | null;
  stoppedAt: number | null;
}

export class World {
  now = START;
  readonly sites: Site[];
  readonly gateways: Gateway[];
  readonly changes: { at: number; change: AlertChange }[] = [];
  maintenance = new Map<string, { windowId: string; until: number }>();
  thresholds: ThresholdOverride[] = [];
  /** What is out, by name: `wan:0`, `agent:0`, `lan:0`, `power:0`, `gateway:<id>`, `registrar:<name>`, `registrar-of-site:0`. */
  readonly out = new Set<string>();
  /** Share of readings that get lost on their way. */
  lossShare = 0;
  siteAnswers: ((site: number) => boolean | null) | null = null;
  /** Null: the gateway does not tell where it registers. */
  registrarOf: (gateway: number) => string | null = () => 'sip.example';
  firmwareOf: (gateway: number) => string = () => '7.4';
  state: EngineState;
  readonly #shape: WorldShape & { pollMs: number };
  #started = 0;

  constructor(shape: WorldShape) {
    this.#shape = { pollMs: 30_000, ...shape };
    const { random } = shape;
    this.sites = Array.from({ length: shape.sites }, (_, index) => ({
      id: `s${index}`,
      agentId: `a${index}`,
      lastSeenAt: START,
      online: true,
      cutAt: null,
      backAt: null,
      stoppedAt: null,
    }));
    this.gateways = this.sites.flatMap((_, site) =>
      Array.from({ length: shape.gatewaysPerSite }, (_unused, index) => ({
        id: `g${site}-${index}`,
        site,
        nextPollAt: START + Math.floor(random() * this.#shape.pollMs),
        missedSince: null,
        told: { reachable: true, since: START },
        observedAt: START,
        ports: Array.from({ length: shape.portsPerGateway }, () => ({ dead: false, lost: false, since: START })),
        read: Array.from({ length: shape.portsPerGateway }, () => ({ dead: false, lost: false, since: START })),
        restartedAt: null,
        devices: Array.from({ length: shape.portsPerGateway }, () => 'phone' as const),
      })),
    );
    this.state = emptyEngine(START);
    this.#started = START;
  }

  get announced(): AlertRecord[] {
    return this.changes.flatMap(({ change }) => (change.type === 'announce' ? [change.record] : []));
  }

  /** Ends of what was announced: what a person is told. */
  get resolved(): AlertRecord[] {
    return this.changes.flatMap(({ change }) =>
      change.type === 'resolved' && change.record.announced ? [change.record] : [],
    );
  }

  /** Lets the world go on, a second at a time. */
  run(ms: number): this {
    const end = this.now + ms;
    while (this.now < end) {
      this.now += 1000;
      this.#live();
    }
    return this;
  }

  /** The process is killed: what it stored is all it has. */
  restart(graceMs = 0): this {
    const stored = JSON.parse(JSON.stringify([...this.state.records.values()])) as AlertRecord[];
    this.state = loadEngine(stored, this.now + graceMs);
    return this;
  }

  /** A change of a line. With a trap it is known at once, otherwise at the next poll. */
  setPort(gateway: number, port: number, change: Partial<{ dead: boolean; lost: boolean }>, trap = false): this {
    const one = this.gateways[gateway]!;
    one.ports[port] = { ...one.ports[port]!, ...change, since: this.now };
    if (trap && this.#reaches(one) && !this.#linkCut(one.site)) {
      this.#read(one);
      this.#judge([], [one]);
    }
    return this;
  }

  setOut(name: string, out: boolean): this {
    if (out) this.out.add(name);
    else this.out.delete(name);
    if (name.startsWith('power:') && !out)
      for (const gateway of this.gateways) if (`power:${gateway.site}` === name) gateway.restartedAt = this.now;
    return this;
  }

  /** A gateway crashes and is back before its next poll. */
  crash(gateway: number): this {
    this.gateways[gateway]!.restartedAt = this.now;
    return this;
  }

  /** Old readings arrive now, as after a long cut. */
  late(gateway: number, ageMs: number): this {
    const one = this.gateways[gateway]!;
    const facts = this.#gatewayFacts(one);
    const dead = one.ports.map(() => OPER_STATES.indexOf('out-of-service'));
    this.#judge(
      [],
      [],
      [{ ...facts, observedAt: this.now - ageMs, oper: dead, stateSince: dead.map(() => this.now - ageMs) }],
    );
    return this;
  }

  #linkCut(site: number): boolean {
    return ['wan', 'agent', 'power'].some((what) => this.out.has(`${what}:${site}`)) || this.out.has('broker');
  }

  /** Does the gateway answer its agent? */
  #reaches(gateway: Gateway): boolean {
    return (
      !['lan', 'power'].some((what) => this.out.has(`${what}:${gateway.site}`)) &&
      !this.out.has(`gateway:${gateway.id}`)
    );
  }

  #live(): void {
    const agents: Site[] = [];
    const gateways: Gateway[] = [];
    this.sites.forEach((site, index) => {
      if (this.#presence(site, index)) agents.push(site);
    });
    for (const gateway of this.gateways) {
      const cut = this.#linkCut(gateway.site) || !this.sites[gateway.site]!.online;
      if (cut) continue;
      if (this.#poll(gateway)) gateways.push(gateway);
    }
    // Every 15 s all is judged again, as the service does.
    if ((this.now - this.#started) % 15_000 === 0) this.#judge(this.sites, this.gateways);
    else this.#judge(agents, gateways);
  }

  #presence(site: Site, index: number): boolean {
    if (this.#linkCut(index)) {
      site.cutAt ??= this.now;
      site.backAt = null;
      if (!site.online || this.now - site.cutAt < BROKER_NOTICES_MS) return false;
      site.online = false;
      return true;
    }
    if (site.cutAt !== null) {
      // It connects again with some jitter.
      site.backAt ??= this.now + Math.floor(this.#shape.random() * (this.out.size === 0 ? 5_000 : 2_000));
      if (this.now < site.backAt) return false;
      site.cutAt = null;
      site.backAt = null;
      site.online = true;
      site.lastSeenAt = this.now;
      return true;
    }
    if (this.now - site.lastSeenAt < SIGN_OF_LIFE_MS || this.#shape.random() < this.lossShare) return false;
    site.lastSeenAt = this.now;
    return true;
  }

  #poll(gateway: Gateway): boolean {
    if (this.now < gateway.nextPollAt) return false;
    if (this.#reaches(gateway)) {
      gateway.missedSince = null;
      gateway.nextPollAt = this.now + this.#shape.pollMs;
      if (this.#shape.random() < this.lossShare) return false;
      if (!gateway.told.reachable) gateway.told = { reachable: true, since: this.now };
      this.#read(gateway);
      return true;
    }
    if (gateway.missedSince === null) {
      gateway.missedSince = this.now;
      // The others behind the same switch are looked at at once.
      for (const other of this.gateways)
        if (other.site === gateway.site && other.missedSince === null)
          other.nextPollAt = Math.min(other.nextPollAt, this.now + 1_000);
    }
    const missed = this.now - gateway.missedSince;
    gateway.nextPollAt = this.now + 2_000;
    if (missed < MISSES_MS[2]! || !gateway.told.reachable) {
      if (!gateway.told.reachable) gateway.nextPollAt = this.now + 15_000;
      return false;
    }
    gateway.told = { reachable: false, since: this.now };
    return true;
  }

  #read(gateway: Gateway): void {
    gateway.observedAt = this.now;
    gateway.read = gateway.ports.map((port, index) => {
      const lost =
        port.lost ||
        this.out.has(`registrar:${this.registrarOf(this.gateways.indexOf(gateway))}`) ||
        this.out.has(`registrar-of-site:${gateway.site}`);
      const before = gateway.read[index]!;
      const same = before.dead === port.dead && before.lost === lost;
      return { dead: port.dead, lost, since: same ? before.since : this.now };
    });
  }

  #judge(sites: readonly Site[], gateways: readonly Gateway[], extra: readonly GatewayFacts[] = []): void {
    const input: EngineInput = {
      now: this.now,
      topology: this.topology,
      agents: sites.map((site) => this.#agentFacts(site)),
      gateways: [...gateways.map((gateway) => this.#gatewayFacts(gateway)), ...extra],
      thresholds: this.thresholds,
      maintenance: this.maintenance,
      interruption: null,
      dueMax: Number.POSITIVE_INFINITY,
      gone: [],
    };
    const { state, changes } = step(this.state, input);
    this.state = state;
    for (const change of changes) this.changes.push({ at: this.now, change });
  }

  get topology(): EngineInput['topology'] {
    this.#topology ??= {
      sites: new Map(
        this.sites.map(({ id }, index) => [id, { id, customerId: `c${index % (this.#shape.customers ?? 3)}` }]),
      ),
      agents: new Map(this.sites.map(({ id, agentId }) => [agentId, { id: agentId, siteId: id }])),
      gateways: new Map(
        this.gateways.map(({ id, site }, index) => [
          id,
          {
            id,
            siteId: `s${site}`,
            agentId: `a${site}`,
            model: 'M1',
            firmware: this.firmwareOf(index),
            registrar: this.registrarOf(index),
          },
        ]),
      ),
    };
    return this.#topology;
  }
  #topology: EngineInput['topology'] | undefined;

  #agentFacts(site: Site): AgentFacts {
    const index = this.sites.indexOf(site);
    return {
      agentId: site.agentId,
      siteId: site.id,
      lastSeenAt: site.lastSeenAt,
      online: site.online,
      stoppedAt: site.stoppedAt,
      clockSkewMs: 0,
      outboxOldestAt: null,
      certificateExpiresAt: this.now + 10 * 86_400_000,
      lostAt: null,
      lifeSafetyLines: {},
      identityConflictAt: null,
      returnAskedAt: null,
      siteAnswers: site.online ? null : (this.siteAnswers?.(index) ?? null),
    };
  }

  #gatewayFacts(gateway: Gateway): GatewayFacts {
    const code = (values: readonly string[], name: string) => values.indexOf(name);
    return {
      gatewayId: gateway.id,
      siteId: `s${gateway.site}`,
      agentId: `a${gateway.site}`,
      customerId: `c${gateway.site % (this.#shape.customers ?? 3)}`,
      pollIntervalMs: this.#shape.pollMs,
      observedAt: gateway.observedAt,
      reachability: gateway.told.reachable ? 'reachable' : 'unreachable',
      reachabilityAt: gateway.told.since,
      unreadable: gateway.told.reachable ? null : { code: 'no-answer', text: null },
      uptimeS: 1000,
      restartedAt: gateway.restartedAt,
      temperatureC: 40,
      alarms: [],
      happened: [],
      registrarAlarm: false,
      failedActions: [],
      configuration: { change: null, drift: null },
      positions: gateway.ports.map((_, index) => index + 1),
      devices: gateway.devices,
      admin: gateway.read.map(() => 0),
      oper: gateway.read.map(({ dead }) => code(OPER_STATES, dead ? 'out-of-service' : 'in-service')),
      hook: gateway.read.map(() => 0),
      call: gateway.read.map(() => 0),
      registration: gateway.read.map(({ lost }) => code(REGISTRATION_STATES, lost ? 'unregistered' : 'registered')),
      fault: gateway.read.map(({ dead }) => code(FAULT_REASONS, dead ? 'no-line-device' : 'none')),
      stateSince: gateway.read.map(({ since }) => since),
      lineVoltageV: null,
      loopCurrentMa: null,
      jitterMs: null,
      packetLossPercent: null,
      recentCalls: null,
      baselines: null,
      lineTests: null,
    };
  }
}

/** Seeded chance (mulberry32), so that a failing seed can be run again. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
